"""Weights for the architecture."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.training.musicnn.architecture import WEIGHT_SHAPES
from tests.classifier.training.musicnn.checkpoints import Tensors


@pytest.fixture(scope="session")
def weights() -> Tensors:
    """Random weights that keep the signal's size from layer to layer."""
    random = np.random.default_rng(1)
    made = {}
    for name, shape in WEIGHT_SHAPES.items():
        kind = name.rpartition("/")[2]
        if kind == "kernel":
            values = random.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape)
        elif kind in ("gamma", "moving_variance"):
            # Some gains are negative in the real network too.
            values = random.uniform(0.5, 1.5, shape) * (random.choice([-1, 1], shape) if kind == "gamma" else 1)
        else:
            values = random.normal(0, 0.3, shape)
        made[name] = values.astype(np.float32)
    return made
