"""Makes the tiny example: the network's file and the pictures of its gallery. No number is learnt.

    python tiny-example/make.py

The kernel weighs a column of pixels against its two neighbours, so a flat picture and a horizontal line cancel out; the
bias lets a vertical line through only where all three of its pixels are there.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from train import export

FOLDER = Path(__file__).resolve().parent

SIDE_PX = 5
"""Side of the input."""

WHITE = 3
"""Value of a white pixel; black is 0, dark grey is 1, light grey is 2. With a value in the middle, most photographs would
become nothing but that."""

KERNEL = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]
KERNEL_BIAS = -5
CLASSES = {"vertical": ([1, 1, 1, 1], -1), "horizontal": ([0, -1, -1, 0], 1)}
"""Weights and bias of each class for the four values that pooling leaves."""

BLOCK_PX = 50
"""A pixel of a drawing in the gallery's files: large enough to be looked at, and whole when it is scaled down."""


@dataclass(frozen=True)
class Drawing:
    """A picture of the gallery, in values of the input."""

    name: str
    rows: tuple[str, ...]

    def values(self) -> np.ndarray:
        """The input `[5, 5]`."""
        return np.array([[int(value) for value in row] for row in self.rows])

    def file(self) -> bytes:
        """The picture as a PNG file."""
        levels = (self.values() * 255 / WHITE).round().astype(np.uint8)
        png = io.BytesIO()
        Image.fromarray(levels.repeat(BLOCK_PX, axis=0).repeat(BLOCK_PX, axis=1)).save(png, "PNG", optimize=True)
        return png.getvalue()


DRAWINGS = (
    Drawing("vertical", ("11211", "11211", "11211", "11211", "11211")),
    Drawing("horizontal", ("11111", "11111", "22222", "11111", "11111")),
    Drawing("cross", ("00200", "02220", "00200", "00200", "00200")),
    Drawing("two-lines", ("00000", "33333", "00000", "33333", "00000")),
    Drawing("left", ("12111", "12111", "12111", "12111", "12111")),
    Drawing("corner", ("12111", "12111", "12111", "12222", "11111")),
)


def model() -> onnx.ModelProto:
    """The ONNX model: input `input` `[1, 1, 5, 5]` of the numbers 0 to 3, output `softmax` `[1, 2]`."""
    weights, biases = zip(*CLASSES.values(), strict=True)
    constants = {
        "conv.weight": [[KERNEL]],
        "conv.bias": [KERNEL_BIAS],
        "output.weight": weights,
        "output.bias": biases,
    }
    nodes = [
        helper.make_node("Conv", ["input", "conv.weight", "conv.bias"], ["conv"], "conv", kernel_shape=[3, 3]),
        helper.make_node("Relu", ["conv"], ["relu"], "relu"),
        helper.make_node("MaxPool", ["relu"], ["max_pool"], "max_pool", kernel_shape=[2, 2], strides=[1, 1]),
        helper.make_node("Flatten", ["max_pool"], ["flatten"], "flatten", axis=1),
        helper.make_node("Gemm", ["flatten", "output.weight", "output.bias"], ["output"], "output", transB=1),
        helper.make_node("Softmax", ["output"], ["softmax"], "softmax", axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny_example",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 1, SIDE_PX, SIDE_PX])],
        [helper.make_tensor_value_info("softmax", TensorProto.FLOAT, [1, len(CLASSES)])],
        initializer=[
            numpy_helper.from_array(np.array(values, dtype=np.float32), name) for name, values in constants.items()
        ],
    )
    return export.checked(graph)


def main() -> None:
    (FOLDER / "network.onnx").write_bytes(export.to_bytes(model()))
    (FOLDER / "gallery").mkdir(exist_ok=True)
    for drawing in DRAWINGS:
        (FOLDER / "gallery" / f"{drawing.name}.png").write_bytes(drawing.file())


if __name__ == "__main__":
    main()
