"""Random variation of a batch, for training only: shift, mirror, colour. All pictures of the batch at once."""

from __future__ import annotations

import torch
from torch import nn

SHIFT_PX = 6
COLOUR_RANGE = (0.8, 1.2)
LUMA = (0.299, 0.587, 0.114)
"""ITU-R BT.601, as in Pillow's and torchvision's greyscale."""


def vary(pixels: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """A random variation of each of `pixels` `[N, 3, H, W]`, float32 in [0, 1], same shape and range."""
    return _recolour(_shift_and_mirror(pixels, chance), chance)


def _shift_and_mirror(pixels: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """Reflect-pads, cuts a random window of the old size, and mirrors half of the pictures."""
    count, channels, height, width = pixels.shape
    padded = nn.functional.pad(pixels, (SHIFT_PX,) * 4, mode="reflect")
    top, left = torch.randint(0, 2 * SHIFT_PX + 1, (2, count, 1), generator=chance)
    rows = top + torch.arange(height)
    columns = left + torch.arange(width)
    mirrored = torch.rand(count, 1, generator=chance) < 0.5
    columns = torch.where(mirrored, columns.flip(1), columns)
    picture = torch.arange(count)[:, None, None, None]
    channel = torch.arange(channels)[None, :, None, None]
    return padded[picture, channel, rows[:, None, :, None], columns[:, None, None, :]]


def _recolour(pixels: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """Saturation, contrast and brightness, each by a factor drawn per picture, then clamped to [0, 1]."""
    low, high = COLOUR_RANGE
    factors = low + (high - low) * torch.rand(3, len(pixels), 1, 1, 1, generator=chance)
    saturation, contrast, brightness = factors
    pixels = torch.lerp(_grey(pixels), pixels, saturation)
    pixels = torch.lerp(_grey(pixels).mean(dim=(2, 3), keepdim=True), pixels, contrast)
    return (pixels * brightness).clamp(0, 1)


def _grey(pixels: torch.Tensor) -> torch.Tensor:
    """Luma `[N, 1, H, W]`."""
    return (pixels * torch.tensor(LUMA)[:, None, None]).sum(dim=1, keepdim=True)
