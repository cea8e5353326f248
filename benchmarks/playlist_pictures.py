"""What it costs to look at a playlist as a whole: seconds and memory of the drawing process.

Usage: ``python -m benchmarks.playlist_pictures FEATURES.csv TAGGRAMS... [--write FOLDER]``. The tracks are GTZAN's
clips; where there are more of them, copies whose tempo, energy and tags differ a little, added by ten members in two
years. Each job is run twice in one process, as the bot runs it: the first time it has to be loaded. With ``--write``,
the pictures are left in a folder.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cards.fingerprint import fingerprint_words
from bot.cards.playlist_map import map_words
from bot.drawing.looks import draw_mix, find_neighbours, find_oddest, map_playlist, put_in_order
from bot.drawing.process import DrawingProcess
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import genre_mix
from bot.playlists.track import packed
from bot.store.track_pages import TrackSound

COUNTS = (300, 2_000, 10_000)
LONGEST_ORDER = 2_000
MEMBERS = 10
DAYS = 730
MEMBER = 1


def tracks_of(features: Path, taggrams: Sequence[Path], count: int) -> list[TrackSound]:
    """Return as many tracks as are wanted."""
    # Imported here: the drawing process loads this file, too, and its memory is measured.
    import numpy as np  # noqa: PLC0415

    from benchmarks.gtzan import read_measurements  # noqa: PLC0415
    from classifier.sound_print import sound_print  # noqa: PLC0415

    measurements, genres = read_measurements(features, taggrams)
    random = np.random.default_rng(0)
    prints = [sound_print([measurement]) for measurement in measurements]
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    tracks = []
    for number, clip in enumerate(random.permutation(np.resize(random.permutation(len(prints)), count)).tolist()):
        spread = 0.0 if count <= len(prints) else 1.0
        tags = np.array(prints[clip].embedding) * np.exp(random.normal(0.0, 0.3 * spread, len(prints[clip].embedding)))
        tracks.append(
            TrackSound(
                id=number,
                title=f"Song {number} of {genres[clip]}",
                # The first of them adds most.
                adder=int(MEMBERS * random.random() ** 2),
                added_at=begin + timedelta(days=DAYS * number / count),
                genre=str(genres[clip]),
                tempo=float(prints[clip].tempo * np.exp(random.normal(0.0, 0.03 * spread))),
                energy=float(np.clip(prints[clip].energy + random.normal(0.0, 0.03 * spread), 0.0, 1.0)),
                embedding=packed(np.clip(tags, 0.0, 1.0).tolist()),
            )
        )
    return tracks


def peak_megabytes() -> float:
    """Return the most memory that the process in which this runs has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


async def measure(tracks: list[TrackSound], folder: Path | None) -> None:
    """Print the seconds of each job, and the peak of the memory."""
    started = time.perf_counter()
    sounds, words = Sounds.of(tracks), map_words(tracks)
    mix = genre_mix(tracks)
    mix_words = fingerprint_words(
        mix, {part.member: f"member {part.member}" for part in mix.members if part.member is not None}
    )
    prepared = time.perf_counter() - started
    jobs = {
        "map": (map_playlist, sounds, words, 0),
        "fingerprint": (draw_mix, mix, mix_words),
        "odd one out": (find_oddest, sounds),
        "neighbours": (find_neighbours, sounds, 0, 10),
    }
    if len(tracks) <= LONGEST_ORDER:
        jobs["order"] = (put_in_order, sounds)
    print(f"{len(tracks)} tracks, {prepared:.2f} s of the bot's own process")
    drawing = DrawingProcess(job_seconds=300.0)
    try:
        for name, job in jobs.items():
            seconds = []
            for _ in range(2):
                started = time.perf_counter()
                result = await drawing.run(*job, member=MEMBER)
                seconds.append(time.perf_counter() - started)
            picture = result if isinstance(result, bytes) else getattr(result, "picture", None)
            size = "" if picture is None else f", {len(picture) / 1000:.0f} kB"
            print(f"  {name:12} {seconds[1]:5.2f} s ({seconds[0]:.2f} s the first time){size}")
            if picture is not None and folder is not None:
                (folder / f"{name}-{len(tracks)}.png").write_bytes(picture)
        print(f"  peak of the drawing process {await drawing.run(peak_megabytes, member=MEMBER):.0f} MB")
    finally:
        await drawing.close()


def main() -> None:
    """Measure lists of each length, each in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("features", type=Path)
    parser.add_argument("taggrams", type=Path, nargs="+")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    for count in COUNTS:
        asyncio.run(measure(tracks_of(arguments.features, arguments.taggrams, count), arguments.write))


if __name__ == "__main__":
    main()
