"""Tiny VGG, in the form that learns (batch normalisation) and in the plain form that is shipped.

`fold` turns the first into the second without changing what it computes.
"""

from __future__ import annotations

import torch
from torch import nn

INPUT_MEAN = 0.45
INPUT_SCALE = 0.27
"""The learning form sees (x − mean) / scale for x in [0, 1]; `fold` moves this into the first convolution."""

CHANNELS = 10
CONVOLUTIONS: tuple[str, ...] = ("conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2")
FLAT_LENGTH = CHANNELS * 13 * 13
CLASS_COUNT = 10
PARAMETER_COUNT = 19_920


class PlainNetwork(nn.Module):
    """Conv, ReLU, max-pool, dense and softmax only. Takes raw pixels `[N, 3, 64, 64]` in [0, 1]."""

    def __init__(self) -> None:
        super().__init__()
        for name in CONVOLUTIONS:
            setattr(self, name, nn.Conv2d(_inputs_of(name), CHANNELS, kernel_size=3))
        self.output = nn.Linear(FLAT_LENGTH, CLASS_COUNT)

    def activations(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """The value of every layer, in order, by the name that the ONNX graph gives it."""
        values: dict[str, torch.Tensor] = {}
        value = pixels
        for block in ("1", "2"):
            for place in ("1", "2"):
                value = values[f"conv_{block}_{place}"] = getattr(self, f"conv_{block}_{place}")(value)
                value = values[f"relu_{block}_{place}"] = torch.relu(value)
            value = values[f"max_pool_{block}"] = nn.functional.max_pool2d(value, 2)
        value = values["flatten"] = value.flatten(1)
        value = values["output"] = self.output(value)
        values["softmax"] = torch.softmax(value, dim=1)
        return values

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Logits `[N, 10]`."""
        return self.activations(pixels)["output"]


class LearningNetwork(nn.Module):
    """The same network with batch normalisation after every convolution. Takes `[N, 3, 64, 64]` in [0, 1]."""

    def __init__(self) -> None:
        super().__init__()
        for name in CONVOLUTIONS:
            setattr(self, name, nn.Conv2d(_inputs_of(name), CHANNELS, kernel_size=3, bias=False))
            setattr(self, _norm_of(name), nn.BatchNorm2d(CHANNELS))
        self.output = nn.Linear(FLAT_LENGTH, CLASS_COUNT)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Logits `[N, 10]`."""
        value = (pixels - INPUT_MEAN) / INPUT_SCALE
        for name in CONVOLUTIONS:
            value = torch.relu(getattr(self, _norm_of(name))(getattr(self, name)(value)))
            if name.endswith("_2"):
                value = nn.functional.max_pool2d(value, 2)
        return self.output(value.flatten(1))


@torch.no_grad()
def fold(learning: LearningNetwork) -> PlainNetwork:
    """The plain network that computes what `learning` computes in evaluation mode.

    Batch normalisation is γ (y − μ) / √(σ² + ε) + β per channel, so a convolution followed by it is a convolution
    with weight w · γ / √(σ² + ε) and bias β − μ γ / √(σ² + ε). The input scaling is affine too, and because no
    convolution pads, it is exact to fold it as well: there is no border where a padded zero would mean another value.
    """
    plain = PlainNetwork()
    for name in CONVOLUTIONS:
        norm: nn.BatchNorm2d = getattr(learning, _norm_of(name))
        gain = norm.weight.double() / torch.sqrt(norm.get_buffer("running_var").double() + norm.eps)
        weight = getattr(learning, name).weight.double() * gain[:, None, None, None]
        bias = norm.bias.double() - norm.get_buffer("running_mean").double() * gain
        if name == CONVOLUTIONS[0]:
            weight = weight / INPUT_SCALE
            bias = bias - INPUT_MEAN * weight.sum(dim=(1, 2, 3))
        getattr(plain, name).weight.copy_(weight)
        getattr(plain, name).bias.copy_(bias)
    plain.output.load_state_dict(learning.output.state_dict())
    return plain.eval()


def _inputs_of(name: str) -> int:
    return 3 if name == CONVOLUTIONS[0] else CHANNELS


def _norm_of(name: str) -> str:
    return name.replace("conv", "norm")
