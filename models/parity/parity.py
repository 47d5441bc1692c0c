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
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from server import Server, ServerError

from train import description, export
from train.data import SIZE_PX
from train.network import PlainNetwork

TOLERANCE = 1e-4
"""Largest absolute difference: float32 sums of up to 1,690 terms in different orders stay well below it."""

EVERY = 3
"""Every third picture of the gallery is compared, which meets most classes."""

Activations = dict[str, np.ndarray]


class Difference(Exception):
    """Two sides disagree."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, required=True, help="folder with network.onnx and network.toml")
    parser.add_argument("--server", help="address of a server that serves this folder; its id is the folder's name")
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    network = export.read(arguments.network / "network.onnx")
    session = session_with_every_value(arguments.network / "network.onnx")
    pictures = [picture.file for picture in description.read(arguments.network).gallery][::EVERY]
    checks: list[tuple[str, Callable[[], str]]] = [
        (f"{path.stem}: PyTorch and ONNX Runtime", lambda path=path: compare_runtimes(network, session, path))
        for path in pictures
    ]
    if arguments.server:
        try:
            server = Server(arguments.server, urllib.parse.quote(arguments.network.resolve().name))
        except (ServerError, KeyError, ValueError) as error:
            print(f"FAILED the server's description of the network: {error!r}\n0 passed, 1 failed")
            raise SystemExit(1) from error
        checks.append(("layers of the server", lambda: compare_layers(server, session)))
        checks.append(("a 64×64 picture as the server sees it", lambda: compare_input(server, pictures[0])))
        checks += [
            (f"{path.stem}: server", lambda path=path: compare_server(server, network, session, path))
            for path in pictures
        ]
    raise SystemExit(run(checks))


def run(checks: list[tuple[str, Callable[[], str]]]) -> int:
    """Runs all checks and prints one line for each; returns the exit status."""
    failed = 0
    for name, check in checks:
        try:
            print(f"ok     {name}: {check()}")
        except (Difference, ServerError, KeyError, ValueError) as error:
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


def in_runtime(session: onnxruntime.InferenceSession, pixels: np.ndarray) -> Activations:
    """Every activation by name, computed by Python's ONNX Runtime from `[1, 3, 64, 64]`."""
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {session.get_inputs()[0].name: pixels}), strict=True))


@torch.no_grad()
def in_torch(network: PlainNetwork, pixels: np.ndarray) -> Activations:
    """Every activation by name, computed by PyTorch from `[1, 3, 64, 64]`."""
    values = network.activations(torch.from_numpy(pixels.copy()))
    return {name: value.numpy() for name, value in values.items()}


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


def compare_runtimes(network: PlainNetwork, session: onnxruntime.InferenceSession, path: Path) -> str:
    with Image.open(path) as image:
        pixels = to_input(image.resize((SIZE_PX, SIZE_PX), Image.Resampling.LANCZOS))
    return f"largest difference {compare(in_torch(network, pixels), in_runtime(session, pixels)):.2g}"


def compare_layers(server: Server, session: onnxruntime.InferenceSession) -> str:
    """The server's layers are the input and the graph's values, in order."""
    if server.layers[0].type != "input":
        raise Difference(f"the first layer is {server.layers[0]}, not the input")
    found = [layer.id for layer in server.layers[1:]]
    expected = [output.name for output in session.get_outputs()]
    if found != expected:
        raise Difference(f"{found} against {expected} in the graph")
    return f"{len(server.layers)} layers"


def compare_server(server: Server, network: PlainNetwork, session: onnxruntime.InferenceSession, path: Path) -> str:
    """Whatever input the server made of a picture, all three compute the same from it."""
    digest = server.send_picture(path.read_bytes())
    tensors = {layer.id: server.tensor(digest, layer) for layer in server.layers}
    pixels = tensors.pop(server.layers[0].id).reshape(1, 3, SIZE_PX, SIZE_PX)
    to_torch = compare(tensors, in_torch(network, pixels))
    to_runtime = compare(tensors, in_runtime(session, pixels))
    return f"largest difference to PyTorch {to_torch:.2g}, to ONNX Runtime {to_runtime:.2g}"


def compare_input(server: Server, path: Path) -> str:
    """A picture that needs no scaling reaches the network as its bytes divided by 255, exactly."""
    with Image.open(path) as image:
        small = image.convert("RGB").resize((SIZE_PX, SIZE_PX), Image.Resampling.LANCZOS)
    png = io.BytesIO()
    small.save(png, format="PNG")
    found = server.tensor(server.send_picture(png.getvalue()), server.layers[0]).ravel()
    expected = to_input(small).ravel()
    if not np.array_equal(found, expected):
        raise Difference(
            f"{int((found != expected).sum())} values differ, by up to {np.abs(found - expected).max():.3g}"
        )
    return "identical"


def to_input(image: Image.Image) -> np.ndarray:
    """A 64×64 picture as the network takes it: float32 `[1, 3, 64, 64]` in [0, 1]."""
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32) / np.float32(255)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])


if __name__ == "__main__":
    main()
