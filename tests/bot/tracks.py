"""Tracks of the tests' own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bot.playlists.track import Hearing, NewTrack, Told
from classifier.result import TagProbability, Verdict
from tests.bot.stores import NEW_YEAR


def digest_of(title: str) -> str:
    return sha256(title.encode()).hexdigest()


def heard(
    genre: str | None = "rock",
    *,
    probability: float = 0.87,
    verdict: Verdict = Verdict.CLEAR,
    tempo: float = 120.0,
    energy: float = 0.5,
    tags: Sequence[str] = (),
) -> Hearing:
    return Hearing(
        model_key="model",
        verdict=verdict,
        genre=genre,
        probability=None if genre is None else probability,
        tempo=tempo,
        energy=energy,
        tags=tuple(TagProbability(tag, 0.5) for tag in tags),
        embedding=b"\0" * 200,
    )


def track(title: str, hearing: Hearing | Told | None = None, *, place: int = 0, **more: Any) -> NewTrack:
    """Return a track that was added `place` minutes after the beginning."""
    hearing = hearing or heard()
    return NewTrack(
        title=title,
        digest=more.pop("digest", digest_of(title)),
        heard=hearing,
        added_at=NEW_YEAR + timedelta(minutes=place),
        **more,
    )
