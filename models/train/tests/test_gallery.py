"""The shipped network recognises every picture of its gallery, however the picture is scaled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from .. import description, export, gallery
from ..data import LABELS

FOLDER = Path(__file__).resolve().parents[2] / "tiny-vgg"
DESCRIBED = description.read(FOLDER)
NETWORK = export.read(FOLDER / "network.onnx")


def test_two_pictures_per_class_are_described_and_there() -> None:
    assert DESCRIBED.labels == LABELS
    assert Counter(picture.label for picture in DESCRIBED.gallery) == dict.fromkeys(LABELS, 2)
    described = {picture.file.name for picture in DESCRIBED.gallery}
    assert described == {path.name for path in (FOLDER / "gallery").glob("*.png")}
    assert all(picture.file.with_suffix(".svg").is_file() for picture in DESCRIBED.gallery)


@pytest.mark.parametrize("picture", DESCRIBED.gallery, ids=lambda picture: picture.file.stem)
def test_picture_is_recognised(picture: description.GalleryPicture) -> None:
    for answer in gallery.ask(NETWORK, DESCRIBED.labels, picture):
        assert answer.right, f"{answer.filter}: taken for {answer.label}"


@pytest.mark.parametrize("picture", DESCRIBED.gallery, ids=lambda picture: picture.file.stem)
def test_picture_is_square_and_small(picture: description.GalleryPicture) -> None:
    with Image.open(picture.file) as image:
        assert image.size == (gallery.SIDE_PX, gallery.SIDE_PX)
    assert picture.file.stat().st_size <= gallery.MAX_BYTES


def test_last_epoch_is_the_shipped_network() -> None:
    assert DESCRIBED.epochs[-1].file.read_bytes() == (FOLDER / "network.onnx").read_bytes()
