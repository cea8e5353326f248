"""Tracks whose sound the tests choose, and a job of the drawing process that lasts until it is killed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from bot.playlists.track import Hearing, NewTrack, packed
from bot.store.track_pages import TrackSound
from classifier.result import Verdict

GENRES = ("rock", "jazz", "metal", "pop")
BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAGS = 50


def embedding(kind: int, number: int = 0) -> tuple[float, ...]:
    """Return tags of a kind: those of one kind sound alike, and no two exactly so."""
    tags = [0.02] * TAGS
    tags[kind] = 0.9
    tags[TAGS - 1 - number % 10] = 0.05 + 0.004 * (number % 7)
    return tuple(tags)


def heard_track(number: int, *, genre: str | None, kind: int, title: str | None = None, adder: int = 101) -> NewTrack:
    """Return a track that the bot has heard; each a day after the one before."""
    return NewTrack(
        title=title or f"Song {number}",
        digest=hashlib.sha256(str(number).encode()).hexdigest(),
        link=f"https://songs.example/{number}",
        heard=Hearing(
            model_key="a model",
            verdict=Verdict.NOT_MUSIC if genre is None else Verdict.CLEAR,
            genre=genre,
            probability=None if genre is None else 0.8,
            tempo=90.0 + number % 50,
            energy=0.5,
            tags=(),
            embedding=packed(embedding(kind, number)),
        ),
        added_at=BEGIN + timedelta(days=number),
        adder=adder,
    )


def sounding(genres: Sequence[str | None], *, title: str = "Song", adder: int | None = 101) -> list[TrackSound]:
    """Return tracks as pictures take them, one a day: those of one genre sound alike."""
    kinds = sorted({genre or "" for genre in genres})
    return [
        TrackSound(
            id=number,
            title=f"{title} {number}",
            adder=adder,
            added_at=BEGIN + timedelta(days=number),
            genre=genre,
            tempo=120.0,
            energy=0.5,
            embedding=packed(embedding(kinds.index(genre or "") % 40, number)),
        )
        for number, genre in enumerate(genres)
    ]


def hang(folder: str, *_: object) -> NoReturn:
    """Leave the number of this process in a folder, and never come to an end."""
    Path(folder, f"{os.getpid()}.pid").touch()
    while True:
        time.sleep(60)


def process_number() -> int:
    """Return the number of the process that this runs in."""
    return os.getpid()


def hanging(folder: Path) -> int | None:
    """Return the process that hangs, as soon as one does."""
    return next((int(file.stem) for file in folder.glob("*.pid")), None)
