"""A plain network as an ONNX file: thirteen nodes, each with the name of the value that it makes.

The graph is written with the `onnx` helpers and not by tracing, so that names, order and bytes are ours to fix.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .data import SIZE_PX
from .network import CLASS_COUNT, PlainNetwork

OPSET = 17
IR_VERSION = 8
"""Both are old enough for ONNX Runtime 1.17 and everything after it."""


def write(network: PlainNetwork, path: Path) -> None:
    """Writes `network` to `path`. The same weights always give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_bytes(to_model(network)))


def to_bytes(model: onnx.ModelProto) -> bytes:
    """The file of a model. The same model always gives the same bytes."""
    return model.SerializeToString(deterministic=True)


def to_model(network: PlainNetwork) -> onnx.ModelProto:
    """The ONNX model: input `input` `[1, 3, 64, 64]` in [0, 1], output `softmax` `[1, 10]`."""
    nodes: list[onnx.NodeProto] = []
    value = "input"
    for block in ("1", "2"):
        for place in ("1", "2"):
            value = _add_convolution(nodes, value, f"{block}_{place}")
        pool = f"max_pool_{block}"
        nodes.append(helper.make_node("MaxPool", [value], [pool], pool, kernel_shape=[2, 2], strides=[2, 2]))
        value = pool
    nodes.append(helper.make_node("Flatten", [value], ["flatten"], "flatten", axis=1))
    dense = ["flatten", "output.weight", "output.bias"]
    nodes.append(helper.make_node("Gemm", dense, ["output"], "output", transB=1))
    nodes.append(helper.make_node("Softmax", ["output"], ["softmax"], "softmax", axis=1))
    graph = helper.make_graph(
        nodes,
        "tiny_vgg",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, SIZE_PX, SIZE_PX])],
        [helper.make_tensor_value_info("softmax", TensorProto.FLOAT, [1, CLASS_COUNT])],
        initializer=[_initializer(name, value) for name, value in network.state_dict().items()],
    )
    return checked(graph)


def checked(graph: onnx.GraphProto) -> onnx.ModelProto:
    """The model with this graph, its shapes inferred, after ONNX's own checks."""
    model = helper.make_model(
        graph,
        producer_name="convocation",
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    onnx.checker.check_model(model, full_check=True)
    return model


def read(path: Path) -> PlainNetwork:
    """The plain network whose weights are those in the file."""
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
    network = PlainNetwork()
    network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in tensors.items()})
    return network.eval()


def _add_convolution(nodes: list[onnx.NodeProto], source: str, place: str) -> str:
    """Adds a 3×3 convolution without padding and its ReLU; returns the name of the ReLU's value."""
    conv, relu = f"conv_{place}", f"relu_{place}"
    inputs = [source, f"{conv}.weight", f"{conv}.bias"]
    nodes.append(helper.make_node("Conv", inputs, [conv], conv, kernel_shape=[3, 3]))
    nodes.append(helper.make_node("Relu", [conv], [relu], relu))
    return relu


def _initializer(name: str, value: torch.Tensor) -> onnx.TensorProto:
    return numpy_helper.from_array(np.ascontiguousarray(value.detach().numpy()), name)
