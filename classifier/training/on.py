"""Which clips of a table a model learns from; light to import, as the command line needs it for its help."""

from __future__ import annotations

from enum import StrEnum


class TrainOn(StrEnum):
    """Which clips are learnt from."""

    ALL = "all"
    FILTERED_TRAIN = "filtered-train"
