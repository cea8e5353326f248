"""Holds the tag network of a process that measures."""

from __future__ import annotations

from functools import cache

import numpy as np

from classifier.features import SAMPLE_RATE
from classifier.location import tag_network_dir
from classifier.measure import measure
from classifier.tags import TagNetwork


@cache
def warm_network() -> TagNetwork:
    """Load the tag network once, and compile what measuring needs, so that the first sound is not the slow one.

    Returns
    -------
    TagNetwork
        The same in every call.

    Raises
    ------
    ModelError
        If it cannot be used.
    """
    network = TagNetwork.load(tag_network_dir())
    measure(np.random.default_rng(0).uniform(-0.5, 0.5, 4 * SAMPLE_RATE).astype(np.float32), network)
    return network
