"""What a playlist is made of: by the calendar or by order, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playlists.genre_mix import GROUPS, MEMBERS_NAMED, MOST_PERIODS, NAMED_GENRES, Unit, genre_mix
from bot.store.track_pages import TrackSound
from tests.bot.made_tracks import BEGIN, sounding


def every(hours: float, count: int) -> list[TrackSound]:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        replace(track, added_at=begin + timedelta(hours=hours * number))
        for number, track in enumerate(sounding(["rock", "jazz"] * (count // 2)))
    ]


@pytest.mark.parametrize(
    ("hours", "count", "unit", "first", "last"),
    [
        (24, 20, Unit.ORDER, "1", "19"),
        (1, 100, Unit.ORDER, "1", "92"),
        (24, 60, Unit.WEEK, "2025-12-29", "2026-02-23"),
        (72, 100, Unit.MONTH, "2026-01", "2026-10"),
        (24 * 14, 78, Unit.MONTH, "2026-01", "2028-12"),
        (24 * 31, 100, Unit.YEAR, "2026", "2034"),
        (24 * 366, 60, Unit.ORDER, "1", "56"),
    ],
)
def test_time_is_divided_by_what_suits_the_span(hours: float, count: int, unit: Unit, first: str, last: str) -> None:
    mix = genre_mix(every(hours, count))
    assert mix.unit is unit
    assert (mix.parts[0].name, mix.parts[-1].name) == (first, last)
    assert sum(sum(part.counts) for part in mix.parts) == mix.tracks == count


def test_a_time_in_which_nothing_was_added_is_there_too() -> None:
    tracks = every(24, 30) + [replace(track, added_at=track.added_at + timedelta(days=90)) for track in every(24, 30)]
    empty = [part.name for part in genre_mix(tracks).parts if not any(part.counts)]
    assert empty == [
        "2026-02-02",
        "2026-02-09",
        "2026-02-16",
        "2026-02-23",
        "2026-03-02",
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
    ]


def test_who_is_hidden_forgotten_or_adds_little_counts_among_the_others() -> None:
    adders = [1] * 5 + [2] * 4 + [None] * 3 + [number for number in range(10, 20) for _ in range(2)] + [3]
    tracks = [replace(track, adder=adder) for track, adder in zip(sounding(["rock"] * 33), adders, strict=True)]
    members = {part.member: sum(part.counts) for part in genre_mix(tracks, hidden={2}).members}
    assert members == {1: 5, 10: 2, 11: 2, 12: 2, 13: 2, 14: 2, None: 18}
    assert list(members)[-1] is None
    assert len(members) == MEMBERS_NAMED + 1


@given(
    tracks=st.lists(
        st.builds(
            TrackSound,
            id=st.integers(1, 9),
            title=st.just("a song"),
            adder=st.none() | st.integers(1, 12),
            added_at=st.integers(0, 27_000).map(lambda day: BEGIN + timedelta(days=day)),
            genre=st.sampled_from([None, *(f"genre {number}" for number in range(14))]),
            tempo=st.none(),
            energy=st.none(),
            embedding=st.none(),
        ),
        max_size=60,
    ).filter(lambda tracks: any(track.genre for track in tracks))
)
def test_every_track_with_a_genre_counts_once_in_each_view(tracks: list[TrackSound]) -> None:
    mix = genre_mix(tracks)
    counted = sum(track.genre is not None for track in tracks)
    assert mix.tracks == counted
    assert len(mix.genres) <= NAMED_GENRES
    assert len(mix.parts) <= max(GROUPS, MOST_PERIODS)
    for parts in (mix.parts, mix.members):
        assert tuple(map(sum, zip(*(part.counts for part in parts), strict=True))) == mix.counts
    assert all(sum(part.counts) for part in mix.members)
