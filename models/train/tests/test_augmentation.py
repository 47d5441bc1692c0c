"""Augmentation keeps shape and range, is repeatable, and only ever shows parts of the mirrored-out picture."""

from __future__ import annotations

import torch

from .. import augmentation


def test_variation_keeps_shape_and_range_and_depends_on_the_seed_only() -> None:
    pixels = torch.rand(5, 3, 64, 64)
    first = augmentation.vary(pixels, torch.Generator().manual_seed(3))
    second = augmentation.vary(pixels, torch.Generator().manual_seed(3))
    other = augmentation.vary(pixels, torch.Generator().manual_seed(4))
    assert first.shape == pixels.shape
    assert 0 <= first.min() and first.max() <= 1
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_every_window_is_a_shifted_or_mirrored_picture() -> None:
    row = torch.arange(64.0).expand(40, 3, 64, 64) / 64
    moved = augmentation._shift_and_mirror(row, torch.Generator().manual_seed(1))
    steps = moved[:, 0, 0, 8:-8].diff(dim=1) * 64
    direction = steps[:, :1]
    assert torch.equal(direction.abs(), torch.ones(40, 1))
    assert torch.equal(steps, direction.expand_as(steps))
    assert 0 < int((direction < 0).sum()) < 40
