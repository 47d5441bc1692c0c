"""Tiny VGG: its size, and that folding and exporting change nothing of what it computes."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
import torch
from torch import nn

from .. import export
from ..network import PARAMETER_COUNT, LearningNetwork, PlainNetwork, fold

VALUE_NAMES = [
    "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
    "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2",
    "flatten", "output", "softmax",
]  # fmt: skip


def random_learning_network() -> LearningNetwork:
    """A network in evaluation mode whose batch normalisation is far from neutral."""
    torch.manual_seed(7)
    network = LearningNetwork()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 2)
            nn.init.uniform_(module.bias, -1, 1)
            nn.init.uniform_(module.get_buffer("running_mean"), -1, 1)
            nn.init.uniform_(module.get_buffer("running_var"), 0.2, 3)
    return network.eval()


def test_plain_network_has_19_920_parameters() -> None:
    assert sum(value.numel() for value in PlainNetwork().parameters()) == PARAMETER_COUNT == 19_920


@torch.no_grad()
def test_folded_network_computes_what_the_learning_one_does() -> None:
    learning = random_learning_network()
    pixels = torch.rand(8, 3, 64, 64)
    torch.testing.assert_close(fold(learning)(pixels), learning(pixels), atol=1e-4, rtol=1e-4)


@torch.no_grad()
def test_exported_file_computes_what_the_plain_network_does(tmp_path: Path) -> None:
    network = fold(random_learning_network())
    export.write(network, tmp_path / "network.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "network.onnx"))
    pixels = torch.rand(1, 3, 64, 64)
    (found,) = session.run(["softmax"], {"input": pixels.numpy()})
    torch.testing.assert_close(torch.from_numpy(found), network.activations(pixels)["softmax"], atol=1e-5, rtol=1e-5)


def test_export_is_deterministic_and_reads_back(tmp_path: Path) -> None:
    network = fold(random_learning_network())
    export.write(network, tmp_path / "a.onnx")
    export.write(export.read(tmp_path / "a.onnx"), tmp_path / "b.onnx")
    assert (tmp_path / "a.onnx").read_bytes() == (tmp_path / "b.onnx").read_bytes()


def test_every_node_of_the_graph_is_named_after_its_value() -> None:
    graph = export.to_model(PlainNetwork()).graph
    assert [node.name for node in graph.node] == VALUE_NAMES
    assert [list(node.output) for node in graph.node] == [[name] for name in VALUE_NAMES]
    assert list(PlainNetwork().activations(torch.zeros(1, 3, 64, 64))) == VALUE_NAMES
