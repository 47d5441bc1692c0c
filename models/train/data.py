"""Labelled pictures: uint8 tensors read from a folder, split by position and never by chance.

Not here: augmentation (`augmentation.py`) and any change of size. Every picture is 64×64 already.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

SIZE_PX = 64
HELD_OUT_PER_CLASS = 50
"""The last training pictures of each class, kept for every choice (seed, epoch, recipe)."""

CLASSES: tuple[tuple[str, str], ...] = (
    ("lifeboat", "n03662601"),
    ("ladybug", "n02165456"),
    ("pizza", "n07873807"),
    ("bell pepper", "n07720875"),
    ("school bus", "n04146614"),
    ("koala", "n01882714"),
    ("espresso", "n07920052"),
    ("red panda", "n02509815"),
    ("orange", "n07747607"),
    ("sport car", "n04285008"),
)
"""Label and WordNet id of each class, in the order of the network's outputs."""

LABELS: tuple[str, ...] = tuple(label for label, _ in CLASSES)


@dataclass(frozen=True)
class Pictures:
    """Pictures `[N, 3, 64, 64]` (uint8, RGB) and their classes `[N]` (int64)."""

    pixels: torch.Tensor
    classes: torch.Tensor

    def __len__(self) -> int:
        return len(self.classes)

    def unit_range(self) -> torch.Tensor:
        """The pixels as float32 in [0, 1], which is what the exported network takes."""
        return self.pixels.float() / 255


@dataclass(frozen=True)
class Split:
    """Three disjoint sets: to learn from, to choose with, to report."""

    train: Pictures
    held_out: Pictures
    val: Pictures


def load(folder: Path) -> Split:
    """Reads either our ten-class folder (with `labels.json`) or the public tiny-imagenet-200 archive, unpacked."""
    if (folder / "labels.json").is_file():
        files = _ten_class_files(folder)
    elif (folder / "wnids.txt").is_file():
        files = _archive_files(folder)
    else:
        raise FileNotFoundError(f"{folder}: neither labels.json nor wnids.txt is there, so this is no known layout")
    train = [paths[:-HELD_OUT_PER_CLASS] for paths in files["train"]]
    held_out = [paths[-HELD_OUT_PER_CLASS:] for paths in files["train"]]
    return Split(_read(train), _read(held_out), _read(files["val"]))


def _ten_class_files(folder: Path) -> dict[str, list[list[Path]]]:
    """`train/<class>/*.jpeg` and `val/<class>/*.jpeg`, one list of paths per class."""
    described = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["classes"]
    described.sort(key=lambda entry: entry["index"])
    found = [(entry["name"], entry["wnid"]) for entry in described]
    if found != list(CLASSES):
        raise ValueError(f"{folder / 'labels.json'}: classes {found} are not the network's {list(CLASSES)}")
    return {part: [_sorted(folder / part / entry["folder"]) for entry in described] for part in ("train", "val")}


def _archive_files(folder: Path) -> dict[str, list[list[Path]]]:
    """`train/<wnid>/images/*.JPEG`, and `val/images/*.JPEG` whose classes are in `val/val_annotations.txt`."""
    rows = (folder / "val" / "val_annotations.txt").read_text(encoding="utf-8").splitlines()
    wnid_of = dict(row.split("\t")[:2] for row in rows if row)
    pictures = _sorted(folder / "val" / "images")
    return {
        "train": [_sorted(folder / "train" / wnid / "images") for _, wnid in CLASSES],
        "val": [[path for path in pictures if wnid_of[path.name] == wnid] for _, wnid in CLASSES],
    }


def _sorted(folder: Path) -> list[Path]:
    """The pictures of a folder in the order of the number that ends their names."""
    paths = [path for path in folder.iterdir() if path.suffix.lower() in (".jpeg", ".jpg", ".png")]
    return sorted(paths, key=lambda path: int(re.findall(r"\d+", path.stem)[-1]))


def _read(files: list[list[Path]]) -> Pictures:
    pixels = [read_picture(path) for paths in files for path in paths]
    classes = [index for index, paths in enumerate(files) for _ in paths]
    return Pictures(torch.stack(pixels), torch.tensor(classes))


def read_picture(path: Path) -> torch.Tensor:
    """One picture as uint8 `[3, 64, 64]`; grey ones become RGB."""
    with Image.open(path) as image:
        array = np.asarray(image.convert("RGB"))
    if array.shape != (SIZE_PX, SIZE_PX, 3):
        raise ValueError(f"{path}: expected {SIZE_PX}×{SIZE_PX} pixels, found {array.shape[1]}×{array.shape[0]}")
    return torch.from_numpy(array.copy()).permute(2, 0, 1).contiguous()
