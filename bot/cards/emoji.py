"""One emoji for an answer, where a channel wants no more than a reaction."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from classifier.result import Analysis, Verdict

GENRE_EMOJI: Final[Mapping[str, str]] = MappingProxyType(
    {
        "blues": "💙",
        "classical": "🎻",
        "country": "🤠",
        "disco": "🪩",
        "hiphop": "🎤",
        "jazz": "🎷",
        "metal": "🤘",
        "pop": "🎈",
        "reggae": "🌴",
        "rock": "🎸",
    }
)
"""Of the genres of the model that ships."""

OTHER_GENRE: Final = "🎵"
"""Of genres that somebody else's model was taught."""

UNSURE: Final = "🤷"
NOT_MUSIC: Final = "🔇"

COLLECTED: Final = "📥"
"""Under a message whose track went into a playlist."""

ALL_EMOJI: Final = frozenset({*GENRE_EMOJI.values(), OTHER_GENRE, UNSURE, NOT_MUSIC})
"""Everything that the bot may react with: only clicks on these ask for details."""


def emoji_of(analysis: Analysis) -> str:
    """Return the emoji of an answer.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        Of the first genre, where the verdict names one.
    """
    match analysis.verdict:
        case Verdict.UNSURE:
            return UNSURE
        case Verdict.NOT_MUSIC:
            return NOT_MUSIC
        case _:
            return GENRE_EMOJI.get(analysis.genres[0].name, OTHER_GENRE)
