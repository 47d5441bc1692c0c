"""PyTorch, Python's ONNX Runtime and a running server must agree on every activation of a network.

    python models/parity/parity.py --network models/tiny-vgg [--server http://127.0.0.1:8080]

Without a server only the two Python runtimes are compared. The last line counts the comparisons; the exit status says
whether all held.
"""

from __future__ import annotations

import argparse
import io
import sys
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from graph import Graph, UnknownOperation
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from server import Server, ServerError
from train import description

TOLERANCE = 1e-4
"""Largest absolute difference: float32 sums of up to 1,690 terms in different orders stay well below it."""

Activations = dict[str, np.ndarray]


class Difference(Exception):
    """Two sides disagree."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, required=True, help="folder with network.onnx and network.toml")
    parser.add_argument("--server", help="address of a server that serves this folder; its id is the folder's name")
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    network = Network.read(arguments.network)
    pictures = [picture.file for picture in network.description.gallery]
    checks: list[tuple[str, Callable[[], str]]] = [
        (f"{path.stem}: PyTorch and ONNX Runtime", lambda path=path: compare_runtimes(network, path))
        for path in pictures
    ]
    if arguments.server:
        try:
            server = Server(arguments.server, urllib.parse.quote(arguments.network.resolve().name))
        except (ServerError, KeyError, ValueError) as error:
            print(f"FAILED the server's description of the network: {error!r}\n0 passed, 1 failed")
            raise SystemExit(1) from error
        checks += [
            ("layers of the server", lambda: compare_layers(server, network)),
            ("a picture that needs no scaling", lambda: compare_input(server, network, pictures[0])),
        ]
        checks += [
            (f"{path.stem}: server", lambda path=path: compare_server(server, network, path))
            for path in pictures
        ]
    raise SystemExit(run(checks))


@dataclass(frozen=True)
class Network:
    """A network's folder, ready to be computed by both runtimes."""

    description: description.Description
    graph: Graph
    session: onnxruntime.InferenceSession

    @classmethod
    def read(cls, folder: Path) -> Network:
        file = folder / "network.onnx"
        return cls(description.read(folder), Graph(file), session_with_every_value(file))

    @property
    def side_px(self) -> int:
        """Side of the input, which is square."""
        *_, height, width = self.session.get_inputs()[0].shape
        if height != width:
            raise Difference(f"an input of {height}×{width} is not compared here")
        return height

    def in_torch(self, pixels: np.ndarray) -> Activations:
        """Every activation by name, computed by PyTorch from `[1, C, H, W]`."""
        return self.graph.activations(pixels)

    def in_runtime(self, pixels: np.ndarray) -> Activations:
        """Every activation by name, computed by Python's ONNX Runtime from `[1, C, H, W]`."""
        names = [output.name for output in self.session.get_outputs()]
        return dict(zip(names, self.session.run(names, {self.session.get_inputs()[0].name: pixels}), strict=True))

    def scaled(self, path: Path) -> Image.Image:
        """A picture in the size of the input."""
        with Image.open(path) as image:
            return image.convert("RGB").resize((self.side_px, self.side_px), Image.Resampling.LANCZOS)

    def to_input(self, image: Image.Image) -> np.ndarray:
        """A picture of the input's size as the network takes it: float32 `[1, C, H, W]` in its range."""
        pixels = np.asarray(image.convert("RGB")).astype(np.int64)
        if len(self.description.input.channels) == 1:
            # Brightness after ITU-R BT.601, rounded.
            pixels = (pixels @ [299, 587, 114] + 500)[..., None] // 1000
        black, white = (np.float32(end) for end in self.description.input.range)
        levels = self.description.input.levels
        shares = pixels.astype(np.float32) / np.float32(255)
        if levels is not None:
            shares = (shares * np.float32(levels - 1)).round() / np.float32(levels - 1)
        return np.ascontiguousarray((black + shares * (white - black)).transpose(2, 0, 1)[None])


def run(checks: list[tuple[str, Callable[[], str]]]) -> int:
    """Runs all checks and prints one line for each; returns the exit status."""
    failed = 0
    for name, check in checks:
        try:
            print(f"ok     {name}: {check()}")
        except (Difference, ServerError, UnknownOperation, KeyError, ValueError) as error:
            failed += 1
            print(f"FAILED {name}: {error if str(error) else repr(error)}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def session_with_every_value(path: Path) -> onnxruntime.InferenceSession:
    """A session that returns every intermediate value of the graph."""
    model = onnx.load(path)
    del model.graph.output[:]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for node in model.graph.node for name in node.output)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def compare(left: Activations, right: Activations) -> float:
    """The largest difference over all activations; raises when it is too large or when the names differ."""
    if list(left) != list(right):
        raise Difference(f"activations {list(left)} against {list(right)}")
    largest = 0.0
    for name, value in left.items():
        # A batch of one may be left out, so sizes and not shapes are compared.
        if value.size != right[name].size:
            raise Difference(f"{name}: shape {list(value.shape)} against {list(right[name].shape)}")
        difference = float(np.abs(value.ravel() - right[name].ravel()).max())
        if not difference <= TOLERANCE:
            raise Difference(f"{name}: differs by {difference:.3g}, more than {TOLERANCE:g}")
        largest = max(largest, difference)
    return largest


def compare_runtimes(network: Network, path: Path) -> str:
    pixels = network.to_input(network.scaled(path))
    return f"largest difference {compare(network.in_torch(pixels), network.in_runtime(pixels)):.2g}"


def compare_layers(server: Server, network: Network) -> str:
    """The server's layers are the input and the graph's values, in order."""
    if server.layers[0].type != "input":
        raise Difference(f"the first layer is {server.layers[0]}, not the input")
    found = [layer.id for layer in server.layers[1:]]
    expected = [output.name for output in network.session.get_outputs()]
    if found != expected:
        raise Difference(f"{found} against {expected} in the graph")
    return f"{len(server.layers)} layers"


def compare_server(server: Server, network: Network, path: Path) -> str:
    """Whatever input the server made of a picture, all three compute the same from it."""
    digest = server.send_picture(path.read_bytes())
    tensors = {layer.id: server.tensor(digest, layer) for layer in server.layers}
    pixels = tensors.pop(server.layers[0].id)[None]
    to_torch = compare(tensors, network.in_torch(pixels))
    to_runtime = compare(tensors, network.in_runtime(pixels))
    return f"largest difference to PyTorch {to_torch:.2g}, to ONNX Runtime {to_runtime:.2g}"


def compare_input(server: Server, network: Network, path: Path) -> str:
    """A picture that needs no scaling reaches the network as the description says, exactly."""
    small = network.scaled(path)
    png = io.BytesIO()
    small.save(png, format="PNG")
    found = server.tensor(server.send_picture(png.getvalue()), server.layers[0]).ravel()
    expected = network.to_input(small).ravel()
    if not np.array_equal(found, expected):
        raise Difference(
            f"{int((found != expected).sum())} values differ, by up to {np.abs(found - expected).max():.3g}"
        )
    return "identical"


if __name__ == "__main__":
    main()
