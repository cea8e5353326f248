"""What a member reads while a clip is under way."""

from __future__ import annotations

import math
from typing import Final

from bot.progress import Fetching, State, Waiting
from classifier.stage import Stage

STAGES: Final = {
    Stage.DECODING: "Decoding the audio…",
    Stage.LISTENING: "Listening…",
    Stage.VOTING: "Voting…",
}


def progress_text(state: State) -> str:
    """Say how far a request is.

    Parameters
    ----------
    state
        Where it is.

    Returns
    -------
    str
        One short line.
    """
    match state:
        case Fetching():
            return "Fetching the clip…"
        case Waiting(position, seconds):
            place = "You are next" if position == 1 else f"You are number {position} in the queue"
            return f"{place}." if seconds is None else f"{place}, in about {_about(seconds)}."
        case Stage():
            return STAGES[state]


def _about(seconds: float) -> str:
    """Round up to what an estimate is worth."""
    return f"{max(5, 5 * math.ceil(seconds / 5))} s" if seconds <= 60 else f"{math.ceil(seconds / 60)} min"
