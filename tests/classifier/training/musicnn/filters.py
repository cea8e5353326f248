"""Networks most of whose filters are weak or switched off."""

from __future__ import annotations

import numpy as np

from tests.classifier.training.musicnn.checkpoints import Tensors

FRONT = ("conv2d", "conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4")


def weaken(weights: Tensors, factor: float, *, keep_every: int = 8) -> Tensors:
    """Scale the kernels of most filters; what they answer without sound, by their biases and norms, stays."""
    weakened = dict(weights)
    for layer in FRONT:
        kernel = weights[f"{layer}/kernel"].copy()
        kernel[..., np.arange(kernel.shape[-1]) % keep_every != 0] *= np.float32(factor)
        weakened[f"{layer}/kernel"] = kernel
    return weakened
