"""The gallery: drawings that the network was not trained on. Rendering them, and checking what it says to them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import resvg_py
import torch
from PIL import Image

from .data import SIZE_PX
from .description import GalleryPicture
from .network import PlainNetwork

SIDE_PX = 256
DRAWN_PX = 512
"""Drawings are painted at twice their size and scaled down, which smooths the noise of their filters."""

MAX_BYTES = 125_000
"""Largest picture: twenty of them are the first thing that a phone loads."""

FILTERS = {
    "bilinear": Image.Resampling.BILINEAR,
    "lanczos": Image.Resampling.LANCZOS,
    "box": Image.Resampling.BOX,
}
"""Ways to scale to the network's input. Which one a server uses must not decide what the network sees."""


@dataclass(frozen=True)
class Answer:
    """The network's answer to one picture, scaled in one way."""

    picture: GalleryPicture
    filter: str
    label: str
    """The most probable class."""
    probability: float
    """The probability of the class that the picture shows."""

    @property
    def right(self) -> bool:
        return self.label == self.picture.label


def render(drawing: Path) -> bytes:
    """The PNG, 256×256, of an SVG drawing."""
    svg = drawing.read_text(encoding="utf-8")
    painted = resvg_py.svg_to_bytes(svg_string=svg, width=DRAWN_PX, height=DRAWN_PX)
    image = Image.open(io.BytesIO(bytes(painted))).convert("RGB")
    image = image.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    png = io.BytesIO()
    image.save(png, format="PNG", optimize=True)
    return png.getvalue()


@torch.no_grad()
def ask(network: PlainNetwork, labels: tuple[str, ...], picture: GalleryPicture) -> list[Answer]:
    """The network's answers to a picture, one per way of scaling."""
    answers = []
    for name, resampling in FILTERS.items():
        with Image.open(picture.file) as image:
            small = image.convert("RGB").resize((SIZE_PX, SIZE_PX), resampling)
        pixels = torch.from_numpy(np.asarray(small).copy()).permute(2, 0, 1)[None].float() / 255
        probabilities = network.activations(pixels)["softmax"][0]
        label = labels[int(probabilities.argmax())]
        answers.append(Answer(picture, name, label, probabilities[labels.index(picture.label)].item()))
    return answers
