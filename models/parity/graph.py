"""An ONNX graph computed by PyTorch, node after node: the side of the comparison that owes nothing to ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch.nn import functional

Attributes = dict[str, Any]


class UnknownOperation(Exception):
    """An operation that is not computed here."""


class Graph:
    """The graph of one network, with its constants."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        constants: dict[str, torch.Tensor] = {
            tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer
        }
        self._constants = constants
        self._nodes = list(graph.node)
        (self._input,) = (value.name for value in graph.input if value.name not in constants)

    @torch.no_grad()
    def activations(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        """The value of every node, in order, by its name, for an input `[1, C, H, W]`."""
        values = {**self._constants, self._input: torch.from_numpy(pixels.copy())}
        found: dict[str, np.ndarray] = {}
        for node in self._nodes:
            if node.op_type not in OPERATIONS:
                raise UnknownOperation(f"{node.name}: {node.op_type} is not computed here")
            attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
            (name,) = node.output
            values[name] = OPERATIONS[node.op_type](attributes, *(values[source] for source in node.input))
            found[name] = values[name].numpy()
        return found


def _convolve(
    attributes: Attributes, value: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None
) -> torch.Tensor:
    return functional.conv2d(
        _padded(attributes, value, 0.0),
        weight,
        bias,
        stride=attributes.get("strides", 1),
        dilation=attributes.get("dilations", 1),
        groups=attributes.get("group", 1),
    )


def _max_pool(attributes: Attributes, value: torch.Tensor) -> torch.Tensor:
    kernel = attributes["kernel_shape"]
    # Without strides PyTorch takes those of the kernel, ONNX takes 1.
    stride = attributes.get("strides", [1, 1])
    return functional.max_pool2d(
        _padded(attributes, value, float("-inf")), kernel, stride, dilation=attributes.get("dilations", 1)
    )


def _padded(attributes: Attributes, value: torch.Tensor, fill: float) -> torch.Tensor:
    if attributes.get("auto_pad", b"NOTSET") != b"NOTSET" or attributes.get("ceil_mode", 0) != 0:
        raise UnknownOperation("auto_pad and ceil_mode are not computed here")
    top, left, bottom, right = attributes.get("pads", [0, 0, 0, 0])
    return functional.pad(value, (left, right, top, bottom), value=fill)


def _dense(
    attributes: Attributes, value: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None
) -> torch.Tensor:
    if attributes.get("transB", 0) != 1 or {"alpha", "beta", "transA"} & attributes.keys():
        raise UnknownOperation("of Gemm only transB = 1 is computed here")
    return functional.linear(value, weight, bias)


OPERATIONS: dict[str, Callable[..., torch.Tensor]] = {
    "Conv": _convolve,
    "Flatten": lambda _, value: value.flatten(1),
    "Gemm": _dense,
    "MaxPool": _max_pool,
    "Relu": lambda _, value: torch.relu(value),
    "Softmax": lambda _, value: torch.softmax(value, dim=1),
}
