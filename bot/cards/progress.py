"""What a member reads while a clip is under way."""

from __future__ import annotations

import math

from bot.progress import Fetching, State, Waiting
from bot.texts.catalogue import ENGLISH, Texts
from classifier.stage import Stage


def progress_text(state: State, texts: Texts = ENGLISH) -> str:
    """Say how far a request is.

    Parameters
    ----------
    state
        Where it is.
    texts
        The reader's language.

    Returns
    -------
    str
        One short line.
    """
    match state:
        case Fetching():
            return texts("progress-fetching")
        case Waiting(position, seconds):
            if seconds is None:
                return texts("progress-next") if position == 1 else texts("progress-place", position=position)
            wait = about(seconds, texts)
            if position == 1:
                return texts("progress-next-in", wait=wait)
            return texts("progress-place-in", position=position, wait=wait)
        case Stage():
            return texts(f"progress-{state.value}")


def about(seconds: float, texts: Texts = ENGLISH) -> str:
    """Return a length of time, rounded up to what an estimate is worth.

    Parameters
    ----------
    seconds
        Not negative.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``35 s`` or ``4 min``.
    """
    if seconds <= 60:
        return texts("progress-seconds", seconds=max(5, 5 * math.ceil(seconds / 5)))
    return texts("progress-minutes", minutes=math.ceil(seconds / 60))
