"""From what was heard in a clip to what a playlist keeps of it."""

from __future__ import annotations

from bot.playlists.track import Hearing, packed
from classifier.result import Analysis, Verdict


def hearing_of(analysis: Analysis, model_key: str) -> Hearing:
    """Return what a playlist keeps of an analysis.

    Parameters
    ----------
    analysis
        What the classifier says.
    model_key
        Of the model.

    Returns
    -------
    Hearing
    """
    is_music = analysis.verdict is not Verdict.NOT_MUSIC
    first = analysis.genres[0]
    return Hearing(
        model_key=model_key,
        verdict=analysis.verdict,
        genre=first.name if is_music else None,
        probability=first.probability if is_music else None,
        tempo=analysis.sound.tempo if is_music else None,
        energy=analysis.sound.energy if is_music else None,
        tags=analysis.tags if is_music else (),
        embedding=packed(analysis.sound.embedding),
    )
