"""Takes out the filters that training has switched off, and folds what they add, a constant, into the next layers.

Of the 561 filters of the published network's front end, 496 have kernels of at most 1e-8, most of them of
1e-30, where the others reach 1e-1: they answer every sound alike, in five sixths of the network's time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.tags import PATCH_FRAMES
from classifier.training.musicnn.architecture import EPSILON, FRONT_FILTERS, MIDDLE_FRAMES, WEIGHT_SHAPES, numbered

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

SILENT: Final = 1e-9
"""A filter is switched off if no sound moves its normalised answer, which is about 1, by more.

The tags are computed to about 1e-7. In the published network the choice is not a fine one: all that
lies between 1e-10 and 1e-2 is one filter, of 2e-8.
"""

LOUDEST: Final = 10.0
"""No value of a spectrogram is farther from 0 behind the input's batch norm; of music none is beyond 2.5."""


def live_filters(weights: Mapping[str, FloatArray]) -> tuple[BoolArray, ...]:
    """Find the filters of the front end that hear something.

    Parameters
    ----------
    weights : mapping of str to ndarray of float32
        As `classifier.training.musicnn.architecture.WEIGHT_SHAPES` names them.

    Returns
    -------
    tuple of ndarray of bool, shape (filters,)
        One for each of the five convolutions.
    """
    live = []
    for number in range(len(FRONT_FILTERS)):
        kernel = weights[f"{numbered('conv2d', number)}/kernel"].astype(np.float64)
        gain, _ = _gain_and_offset(weights, 1 + number)
        influence = np.abs(gain) * np.abs(kernel).sum(axis=(0, 1, 2)) * LOUDEST
        live.append(influence > SILENT)
    return tuple(live)


def prune(weights: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Take out the filters that are switched off.

    Parameters
    ----------
    weights : mapping of str to ndarray of float32
        As `classifier.training.musicnn.architecture.WEIGHT_SHAPES` names them.

    Returns
    -------
    dict of ndarray of float32
        By the same names; the tensors around the front end have fewer filters. The bias of ``conv2d_5``
        becomes one for each frame, of shape (64, `PATCH_FRAMES`), as the constants end where its zero
        padding begins.

    Raises
    ------
    ValueError
        If a weight is missing or has another shape.
    """
    for name, shape in WEIGHT_SHAPES.items():
        found = weights[name].shape if name in weights else "nothing"
        if found != shape:
            raise ValueError(f"expected {name} of shape {shape}, got {found}")
    pruned = dict(weights)
    masks, answers = live_filters(weights), []
    for number, live in enumerate(masks):
        layer, norm = numbered("conv2d", number), numbered("batch_normalization", 1 + number)
        gain, offset = _gain_and_offset(weights, 1 + number)
        answers.append(gain * np.maximum(weights[f"{layer}/bias"], 0) + offset)
        for name in (f"{layer}/kernel", f"{layer}/bias", *_norm_names(norm)):
            pruned[name] = weights[name][..., live]
    live = np.concatenate(masks)
    _fold(live, np.concatenate(answers)[~live], weights, pruned)
    return pruned


def _fold(
    live: BoolArray,
    constants: npt.NDArray[np.float64],
    weights: Mapping[str, FloatArray],
    pruned: dict[str, FloatArray],
) -> None:
    """Let the two layers above the front end hear its live filters, and add what the others' constants do there."""
    # Sums along an outer axis have one order; that of a matrix product is the machine's, and the bytes must not be.
    middle = numbered("conv2d", len(FRONT_FILTERS))
    kernel = weights[f"{middle}/kernel"]
    taps = (kernel[:, ~live, 0] * constants[:, np.newaxis]).sum(axis=1)
    # For each frame of a patch, which frames of the kernel lie within the patch.
    within = np.lib.stride_tricks.sliding_window_view(np.pad(np.ones(PATCH_FRAMES), MIDDLE_FRAMES // 2), MIDDLE_FRAMES)
    heard = (within[:, :, np.newaxis] * taps).sum(axis=1)
    pruned[f"{middle}/kernel"] = kernel[:, live]
    pruned[f"{middle}/bias"] = (heard + weights[f"{middle}/bias"]).T.astype(np.float32)

    # Pooled over time, each channel has a maximum and a mean, the front end's first; a constant is both.
    pool = numbered("batch_normalization", 9)
    gain, offset = _gain_and_offset(weights, 9)
    kept = np.ones(gain.size, np.bool_)
    kept[: 2 * live.size] = np.repeat(live, 2)
    pooled = gain[~kept] * np.repeat(constants, 2) + offset[~kept]
    dense = weights["dense/kernel"]
    pruned["dense/kernel"] = dense[kept]
    pruned["dense/bias"] = (weights["dense/bias"] + (pooled[:, np.newaxis] * dense[~kept]).sum(axis=0)).astype(
        np.float32
    )
    for name in _norm_names(pool):
        pruned[name] = weights[name][kept]


def _gain_and_offset(
    weights: Mapping[str, FloatArray], number: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Write a batch norm as what it multiplies by and what it adds."""
    gamma, beta, mean, variance = (
        weights[name].astype(np.float64) for name in _norm_names(numbered("batch_normalization", number))
    )
    gain = gamma / np.sqrt(variance + EPSILON)
    return gain, beta - gain * mean


def _norm_names(norm: str) -> tuple[str, ...]:
    return tuple(f"{norm}/{name}" for name in ("gamma", "beta", "moving_mean", "moving_variance"))
