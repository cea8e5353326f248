"""What only this bot knows of a track, as values that JSON can hold: the part of a file that other programs skip.

Each format has a place for such things; what stands there is the same in all of them. Titles, links and, but for
fractions of a second, lengths stand where every player looks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.playlists.portable import GENRE_LIMIT, TITLE_LIMIT, PortableTrack
from bot.store.votes import GenreVotes
from bot.text import printable
from classifier.result import TagProbability, Verdict

APPLICATION: Final = "urn:x-genre-bot:playlist:1"
"""Names these fields where a format wants an address for them; the number rises when they change their meaning."""

MOST_SECONDS: Final = 1_000_000.0
"""Of a track: more than eleven days."""

MOST_TEMPO: Final = 1000.0
"""In beats a minute."""

MOST_VOTES: Final = 1_000_000
"""For one genre: more members than almost any server has."""

MOST_NAMES: Final = 100
"""Tags of a track, or genres that were voted for; the tag network knows 50."""

GREATEST_ID: Final = 2**63 - 1
"""Of Discord's ids, as databases keep them."""

DIGEST: Final = re.compile(r"[0-9a-f]{64}")

DIGITS: Final = re.compile(r"[0-9]{1,19}")

NUMBERS: Final = frozenset({int, float})

VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}

Odd = Callable[[str], None]
"""Takes the reason why a field is left out."""


def one_line(text: str, limit: int) -> str:
    """Make text of strangers printable, quickly where it is already.

    Parameters
    ----------
    text
        Anything.
    limit
        See `bot.text.printable`.

    Returns
    -------
    str
        As `bot.text.printable` returns it, but empty where there are only spaces.
    """
    # Python calls every space unprintable but the plain one.
    if text.isprintable() and len(text) <= limit and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return printable(text, limit=limit) if text.strip() else ""


def written_title(track: PortableTrack) -> str:
    """Return a track's title as files have it.

    Parameters
    ----------
    track
        Of a list.

    Returns
    -------
    str
        What is printable of it; never empty, or a reader would call the track after its link.
    """
    return one_line(track.title, TITLE_LIMIT) or "?"


def several_lines(text: str, limit: int) -> str:
    """Make a text of strangers printable line by line.

    Parameters
    ----------
    text
        Anything.
    limit
        Most characters; what is beyond is cut off.

    Returns
    -------
    str
        Without empty lines around it.
    """
    lines = re.split(r"\r\n|\r|\n", text.strip()[:limit])
    return "\n".join(one_line(line, limit) for line in lines).strip()


def fields_of(track: PortableTrack) -> dict[str, Any]:
    """Return all that is known of a track but its title and its link.

    Parameters
    ----------
    track
        Of a list.

    Returns
    -------
    dict
        JSON can hold it; without what is not known.
    """
    # An id has more digits than a number of JavaScript holds.
    values = {
        "digest": track.digest,
        "duration": track.duration,
        "added_at": None if track.added_at is None else track.added_at.isoformat(),
        "adder": None if track.adder is None else str(track.adder),
        "genre": None if track.genre is None else one_line(track.genre, GENRE_LIMIT),
        "probability": track.probability,
        "verdict": None if track.verdict is None else track.verdict.value,
        "tempo": track.tempo,
        "energy": track.energy,
        "tags": {one_line(tag.name, GENRE_LIMIT): tag.probability for tag in track.tags} or None,
        "votes": {one_line(counts.genre, GENRE_LIMIT): counts.votes for counts in track.votes} or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def track_from(title: str, link: str | None, fields: Mapping[str, object], odd: Odd) -> PortableTrack:
    """Return a track with all of its fields that can be used.

    Parameters
    ----------
    title, link
        See `PortableTrack`.
    fields
        As `fields_of` returns them, but a stranger may have written them.
    odd
        Takes the reason for each that is left out.

    Returns
    -------
    PortableTrack
    """
    if not fields:
        return PortableTrack(title, link)
    return PortableTrack(
        title=title,
        link=link,
        digest=_digest(fields.get("digest"), odd),
        duration=_number(fields, "duration", MOST_SECONDS, odd),
        added_at=_time(fields.get("added_at"), odd),
        adder=_member(fields.get("adder"), odd),
        genre=_genre(fields.get("genre"), odd),
        probability=_number(fields, "probability", 1.0, odd),
        verdict=_verdict(fields.get("verdict"), odd),
        tempo=_number(fields, "tempo", MOST_TEMPO, odd),
        energy=_number(fields, "energy", 1.0, odd),
        tags=_tags(fields.get("tags"), odd),
        votes=_votes(fields.get("votes"), odd),
    )


def _number(fields: Mapping[str, object], name: str, most: float, odd: Odd) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if _is_between(value, 0, most):
        return float(value)  # type: ignore[arg-type]
    odd(f"the {name} is no number from 0 to {most:,.0f}; it is left out")
    return None


def _is_between(value: Any, least: float, most: float) -> bool:
    # By the very type, because true and false are whole numbers to Python; its NaN is not between anything.
    return type(value) in NUMBERS and least <= value <= most


def _digest(value: object, odd: Odd) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and DIGEST.fullmatch(value.lower()):
        return value.lower()
    odd("the digest is no SHA-256 in hexadecimal; it is left out")
    return None


def _time(value: object, odd: Odd) -> datetime | None:
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
        if time is not None:
            return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        # Said below, with what is no text.
        pass
    odd("the time of adding is none that I can read, such as 2026-01-31T12:00:00+00:00; it is left out")
    return None


def _member(value: object, odd: Odd) -> int | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, int) else value
    if isinstance(text, str) and DIGITS.fullmatch(text) and 1 <= int(text) <= GREATEST_ID:
        return int(text)
    odd("the adder is no id of a member; it is left out")
    return None


def _genre(value: object, odd: Odd) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and (genre := one_line(value, GENRE_LIMIT)):
        return genre
    odd("the genre is no text; it is left out")
    return None


def _verdict(value: object, odd: Odd) -> Verdict | None:
    if value is None:
        return None
    if isinstance(value, str) and value in VERDICTS:
        return VERDICTS[value]
    odd("the verdict is none of " + ", ".join(VERDICTS) + "; it is left out")
    return None


def _tags(value: object, odd: Odd) -> tuple[TagProbability, ...]:
    if value is None:
        return ()
    entries = value.items() if isinstance(value, dict) else ()
    kept = {
        one_line(name, GENRE_LIMIT): float(probability)
        for name, probability in entries
        if _is_between(probability, 0, 1)
    }
    kept.pop("", None)
    if len(kept) > MOST_NAMES or len(kept) < len(entries) or not isinstance(value, dict):
        odd(f"tags are left out: each needs a name and a number from 0 to 1, and {MOST_NAMES} of them are enough")
    return tuple(TagProbability(name, kept[name]) for name in list(kept)[:MOST_NAMES])


def _votes(value: object, odd: Odd) -> tuple[GenreVotes, ...]:
    if value is None:
        return ()
    entries = value.items() if isinstance(value, dict) else ()
    kept = {
        one_line(genre, GENRE_LIMIT): votes
        for genre, votes in entries
        if isinstance(votes, int) and _is_between(votes, 1, MOST_VOTES)
    }
    kept.pop("", None)
    if len(kept) > MOST_NAMES or len(kept) < len(entries) or not isinstance(value, dict):
        odd(
            f"votes are left out: each genre needs a whole number from 1 to {MOST_VOTES:,}, "
            f"and {MOST_NAMES} genres are enough"
        )
    counted = [GenreVotes(genre, kept[genre]) for genre in list(kept)[:MOST_NAMES]]
    return tuple(sorted(counted, key=lambda counts: (-counts.votes, counts.genre)))
