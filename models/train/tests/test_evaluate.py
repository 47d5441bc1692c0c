"""The measures of the model card, on answers known beforehand."""

from __future__ import annotations

import pytest
import torch

from ..data import Pictures
from ..evaluate import DISTURBANCES, measure
from ..network import PlainNetwork


class Constant(PlainNetwork):
    """Gives class 3 the probability 0.55 and every other class 0.05."""

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        probabilities = torch.full((len(pixels), 10), 0.05)
        probabilities[:, 3] = 0.55
        return probabilities.log()


def test_a_network_that_always_says_the_same_is_measured_as_such() -> None:
    classes = torch.tensor([3, 3, 3, 1])
    measures = measure(Constant(), Pictures(torch.zeros(4, 3, 64, 64, dtype=torch.uint8), classes))
    assert measures.top1 == pytest.approx(0.75)
    assert measures.calibration_error == pytest.approx(0.20, abs=1e-6)
    assert measures.confusion[3, 3] == 3 and measures.confusion[1, 3] == 1
    assert measures.precision()[3] == pytest.approx(0.75)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_disturbance_keeps_shape_range_and_mean_brightness(name: str) -> None:
    pixels = torch.rand(2, 1, 64, 64).expand(2, 3, 64, 64)
    disturbed = DISTURBANCES[name](pixels)
    assert disturbed.shape == pixels.shape
    torch.testing.assert_close(disturbed.mean(dim=(1, 2, 3)), pixels.mean(dim=(1, 2, 3)))


def test_shuffling_tiles_moves_them_whole() -> None:
    tile_of = torch.arange(16.0).reshape(4, 4).repeat_interleave(16, 0).repeat_interleave(16, 1).expand(1, 3, 64, 64)
    shuffled = DISTURBANCES["sixteen tiles shuffled"](tile_of)
    found = shuffled[0, 0, ::16, ::16].flatten().long().tolist()
    assert sorted(found) == list(range(16)) and found != list(range(16))
    assert torch.equal(shuffled[0, 0, ::16, ::16], shuffled[0, 0, 15::16, 15::16])
