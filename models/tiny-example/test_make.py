"""The folder holds what the script makes, and its arithmetic is what the model card says: whole numbers, right answers."""

from __future__ import annotations

import io

import make
import numpy as np
import onnx
import onnxruntime
import pytest
from PIL import Image
from train import description, export

DESCRIBED = description.read(make.FOLDER)
PICTURES = {picture.file.stem: picture for picture in DESCRIBED.gallery}


def activations(values: np.ndarray) -> dict[str, np.ndarray]:
    """Every value of the shipped network for an input `[5, 5]`, by its name, without the batch."""
    network = onnx.load(make.FOLDER / "network.onnx")
    del network.graph.output[:]
    network.graph.output.extend(onnx.ValueInfoProto(name=node.output[0]) for node in network.graph.node)
    session = onnxruntime.InferenceSession(network.SerializeToString())
    names = [output.name for output in session.get_outputs()]
    found = session.run(names, {"input": values[None, None].astype(np.float32)})
    return {name: value[0] for name, value in zip(names, found, strict=True)}


def test_the_network_is_what_the_script_makes() -> None:
    assert (make.FOLDER / "network.onnx").read_bytes() == export.to_bytes(make.model())


def test_the_gallery_is_what_the_script_draws() -> None:
    assert list(PICTURES) == [drawing.name for drawing in make.DRAWINGS]
    assert DESCRIBED.labels == tuple(make.CLASSES)
    assert {picture.file for picture in PICTURES.values()} == set((make.FOLDER / "gallery").glob("*.png"))


# Pixels, not bytes: how well a PNG is compressed is up to the system's library.
@pytest.mark.parametrize("drawing", make.DRAWINGS, ids=lambda drawing: drawing.name)
def test_a_picture_is_what_the_script_draws(drawing: make.Drawing) -> None:
    with Image.open(PICTURES[drawing.name].file) as found, Image.open(io.BytesIO(drawing.file())) as made:
        assert np.array_equal(np.asarray(found), np.asarray(made))


@pytest.mark.parametrize("drawing", make.DRAWINGS, ids=lambda drawing: drawing.name)
def test_everything_up_to_the_logits_is_a_small_whole_number(drawing: make.Drawing) -> None:
    found = activations(drawing.values())
    probabilities = found.pop("softmax")
    for name, values in found.items():
        assert np.array_equal(values, values.round()), name
        assert np.abs(values).max() < 20, name
    assert DESCRIBED.labels[int(probabilities.argmax())] == PICTURES[drawing.name].label


@pytest.mark.parametrize("drawing", make.DRAWINGS, ids=lambda drawing: drawing.name)
def test_the_model_card_tells_what_the_network_says(drawing: make.Drawing) -> None:
    found = activations(drawing.values())
    pooled = " / ".join(" ".join(f"{value:.0f}" for value in row) for row in found["max_pool"][0])
    logits = ", ".join(f"{value:.0f}".replace("-", "−") for value in found["output"])
    shares = ", ".join(f"{value:.4f}" for value in found["softmax"])
    card = (make.FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"| {drawing.name} | {pooled} | {logits} | {shares} |" in card


def test_the_worked_example_of_the_model_card() -> None:
    found = activations(make.DRAWINGS[0].values())
    assert found["conv"].tolist() == [[[-8, 1, -8]] * 3]
    assert found["relu"].tolist() == [[[0, 1, 0]] * 3]
    assert found["max_pool"].tolist() == [[[1, 1], [1, 1]]]
    assert found["output"].tolist() == [3, -1]
    assert found["softmax"].round(4).tolist() == pytest.approx([0.9820, 0.0180], abs=1e-6)
