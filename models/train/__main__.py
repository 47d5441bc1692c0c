"""The command line: `train`, `evaluate`, `render`, `gallery`. Run it as `python -m train` inside `models/`."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import torch

from . import data, description, export, gallery
from .evaluate import DISTURBANCES, as_markdown, measure
from .network import PlainNetwork
from .training import Recipe, train

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_DATA = REPOSITORY.parent / "shared" / "data" / "tiny10"
DEFAULT_NETWORK = REPOSITORY / "models" / "tiny-vgg"
KEPT_EPOCHS = (0, 1, 2, 4, 8, 15, 30)
"""Epochs that the training scrubber shows: close together at first, where most is learnt."""


def main() -> None:
    arguments = _parser().parse_args()
    torch.set_num_threads(arguments.threads)
    torch.use_deterministic_algorithms(True)
    arguments.command(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("--threads", type=int, default=1, help="threads that PyTorch may use")
    commands = parser.add_subparsers(required=True, metavar="command")
    learn = commands.add_parser("train", help="train with several seeds and keep the best on held-out pictures")
    learn.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    learn.set_defaults(command=_train)
    check = commands.add_parser("evaluate", help="measure the shipped network and check what network.toml claims")
    check.set_defaults(command=_evaluate)
    paint = commands.add_parser("render", help="paint gallery/*.svg to gallery/*.png")
    paint.set_defaults(command=_render)
    ask = commands.add_parser("gallery", help="check that the network recognises every picture of its gallery")
    ask.set_defaults(command=_gallery)
    for command in (learn, check):
        command.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of pictures (see README.md)")
    for command in (learn, check, paint, ask):
        command.add_argument("--network", type=Path, default=DEFAULT_NETWORK, help="folder of the network")
    return parser


def _train(arguments: argparse.Namespace) -> None:
    """Trains every seed; only the held-out pictures decide which one is copied to the network's folder."""
    pictures = data.load(arguments.data)
    with tempfile.TemporaryDirectory() as scratch:
        held_out: dict[int, float] = {}
        for seed in arguments.seeds:
            folder = Path(scratch) / str(seed)
            network = _train_seed(pictures, seed, folder)
            held_out[seed] = measure(network, pictures.held_out).top1
            val = measure(network, pictures.val)
            print(f"seed {seed}: held-out {held_out[seed]:.3f}, val {val.top1:.3f}", flush=True)
        best = max(held_out, key=lambda seed: held_out[seed])
        shutil.copytree(Path(scratch) / str(best), arguments.network, dirs_exist_ok=True)
        print(f"seed {best} is best on held-out pictures and was written to {arguments.network}")


def _train_seed(pictures: data.Split, seed: int, folder: Path) -> PlainNetwork:
    """Trains one seed, writing `network.onnx` and `epochs/NN.onnx` to `folder`."""

    def on_epoch(epoch: int, network: PlainNetwork, loss: float) -> None:
        if epoch in KEPT_EPOCHS:
            export.write(network, folder / "epochs" / f"{epoch:02}.onnx")
        top1 = measure(network, pictures.held_out).top1
        print(f"seed {seed}, epoch {epoch:2}: loss {loss:.3f}, held-out {top1:.3f}", flush=True)

    network = train(pictures.train, seed, Recipe(), on_epoch)
    export.write(network, folder / "network.onnx")
    return network


def _evaluate(arguments: argparse.Namespace) -> None:
    """Prints the tables of the model card, and fails when `network.toml` claims another accuracy."""
    pictures = data.load(arguments.data)
    network = export.read(arguments.network / "network.onnx")
    for name, part in (("held-out", pictures.held_out), ("val", pictures.val)):
        measures = measure(network, part)
        print(
            f"{name}: top-1 {measures.top1:.3f}, cross-entropy {measures.loss:.3f}, "
            f"calibration error {measures.calibration_error:.3f}"
        )
    print(f"\n{as_markdown(measures)}\n")
    for name, disturb in DISTURBANCES.items():
        print(f"val, {name}: top-1 {measure(network, pictures.val, disturb).top1:.3f}")
    wrong = 0
    for entry in description.read(arguments.network).epochs:
        top1 = measure(export.read(entry.file), pictures.val).top1
        print(f"epoch {entry.epoch}: val top-1 {top1:.3f}, network.toml says {entry.val_top1:.3f}")
        wrong += abs(top1 - entry.val_top1) > 1e-6
    if wrong:
        raise SystemExit(f"network.toml is wrong about {wrong} epochs")


def _render(arguments: argparse.Namespace) -> None:
    for drawing in sorted((arguments.network / "gallery").glob("*.svg")):
        png = gallery.render(drawing)
        drawing.with_suffix(".png").write_bytes(png)
        print(f"{drawing.stem}: {len(png):,} bytes")


def _gallery(arguments: argparse.Namespace) -> None:
    """Prints the probability of the right class per way of scaling; fails when one answer is wrong."""
    described = description.read(arguments.network)
    network = export.read(arguments.network / "network.onnx")
    wrong = 0
    for picture in described.gallery:
        answers = gallery.ask(network, described.labels, picture)
        told = ", ".join(f"{answer.filter} {answer.probability:.2f}" for answer in answers)
        missed = sorted({answer.label for answer in answers if not answer.right})
        print(f"{picture.file.stem:16} {told}" + (f"  WRONG: {', '.join(missed)}" if missed else ""))
        wrong += bool(missed)
    if wrong:
        raise SystemExit(f"{wrong} pictures of the gallery are not recognised")


if __name__ == "__main__":
    main()
