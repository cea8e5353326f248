"""Tracks with made-up titles that sound like real clips, for the pictures of the documentation."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from benchmarks.gtzan import read_measurements
from bot.playlists.track import Hearing, NewTrack, packed
from classifier.result import TagProbability, Verdict
from classifier.sound_print import sound_print
from classifier.tags import LEAST_TAG, strongest_tags
from tests.bot.stores import NEW_YEAR

TRACKS = 300
WEEKS = 26

BANDS = (
    *("The Paper Lanterns", "Mira Sol", "Old Harbour Band", "DJ Quartz", "Los Faroles", "Nine Volt", "Elena Brandt"),
    *("Winter Quarters", "山田と友達", "Sister Ray-Gun", "The Understudies", "Kofi & the Tides", "Blue Ledger"),
)
SONGS = (
    *("Midnight Ferry", "Sugar in the Rain", "Concrete Garden", "Slow Burner", "La Vuelta", "Glasshouse", "Low Tide"),
    *("Tuesday's Child", "夜の電車", "Paper Crown", "Nothing Rhymes", "Harvest Road", "Static", "Second Wind"),
)


def made_tracks(features: Path, taggrams: Sequence[Path], model_key: str, adders: Sequence[int]) -> list[NewTrack]:
    """Return tracks with made-up titles that sound like real clips."""
    chance = random.Random(7)  # noqa: S311 - pictures, not secrets
    measured, genres = read_measurements(features, taggrams)
    chosen = chance.sample(range(len(measured)), TRACKS)
    begun = NEW_YEAR - timedelta(weeks=WEEKS)
    tracks = []
    for place, index in enumerate(chosen):
        sound = sound_print([measured[index]])
        strongest = strongest_tags(measured[index].taggram.mean(axis=0), 4, at_least=LEAST_TAG)
        probability = chance.betavariate(6, 2)
        verdict = Verdict.CLEAR if probability > 0.7 else Verdict.CLOSE_CALL if probability > 0.5 else Verdict.UNSURE
        title = f"{chance.choice(BANDS)} – {chance.choice(SONGS)}"
        hearing = Hearing(
            model_key=model_key,
            verdict=verdict,
            genre=str(genres[index]),
            probability=probability,
            tempo=sound.tempo,
            energy=sound.energy,
            tags=tuple(TagProbability(name, share) for name, share in strongest),
            embedding=packed(sound.embedding),
        )
        tracks.append(
            NewTrack(
                title=title,
                digest=digest_of(place),
                link=f"https://example.com/{place}",
                duration=chance.uniform(130, 320),
                heard=hearing,
                added_at=begun + timedelta(weeks=WEEKS * place / TRACKS),
                adder=chance.choices(adders, weights=range(len(adders), 0, -1))[0],
            )
        )
    return tracks


def digest_of(place: int) -> str:
    """Return the digest of a track's bytes, which nobody has."""
    return sha256(b"%d" % place).hexdigest()
