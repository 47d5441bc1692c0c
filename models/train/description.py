"""`network.toml`: what a network's folder says about itself, read for checking."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Input:
    """How the pixels of a picture become numbers."""

    channels: tuple[str, ...]
    range: tuple[float, float]
    """Value of a black and of a white pixel."""
    levels: int | None
    """How many values a pixel can have, where they are fewer than 256."""


@dataclass(frozen=True)
class Epoch:
    """The network as it was after one epoch of training."""

    epoch: int
    file: Path
    val_top1: float


@dataclass(frozen=True)
class GalleryPicture:
    """A picture of our own, with the class that it shows and words for those who cannot see it."""

    file: Path
    label: str
    title: str


@dataclass(frozen=True)
class Description:
    """The parts of `network.toml` that can be checked; paths are complete."""

    labels: tuple[str, ...]
    input: Input
    epochs: tuple[Epoch, ...]
    gallery: tuple[GalleryPicture, ...]


def read(folder: Path) -> Description:
    """Reads `network.toml` of a network's folder."""
    content = tomllib.loads((folder / "network.toml").read_text(encoding="utf-8"))
    return Description(
        labels=tuple(content["labels"]),
        input=Input(
            channels=tuple(content["input"]["channels"]),
            range=tuple(content["input"]["range"]),
            levels=content["input"].get("levels"),
        ),
        epochs=tuple(Epoch(**{**entry, "file": folder / entry["file"]}) for entry in content.get("epochs", [])),
        gallery=tuple(GalleryPicture(**{**entry, "file": folder / entry["file"]}) for entry in content["gallery"]),
    )
