"""How quick a playlist of 10,000 tracks is, with 500 members and 50,000 votes, on SQLite and on PostgreSQL.

Usage: ``python -m benchmarks.playlists [--database URL] [--tracks N] [--members N] [--votes N] [--repeats N]``. Without
an address, a new SQLite file is filled and, where PostgreSQL is installed, a new server, with its usual settings. An
address has to be that of an empty database. Times are wall times of what the commands call, in ms; beside them stand
the goals for the 95th percentile, and the least time tells what a machine that does nothing else may need. Each export
is the whole of it, from the database to the bytes of the file; while it runs, nobody else should wait for the event
loop for long. The peak of memory is that of this process, which has loaded all of the bot.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from multiprocessing import get_context
from statistics import quantiles
from typing import Any

from sqlalchemy import Engine, event, insert, text
from sqlalchemy.ext.asyncio import create_async_engine

import bot.service  # noqa: F401 - whatever the bot loads takes memory here, too
from bot.jobs.job import Place
from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import FORMATS, Format
from bot.playlists.same_link import link_key
from bot.playlists.track import Hearing, NewTrack, Told, packed, title_key
from bot.playlists.wanted import Sort, Wanted
from bot.store.database import Store, open_store
from bot.store.models import PlaylistRow, ServerRow, TallyRow, TrackRow, TrackTagRow, VoteRow
from bot.store.track_pages import PAGE_SIZE
from classifier.result import TagProbability, Verdict
from tests.postgresql import OPTIONS, programs, running_postgresql

GUILD = 2**62
LARGE, SMALL = 1, 2
LISTS = range(1, 201)
GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock")
TAGS = tuple(f"{how} {what}" for how in ("soft", "loud", "old", "new", "sad") for what in ("piano", "voice", "drums"))
WORDS = ("night", "day", "über", "love", "song", "river", "blue", "mix", "live", "remix", "dance", "señor", "夜")
TAGS_OF_A_TRACK = 5
SMALL_TRACKS = 10
MOST_AGREE = 0.6
ROWS_AT_ONCE = 1000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)

GOALS_MS = {"page": 50.0, "filter": 80.0, "autocomplete": 50.0, "vote": 30.0, "add": 30.0, "export": 2000.0}
GOAL_MB = 300.0

USUAL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
"""What the server of the tests does without, because nothing of theirs has to outlive them."""


@dataclass(frozen=True)
class Size:
    """How much there is."""

    tracks: int
    members: int
    votes: int


def dice(number: int) -> random.Random:
    """Return what chooses the same each time."""
    return random.Random(number)  # noqa: S311 - nobody has to be unable to guess it


def digest(number: int) -> str:
    """Return the digest of a track."""
    return sha256(b"%d" % number).hexdigest()


def title(number: int) -> str:
    """Return what a track is called."""
    chance = dice(number)
    return f"{' '.join(chance.sample(WORDS, 3))} {number}"


def track_row(number: int, playlist_id: int, members: int) -> dict[str, Any]:
    """Return a track that the bot has heard."""
    chance = dice(number)
    verdict = chance.choice([*Verdict])
    is_music = verdict is not Verdict.NOT_MUSIC
    link = f"https://example.org/{number}" if number % 2 else None
    return {
        "id": playlist_id * 1_000_000 + number,
        "playlist_id": playlist_id,
        "title": title(number),
        "title_key": title_key(title(number)),
        "digest": digest(number),
        "link": link,
        "link_key": None if link is None else link_key(link),
        "adder": chance.randint(1, members),
        "added_at": BEGAN + timedelta(minutes=number),
        "duration": chance.uniform(60, 600),
        "model_key": "default-0123",
        "verdict": verdict.value,
        "genre": chance.choice(GENRES) if is_music else None,
        "probability": chance.random() if is_music else None,
        "tempo": chance.uniform(60, 180),
        "energy": chance.random(),
        "embedding": packed([chance.random() for _ in range(50)]),
    }


def tag_rows(number: int, playlist_id: int) -> list[dict[str, Any]]:
    """Return the tags of a track."""
    chance = dice(number)
    return [
        {"track_id": playlist_id * 1_000_000 + number, "name": name, "probability": chance.random()}
        for name in chance.sample(TAGS, TAGS_OF_A_TRACK)
    ]


def vote_rows(size: Size) -> list[dict[str, Any]]:
    """Return all votes; the members agree on some tracks more than on others."""
    chance = dice(0)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < size.votes:
        pairs.add((chance.randrange(size.tracks), chance.randint(1, size.members)))
    # Of each track, most members say the same.
    return [
        {
            "digest": digest(track),
            "community": GUILD,
            "member": member,
            "genre": GENRES[(track if chance.random() < MOST_AGREE else member) % len(GENRES)],
            "voted_at": BEGAN,
        }
        for track, member in sorted(pairs)
    ]


def tally_rows(votes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the bot counts of the votes."""
    counted: dict[str, Counter[str]] = {}
    for vote in votes:
        counted.setdefault(vote["digest"], Counter())[vote["genre"]] += 1
    rows = []
    for clip, genres in counted.items():
        top = min(genres, key=lambda genre: (-genres[genre], genre))
        rows.append(
            {"community": GUILD, "digest": clip, "votes": genres.total(), "top_genre": top, "top_votes": genres[top]}
        )
    return rows


async def fill(url: str, size: Size) -> None:
    """Put a large and a small playlist into a database, past the bot."""
    async with open_store(url):
        pass
    votes = vote_rows(size)
    everything = [(n, LARGE) for n in range(size.tracks)] + [(n, SMALL) for n in range(SMALL_TRACKS)]
    list_row = {"guild": GUILD, "description": "", "owner": 1, "created_at": BEGAN}
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (ServerRow, [{"id": GUILD}]),
        (
            PlaylistRow,
            [{"id": n, "name": f"List {n}", "name_key": f"list {n}", **list_row} for n in LISTS],
        ),
        (TrackRow, [track_row(n, playlist_id, size.members) for n, playlist_id in everything]),
        (TrackTagRow, [row for n, playlist_id in everything for row in tag_rows(n, playlist_id)]),
        (VoteRow, votes),
        (TallyRow, tally_rows(votes)),
    ]
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for table, values in rows:
            for start in range(0, len(values), ROWS_AT_ONCE):
                await connection.execute(insert(table), values[start : start + ROWS_AT_ONCE])
        if engine.dialect.name == "postgresql":
            # What the rows were counted with is not what the bot goes on with.
            for name in ("playlists", "tracks"):
                await connection.execute(text(f"SELECT setval('{name}_id_seq', 9000000)"))
            # A server that runs for longer than a minute does that by itself.
            await connection.execute(text("ANALYZE"))
    await engine.dispose()


def fill_now(url: str, size: Size) -> None:
    """Fill a database, in a process of its own."""
    asyncio.run(fill(url, size))


async def times_of(repeats: int, ask: Callable[[int], Awaitable[object]]) -> list[float]:
    """Return how long it takes each time, in ms, after a first time that does not count."""
    times = []
    for number in range(repeats + 1):
        began = time.perf_counter()
        await ask(number)
        times.append(1000 * (time.perf_counter() - began))
    return times[1:]


def show(name: str, times: list[float], goal: float) -> None:
    """Print how long something takes, and whether that is too long."""
    percentiles = quantiles(times, n=100, method="inclusive")
    p50, p95 = percentiles[49], percentiles[94]
    missed = "" if p95 <= goal else "   missed"
    print(f"  {name:36} {min(times):9.1f} {p50:9.1f} {p95:9.1f} {goal:9.0f}{missed}", flush=True)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect all that the database is asked while the context lasts."""
    asked: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", collect)


async def longest_pause(work: Awaitable[object]) -> float:
    """Return for how long the event loop stood still at most while something was done, in ms."""
    longest, before, done = 0.0, time.perf_counter(), asyncio.Event()

    async def watch() -> None:
        nonlocal longest, before
        while not done.is_set():
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now

    watching = asyncio.create_task(watch())
    await work
    done.set()
    await watching
    return 1000 * longest


async def export(store: Store, kind: Format) -> None:
    """Do what ``/playlist export`` does."""
    pages = store.track_pages
    playlist = await store.playlists.get(LARGE)
    listed = portable_list(playlist, await pages.all_of(LARGE), await pages.votes_of(LARGE))
    await asyncio.to_thread(exported, listed, kind, most_bytes=10**9)


async def measure(url: str, size: Size, repeats: int) -> None:
    """Print a line for each thing that members do."""
    pages_of = -(-size.tracks // PAGE_SIZE)
    print(f"  {'':36} {'least ms':>9} {'p50 ms':>9} {'p95 ms':>9} {'goal ms':>9}")
    async with open_store(url) as store:
        pages = store.track_pages
        for sort in Sort:
            for name, number in (("first", 0), ("middle", pages_of // 2), ("last", pages_of - 1)):
                wanted = Wanted(sort=sort)
                times = await times_of(repeats, lambda _, w=wanted, n=number: pages.page(LARGE, w, n))
                show(f"page: {sort.value}, {name}", times, GOALS_MS["page"])
        middle = LARGE * 1_000_000 + size.tracks // 2
        times = await times_of(repeats, lambda _: pages.page_of(LARGE, Wanted(sort=Sort.GENRE), middle))
        show("page: jump to a track", times, GOALS_MS["page"])
        for name, wanted in (
            ("genre", Wanted(genre="jazz")),
            ("tag", Wanted(tag=TAGS[3])),
            ("adder", Wanted(adder=7)),
            ("confidence", Wanted(verdict=Verdict.UNSURE)),
            ("the community disagrees", Wanted(disputed=True)),
            ("text", Wanted(text="uber night")),
            ("text that nothing holds", Wanted(text="xyzzy")),
            ("genre, tag, text, by genre", Wanted(genre="jazz", tag=TAGS[3], text="love", sort=Sort.GENRE)),
        ):
            times = await times_of(repeats, lambda _, w=wanted: pages.page(LARGE, w, 1))
            show(f"filter: {name}", times, GOALS_MS["filter"])
        for name, suggest in (
            ("playlist", lambda typed: store.playlists.suggest(GUILD, typed)),
            ("track", lambda typed: pages.suggest(LARGE, typed)),
            ("tag", lambda typed: pages.suggest_tags(LARGE, typed)),
            ("genre", lambda typed: pages.suggest_genres(LARGE, typed)),
        ):
            for typed in ("", "o"):
                times = await times_of(repeats, lambda _, s=suggest, t=typed: s(t))
                show(f"autocomplete: {name}, {typed!r}", times, GOALS_MS["autocomplete"])
        await measure_writing(store, size, repeats)
        for kind in FORMATS:
            show(f"export: {kind.title}", await times_of(3, lambda _, k=kind: export(store, k)), GOALS_MS["export"])
        print(
            f"  the loop stands still in an export for at most {await longest_pause(export(store, FORMATS[0])):.0f} ms"
        )
        began = time.perf_counter()
        pause = await longest_pause(add_file(store, size))
        taken = time.perf_counter() - began
        print(f"  a file of {size.tracks:,} tracks is added in {taken:.1f} s; the loop stands still for {pause:.0f} ms")
        for name, playlist_id, tracks in (("small", SMALL, SMALL_TRACKS), ("large", LARGE, size.tracks)):
            with statements() as asked:
                await pages.page(playlist_id, Wanted(), 0)
            print(f"  statements for a page of the {name} playlist ({tracks:,} tracks): {len(asked)}")


async def add_file(store: Store, size: Size) -> None:
    """Add as many tracks at once as there are, to another playlist."""
    tags = tuple(TagProbability(name, 0.5) for name in TAGS[:TAGS_OF_A_TRACK])
    told = Told("jazz", 0.5, Verdict.CLEAR, 100.0, 0.5, tags)
    tracks = [NewTrack(title(number), digest=digest(number), heard=told) for number in range(size.tracks)]
    await store.job_starts.begin_file(LISTS[-1], "list.csv", Place(1, 1, "en"), tracks=tracks)


async def measure_writing(store: Store, size: Size, repeats: int) -> None:
    """Print a line for each way to change something."""
    chance = dice(1)

    async def vote(number: int) -> None:
        await store.votes.cast(digest(chance.randrange(size.tracks)), GUILD, number + 1, chance.choice(GENRES))

    async def add(number: int) -> None:
        new = size.tracks + number
        tags = tuple(TagProbability(name, 0.5) for name in TAGS[:TAGS_OF_A_TRACK])
        hearing = Hearing("default-0123", Verdict.CLEAR, "jazz", 0.9, 120.0, 0.5, tags, packed([0.5] * 50))
        await store.tracks.add(LARGE, NewTrack(title(new), digest=digest(new), heard=hearing, adder=1))

    show("vote", await times_of(repeats, vote), GOALS_MS["vote"])
    show("add", await times_of(repeats, add), GOALS_MS["add"])


def run(name: str, url: str, size: Size, repeats: int) -> None:
    """Fill a database and print its figures."""
    print(f"{name}: {size.tracks:,} tracks, {size.members:,} members, {size.votes:,} votes")
    # In a process of its own, whose memory is not the bot's.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as filler:
        filler.submit(fill_now, url, size).result()
    asyncio.run(measure(url, size, repeats))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"  peak memory of this process: {peak:.0f} MB, goal {GOAL_MB:.0f} MB{'' if peak <= GOAL_MB else '   missed'}"
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database")
    parser.add_argument("--tracks", type=int, default=10_000)
    parser.add_argument("--members", type=int, default=500)
    parser.add_argument("--votes", type=int, default=50_000)
    parser.add_argument("--repeats", type=int, default=30)
    options = parser.parse_args()
    size = Size(options.tracks, options.members, options.votes)
    if options.database:
        run("the database", options.database, size, options.repeats)
        return
    with tempfile.TemporaryDirectory() as folder:
        run("SQLite", f"sqlite+aiosqlite:///{folder}/bot.sqlite3", size, options.repeats)
    binaries = programs()
    if binaries is None:
        sys.exit("PostgreSQL is not installed: on Debian, apt-get install postgresql")
    OPTIONS.update(USUAL)
    with running_postgresql(binaries) as server, server.new() as database:
        run("PostgreSQL", server.address(database), size, options.repeats)


if __name__ == "__main__":
    main()
