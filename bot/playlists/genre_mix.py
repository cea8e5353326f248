"""Which genres a playlist is made of: as a whole, over time, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol

NAMED_GENRES: Final = 10
"""Genres that are told apart, as many as pictures have colours for; all others are one."""

MEMBERS_NAMED: Final = 6
"""Members that are told of one by one, those who added most: as many as a phone shows without much scrolling."""

FEWEST_OVER_TIME: Final = 24
"""Tracks from which on time is divided by the calendar; of fewer, most weeks would be empty."""

FEWEST_PERIODS: Final = 3
"""Weeks from which on the calendar tells more than the order does."""

MOST_WEEKS: Final = 18
"""Weeks from which on months are taken: of more, each has few tracks."""

MOST_PERIODS: Final = 40
"""Months or years that can be told apart on a phone."""

GROUPS: Final = 12
"""Parts of equal size that a list is divided into where the calendar is of no use."""


class MixedTrack(Protocol):
    """What a track adds to the mix."""

    @property
    def adder(self) -> int | None:
        """Discord's id of the member; None where that is forgotten."""
        ...

    @property
    def added_at(self) -> datetime:
        """In UTC."""
        ...

    @property
    def genre(self) -> str | None:
        """None for those that do not count."""
        ...


class Unit(StrEnum):
    """What a list is divided by."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list.

    Parameters
    ----------
    name
        Its first day such as ``2026-03-02``, its month or year, or the number of its first track, from 1. A period in
        which nothing was added is there, too.
    counts
        Tracks of each genre that is told apart, and last of all others.
    """

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemberPart:
    """What somebody added.

    Parameters
    ----------
    member
        Discord's id; None for all who are not told of one by one.
    counts
        As in `Part`.
    """

    member: int | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GenreMix:
    """The genres of a playlist.

    Parameters
    ----------
    genres
        Those that are told apart, most tracks first.
    counts
        Tracks of each of them in the whole list, and last of all others.
    unit
        What time is divided by.
    parts
        One after the other.
    members
        Who added most first; last the others, where there are any.
    """

    genres: tuple[str, ...]
    counts: tuple[int, ...]
    unit: Unit
    parts: tuple[Part, ...]
    members: tuple[MemberPart, ...]

    @property
    def named(self) -> tuple[int, ...]:
        """Members who are told of one by one."""
        return tuple(one.member for one in self.members if one.member is not None)

    @property
    def tracks(self) -> int:
        """How many tracks count."""
        return sum(self.counts)


def named_genres(genres: Iterable[str | None]) -> tuple[str, ...]:
    """Choose the genres that are told apart.

    Parameters
    ----------
    genres
        Of each track; None where there is none.

    Returns
    -------
    tuple of str
        At most `NAMED_GENRES`: most tracks first, then by name.
    """
    counted = Counter(genre for genre in genres if genre is not None)
    return tuple(sorted(counted, key=lambda genre: (-counted[genre], genre))[:NAMED_GENRES])


def genre_mix(tracks: Sequence[MixedTrack], *, hidden: Collection[int] = ()) -> GenreMix:
    """Tell which genres a list is made of.

    Parameters
    ----------
    tracks
        The oldest first, at least one of them with a genre.
    hidden
        Discord's ids of members who are not told of one by one, whatever they added.

    Returns
    -------
    GenreMix
    """
    counted = [track for track in tracks if track.genre is not None]
    genres = named_genres(track.genre for track in counted)

    def counts(of: Iterable[MixedTrack]) -> tuple[int, ...]:
        found = Counter(track.genre if track.genre in genres else None for track in of)
        return (*(found[genre] for genre in genres), found[None])

    unit = _unit(counted)
    parts = _by_order(counted, counts) if unit is Unit.ORDER else _by_time(counted, unit, counts)
    return GenreMix(genres, counts(counted), unit, parts, _by_member(counted, hidden, counts))


_Count = Callable[[Iterable[MixedTrack]], tuple[int, ...]]


def _unit(tracks: Sequence[MixedTrack]) -> Unit:
    if len(tracks) < FEWEST_OVER_TIME:
        return Unit.ORDER
    weeks = len(_periods(tracks, Unit.WEEK))
    if weeks < FEWEST_PERIODS:
        return Unit.ORDER
    if weeks <= MOST_WEEKS:
        return Unit.WEEK
    return next((unit for unit in (Unit.MONTH, Unit.YEAR) if len(_periods(tracks, unit)) <= MOST_PERIODS), Unit.ORDER)


def _periods(tracks: Sequence[MixedTrack], unit: Unit) -> list[date]:
    """Return the first day of each period from the oldest to the newest track."""
    # As a file told it, a track may be older than the one before.
    days = [track.added_at.date() for track in tracks]
    period, last = _begin(min(days), unit), _begin(max(days), unit)
    found = [period]
    while period < last:
        # From its first day on, the next period has begun for certain within so many days, and not the one after it.
        period = _begin(period + timedelta(days={Unit.WEEK: 7, Unit.MONTH: 31}.get(unit, 366)), unit)
        found.append(period)
    return found


def _begin(day: date, unit: Unit) -> date:
    match unit:
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case _:
            return day.replace(month=1, day=1)


def _by_time(tracks: Sequence[MixedTrack], unit: Unit, counts: _Count) -> tuple[Part, ...]:
    periods: dict[date, list[MixedTrack]] = {period: [] for period in _periods(tracks, unit)}
    for track in tracks:
        periods[_begin(track.added_at.date(), unit)].append(track)
    shown = {Unit.WEEK: 10, Unit.MONTH: 7}.get(unit, 4)
    return tuple(Part(period.isoformat()[:shown], counts(of)) for period, of in periods.items())


def _by_order(tracks: Sequence[MixedTrack], counts: _Count) -> tuple[Part, ...]:
    groups = min(GROUPS, len(tracks))
    starts = [number * len(tracks) // groups for number in range(groups + 1)]
    return tuple(Part(str(start + 1), counts(tracks[start:end])) for start, end in pairwise(starts))


def _by_member(tracks: Sequence[MixedTrack], hidden: Collection[int], counts: _Count) -> tuple[MemberPart, ...]:
    added = Counter(track.adder for track in tracks if track.adder is not None and track.adder not in hidden)
    named = sorted(added, key=lambda member: (-added[member], member))[:MEMBERS_NAMED]
    by_member: dict[int | None, list[MixedTrack]] = {member: [] for member in (*named, None)}
    for track in tracks:
        by_member[track.adder if track.adder in by_member else None].append(track)
    return tuple(MemberPart(member, counts(of)) for member, of in by_member.items() if of)
