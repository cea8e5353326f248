"""How long it takes to write a list of 10,000 tracks in each format and to read it, and how large the files are.

Usage: ``python -m benchmarks.playlist_files [--tracks N] [--repeats N]``. Every track has all that the bot can know of
it. Times are the processor's, the best of the repeats. The goal is to read each within a second. After that come files
made to keep a reader busy, all as large as a file may be, and how long it takes until each is refused or cut.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.playlists.formats.decoding import MOST_BYTES
from bot.playlists.formats.errors import PlaylistFileError
from bot.playlists.formats.formats import CSV, FORMATS, JSON_LINES, JSPF, M3U8, XSPF
from bot.playlists.portable import PortableList, PortableTrack
from bot.store.votes import GenreVotes
from classifier.result import TagProbability, Verdict

GOAL_SECONDS = 1.0
MOST_TRACKS = 10_000
GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock")
TAGS = ("guitar", "female vocal", "mellow", "1980s", "electronic", "dance", "acoustic", "party")

HOSTILE = (
    ("empty lines", M3U8, "\n", ""),
    ("addresses", M3U8, "https://a.b/\n", ""),
    ("titles without an address", M3U8, "#EXTINF:1,a\n", ""),
    ("empty elements", XSPF, "<a/>", "<playlist>"),
    ("one endless text", XSPF, "a", "<playlist><title>"),
    ("attributes", XSPF, " a=''", "<playlist"),
    ("empty arrays", JSPF, "[],", '{"playlist":{"track":['),
    ("brackets", JSPF, "[", ""),
    ("commas", CSV, ",", "title,link\n"),
    ("short rows", CSV, ",\n", "title,link\n"),
    ("an open quote", CSV, "a\n", 'title,link\n"'),
    ("empty objects", JSON_LINES, "{}\n", ""),
    ("damaged lines", JSON_LINES, "{\n", ""),
)
"""What a file is full of, the format, the piece that it repeats and what stands before."""


def track(number: int) -> PortableTrack:
    """Make a track of which everything is known, always the same."""
    chance = random.Random(number)  # noqa: S311
    genres = chance.sample(GENRES, 3)
    return PortableTrack(
        title=f"Artist {number % 500} – A song that is called number {number}",
        link=f"https://www.youtube.com/watch?v={number:011}",
        digest=chance.randbytes(32).hex(),
        duration=chance.uniform(60, 600),
        added_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number, microseconds=number),
        adder=10**17 + number % 500,
        genre=genres[0],
        probability=chance.random(),
        verdict=chance.choice(list(Verdict)),
        tempo=chance.uniform(60, 180),
        energy=chance.random(),
        tags=tuple(TagProbability(name, chance.random()) for name in chance.sample(TAGS, 5)),
        votes=tuple(GenreVotes(genre, votes) for genre, votes in zip(genres, (5, 3, 1), strict=True)),
    )


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """Return the shortest of several times, in seconds."""
    times = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def refused_or_cut(read: Callable[[], object]) -> str:
    """Return what becomes of a hostile file."""
    try:
        read()
    except PlaylistFileError as error:
        return type(error).__name__
    return "cut"


def main() -> None:
    """Print a line for each format, and one for each hostile file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=MOST_TRACKS)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    listed = PortableList("A large list", "Everything.", tuple(map(track, range(options.tracks))))
    print(f"{options.tracks:,} tracks       write      read      size")
    for kind in FORMATS:
        data = kind.write(listed)
        assert kind.read(data, most_tracks=options.tracks).playlist == listed
        writing = best_of(options.repeats, lambda kind=kind: kind.write(listed))  # type: ignore[misc]
        reading = best_of(
            options.repeats,
            lambda kind=kind, data=data: kind.read(data, most_tracks=options.tracks),  # type: ignore[misc]
        )
        goal = "" if reading < GOAL_SECONDS else f"   more than the goal of {GOAL_SECONDS} s"
        print(f"  {kind.title:12} {writing:7.3f} s {reading:7.3f} s {len(data) / 1e6:6.2f} MB{goal}")
    print(f"\nfull of                              until      refused or cut ({MOST_BYTES / 1e6:.0f} MB each)")
    for name, kind, piece, before in HOSTILE:
        data = (before + piece * (MOST_BYTES // len(piece)))[:MOST_BYTES].encode()
        started = time.process_time()
        outcome = refused_or_cut(lambda kind=kind, data=data: kind.read(data, most_tracks=MOST_TRACKS))  # type: ignore[misc]
        print(f"  {kind.title:10} {name:26} {time.process_time() - started:5.2f} s   {outcome}")


if __name__ == "__main__":
    main()
