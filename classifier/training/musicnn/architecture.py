"""What the musicnn network is made of: its layers' sizes and its tensors' names in the author's checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from classifier.tags import TAG_NAMES

EPSILON: Final = 1e-3
"""Added to every variance: the default of ``tf.layers.batch_normalization``, which the author left as it is."""

FRONT_KERNELS: Final = ((7, 38), (7, 67), (128, 1), (64, 1), (32, 1))
"""Frames and mel bands of the five parallel convolutions: two hear timbre, three rhythm (Pons and Serra, 2019)."""

FRONT_FILTERS: Final = (204, 204, 51, 51, 51)
"""Filters of each of them: 1.6 times 128, and 1.6 times 32."""

MIDDLE_FILTERS: Final = 64
"""Of each of the three convolutions over time."""

MIDDLE_FRAMES: Final = 7
"""Their kernel, in frames."""

DENSE_UNITS: Final = 200
"""Of the layer before the tags."""


def _weight_shapes() -> dict[str, tuple[int, ...]]:
    front = sum(FRONT_FILTERS)
    pooled = 2 * (front + 3 * MIDDLE_FILTERS)
    convolutions = [
        *((*kernel, 1, filters) for kernel, filters in zip(FRONT_KERNELS, FRONT_FILTERS, strict=True)),
        (MIDDLE_FRAMES, front, 1, MIDDLE_FILTERS),
        *[(MIDDLE_FRAMES, MIDDLE_FILTERS, 1, MIDDLE_FILTERS)] * 2,
    ]
    norms = (1, *FRONT_FILTERS, *[MIDDLE_FILTERS] * 3, pooled, DENSE_UNITS)
    layers = {
        **{numbered("conv2d", number): shape for number, shape in enumerate(convolutions)},
        "dense": (pooled, DENSE_UNITS),
        "dense_1": (DENSE_UNITS, len(TAG_NAMES)),
    }
    shapes: dict[str, tuple[int, ...]] = {}
    for layer, shape in layers.items():
        shapes |= {f"{layer}/kernel": shape, f"{layer}/bias": shape[-1:]}
    for number, channels in enumerate(norms):
        norm = numbered("batch_normalization", number)
        shapes |= {f"{norm}/{name}": (channels,) for name in ("gamma", "beta", "moving_mean", "moving_variance")}
    return shapes


def numbered(kind: str, number: int) -> str:
    """Name a layer as TensorFlow does, which gives the first of a kind no number.

    Parameters
    ----------
    kind
        Such as ``conv2d``.
    number
        Its place among the layers of its kind, from 0.

    Returns
    -------
    str
        Such as ``conv2d`` and ``conv2d_1``.
    """
    return f"{kind}_{number}" if number else kind


WEIGHT_SHAPES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(_weight_shapes())
"""Each tensor that the network needs, by its name in the checkpoint; kernels are (height, width, in, out)."""
