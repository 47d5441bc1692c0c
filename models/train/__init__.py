"""Trains Tiny VGG, writes it as ONNX, and measures it. Start with `python -m train --help` inside `models/`."""
