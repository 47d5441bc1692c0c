"""How good a network is: accuracy, calibration, and which classes it takes for which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from .augmentation import LUMA
from .data import LABELS, Pictures
from .network import PlainNetwork

CALIBRATION_BINS = 15
TILE_PX = 16

Disturbance = Callable[[torch.Tensor], torch.Tensor]
"""Takes and returns pictures `[N, 3, 64, 64]` in [0, 1]."""


@dataclass(frozen=True)
class Measures:
    """What the model card reports about one set of pictures."""

    confusion: torch.Tensor
    """`[10, 10]`: pictures of class (row) that were taken for class (column)."""
    calibration_error: float
    """Expected calibration error: mean |confidence − accuracy| over equal bins of confidence, weighted by size."""
    loss: float
    """Mean cross-entropy in nats."""

    @property
    def top1(self) -> float:
        """Share of pictures whose most probable class is the right one."""
        return (self.confusion.diag().sum() / self.confusion.sum()).item()

    def recall(self) -> torch.Tensor:
        """Per class: share of its pictures that were recognised `[10]`."""
        return self.confusion.diag() / self.confusion.sum(dim=1)

    def precision(self) -> torch.Tensor:
        """Per class: share of the answers with this class that were right `[10]`; 0 where it was never the answer."""
        return self.confusion.diag() / self.confusion.sum(dim=0).clamp(min=1)


@torch.no_grad()
def measure(network: PlainNetwork, pictures: Pictures, disturb: Disturbance | None = None) -> Measures:
    """Runs `network` over all of `pictures`, each disturbed first where that is asked for."""
    pixels = pictures.unit_range() if disturb is None else disturb(pictures.unit_range())
    logits = torch.cat([network(part) for part in pixels.split(250)])
    probabilities = torch.softmax(logits, dim=1)
    confidence, answer = probabilities.max(dim=1)
    confusion = torch.zeros(len(LABELS), len(LABELS), dtype=torch.int64)
    confusion.index_put_((pictures.classes, answer), torch.tensor(1), accumulate=True)
    return Measures(
        confusion=confusion,
        calibration_error=_calibration_error(confidence, answer == pictures.classes),
        loss=torch.nn.functional.cross_entropy(logits, pictures.classes).item(),
    )


def _without_colour(pixels: torch.Tensor) -> torch.Tensor:
    return (pixels * torch.tensor(LUMA)[:, None, None]).sum(dim=1, keepdim=True).expand_as(pixels)


def _red_and_blue_swapped(pixels: torch.Tensor) -> torch.Tensor:
    return pixels.flip(1)


def _tiles_shuffled(pixels: torch.Tensor) -> torch.Tensor:
    """Sixteen tiles in another order, the same for every picture: texture and colour stay, shape goes."""
    side = TILE_PX
    tiles = pixels.unfold(2, side, side).unfold(3, side, side).flatten(2, 3)
    order = torch.randperm(tiles.shape[2], generator=torch.Generator().manual_seed(0))
    return nn.functional.fold(
        tiles[:, :, order].permute(0, 1, 3, 4, 2).flatten(1, 3), pixels.shape[2:], kernel_size=side, stride=side
    )


DISTURBANCES: dict[str, Disturbance] = {
    "without colour": _without_colour,
    "red and blue swapped": _red_and_blue_swapped,
    "sixteen tiles shuffled": _tiles_shuffled,
}
"""What tells whether a network goes by colour, by texture or by shape."""


def _calibration_error(confidence: torch.Tensor, right: torch.Tensor) -> float:
    """Guo et al. 2017, 'On Calibration of Modern Neural Networks', equation 3."""
    place = (confidence * CALIBRATION_BINS).long().clamp(max=CALIBRATION_BINS - 1)
    error = 0.0
    for bin_index in range(CALIBRATION_BINS):
        inside = place == bin_index
        if inside.any():
            gap = (confidence[inside].mean() - right[inside].float().mean()).abs().item()
            error += gap * inside.float().mean().item()
    return error


def as_markdown(measures: Measures) -> str:
    """The tables of the model card."""
    rows = ["| class | recall | precision |", "|---|---|---|"]
    for label, recall, precision in zip(LABELS, measures.recall(), measures.precision(), strict=True):
        rows.append(f"| {label} | {recall:.2f} | {precision:.2f} |")
    rows += ["", "| is ↓ taken for → | " + " | ".join(LABELS) + " |", "|---" * (len(LABELS) + 1) + "|"]
    for label, counts in zip(LABELS, measures.confusion.tolist(), strict=True):
        rows.append(f"| {label} | " + " | ".join(str(count) for count in counts) + " |")
    return "\n".join(rows)
