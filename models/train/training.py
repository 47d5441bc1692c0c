"""One training run: a seed in, the averaged network after chosen epochs out. No files are written here."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from .augmentation import vary
from .data import Pictures
from .network import LearningNetwork, PlainNetwork, fold


@dataclass(frozen=True)
class Recipe:
    """Everything that was chosen about the training; the defaults made the shipped network."""

    epochs: int = 30
    batch: int = 64
    peak_rate: float = 5e-3
    warm_up: float = 0.1
    """Share of all steps in which the rate rises linearly; after it, half a cosine down to zero."""
    betas: tuple[float, float] = (0.9, 0.99)
    weight_decay: float = 0.05
    average_limit: float = 0.998
    """Largest decay of the running average of weights; it starts small so that early epochs are not stale."""

    def rate(self, step: int, steps: int) -> float:
        """Learning rate of step `step` (from 0) of `steps`."""
        rising = max(1, round(self.warm_up * steps))
        if step < rising:
            return self.peak_rate * (step + 1) / rising
        return self.peak_rate * 0.5 * (1 + math.cos(math.pi * (step - rising) / (steps - rising)))

    def average_decay(self, step: int) -> float:
        """Decay of the running average at step `step` (from 0)."""
        return min(self.average_limit, (1 + step) / (10 + step))


OnEpoch = Callable[[int, PlainNetwork, float], None]
"""Called with the epoch (0 is before training), the folded averaged network and the mean training loss."""


def train(pictures: Pictures, seed: int, recipe: Recipe, on_epoch: OnEpoch) -> PlainNetwork:
    """Trains on `pictures` from scratch. The same seed on the same machine gives the same weights."""
    torch.manual_seed(seed)
    chance = torch.Generator().manual_seed(seed)
    network = LearningNetwork().train()
    averaged = copy.deepcopy(network).eval()
    optimiser = _optimiser(network, recipe)
    pixels = pictures.unit_range()
    steps_per_epoch = len(pictures) // recipe.batch
    steps = steps_per_epoch * recipe.epochs
    on_epoch(0, fold(averaged), math.nan)
    for epoch in range(recipe.epochs):
        order = torch.randperm(len(pictures), generator=chance)
        total_loss = 0.0
        for position in range(steps_per_epoch):
            step = epoch * steps_per_epoch + position
            chosen = order[position * recipe.batch : (position + 1) * recipe.batch]
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate(step, steps)
            logits = network(vary(pixels[chosen], chance))
            loss = nn.functional.cross_entropy(logits, pictures.classes[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            _average(averaged, network, recipe.average_decay(step))
            total_loss += loss.item()
        on_epoch(epoch + 1, fold(averaged), total_loss / steps_per_epoch)
    return fold(averaged)


def _optimiser(network: LearningNetwork, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW that decays the weights of convolutions and of the dense layer, and nothing else."""
    decayed = [value for value in network.parameters() if value.ndim > 1]
    others = [value for value in network.parameters() if value.ndim == 1]
    groups = [
        {"params": decayed, "weight_decay": recipe.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.peak_rate, betas=recipe.betas)


@torch.no_grad()
def _average(averaged: LearningNetwork, network: LearningNetwork, decay: float) -> None:
    """Moves every weight and running statistic of `averaged` towards `network`."""
    current = network.state_dict()
    for name, value in averaged.state_dict().items():
        if value.dtype.is_floating_point:
            value.lerp_(current[name], 1 - decay)
        else:
            value.copy_(current[name])
