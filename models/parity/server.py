"""A Convocation server as the parity test sees it: pictures in, tensors out. Plain HTTP, no session, no state."""

from __future__ import annotations

import json
import math
import urllib.error
import urllib.request
from dataclasses import dataclass

import numpy as np

TIMEOUT_S = 30


@dataclass(frozen=True)
class Layer:
    """One layer as the server describes it; `shape` as in the description, with or without a batch of one."""

    id: str
    shape: tuple[int, ...]
    type: str


class ServerError(Exception):
    """The server refused or answered something that is not what its interface promises."""


class Server:
    """One network of one server."""

    def __init__(self, url: str, network: str) -> None:
        self.url = url.rstrip("/")
        described = json.loads(self._fetch(f"/api/networks/{network}"))
        self.digest: str = described["digest"]
        self.layers = [Layer(layer["id"], tuple(layer["shape"]), layer["op"]["type"]) for layer in described["layers"]]

    def send_picture(self, content: bytes) -> str:
        """Stores a picture and returns its digest."""
        return json.loads(self._fetch("/api/pictures", content))["picture"]

    def tensor(self, picture: str, layer: Layer) -> np.ndarray:
        """The values of a layer for a picture, float32, in the shape of the description."""
        content = self._fetch(f"/api/tensors/{self.digest}/{picture}/{layer.id}")
        if len(content) != 4 * math.prod(layer.shape):
            raise ServerError(f"{layer.id}: {len(content)} bytes do not make shape {list(layer.shape)}")
        return np.frombuffer(content, dtype="<f4").reshape(layer.shape)

    def _fetch(self, path: str, content: bytes | None = None) -> bytes:
        headers = {} if content is None else {"Content-Type": "application/octet-stream"}
        request = urllib.request.Request(self.url + path, data=content, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            detail = error.read()[:500].decode(errors="replace")
            raise ServerError(f"{request.get_method()} {path}: {error.code} {detail}") from error
        except OSError as error:
            raise ServerError(f"{request.get_method()} {path}: {error}") from error
