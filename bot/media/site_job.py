"""What passes between the bot and the process that reads a site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

CLIP_NAME: Final = "clip"
"""Name of the file in the job's folder: ours, whatever the site calls it."""

MAX_TEXT_LENGTH: Final = 1000
"""Characters of a title or a message that are passed on."""

MAX_ANSWER_BYTES: Final = 1 << 20
"""Of an answer; some 5,000 tracks of a playlist as sites name them."""


class Trouble(StrEnum):
    """Why there is no file, or no listing."""

    NOT_LISTED = "not listed"
    PLAYLIST = "playlist"
    PRIVATE = "private"
    AGE = "age"
    REGION = "region"
    LIVE = "live"
    TOO_LONG = "too long"
    TOO_LARGE = "too large"
    BOT_CHECK = "bot check"
    OUTDATED = "outdated"
    NO_RUNTIME = "no runtime"
    BAD_COOKIES = "bad cookies"
    PROTECTED = "protected"
    NO_AUDIO = "no audio"
    FORBIDDEN_ADDRESS = "forbidden address"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SiteJob:
    """One page to read.

    Parameters
    ----------
    url
        The page.
    folder
        Empty folder for everything that is written.
    sites
        Names of the extractors that may be used.
    max_bytes, max_seconds
        Most bytes that are downloaded, and most seconds that a track may last.
    timeout
        After how many seconds the process is killed; bounds its processor time as well.
    cookies
        Cookies file, a copy that may be written to; None for none.
    js_runtime
        Name and path of a JavaScript runtime; None for none.
    list_at_most
        How many entries of a playlist or an album are told, without fetching any; None to fetch the one track that the
        page is about.
    """

    url: str
    folder: Path
    sites: tuple[str, ...]
    max_bytes: int
    max_seconds: float
    timeout: float
    cookies: Path | None = None
    js_runtime: tuple[str, Path] | None = None
    list_at_most: int | None = None

    def to_line(self) -> bytes:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self), default=str).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> SiteJob:
        """Read what `to_line` wrote."""
        fields: dict[str, Any] = json.loads(line)
        runtime = fields.pop("js_runtime")
        cookies = fields.pop("cookies")
        return cls(
            **fields
            | {
                "folder": Path(fields["folder"]),
                "sites": tuple(fields["sites"]),
                "cookies": Path(cookies) if cookies else None,
                "js_runtime": (runtime[0], Path(runtime[1])) if runtime else None,
            }
        )


class LeftOut(StrEnum):
    """Why something in a playlist is not among its tracks."""

    REPEATED = "repeated"
    PRIVATE = "private"
    LIVE = "live"
    NESTED = "nested"
    """It is a playlist itself."""
    FOREIGN = "foreign"
    """It is on a site that is not on the list, or has no page that may be opened."""


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A track of a playlist, as the site tells of it.

    Parameters
    ----------
    url
        Its page, which belongs to one of the sites that may be read.
    title
        None where the playlist does not say.
    duration
        In seconds; None where the playlist does not say.
    """

    url: str
    title: str | None
    duration: float | None


@dataclass(frozen=True, slots=True)
class SiteListing:
    """What a playlist holds, as the site tells of it.

    Parameters
    ----------
    title
        Of the playlist; None where the page is about one track.
    entries
        Its tracks, in order.
    more
        Whether there are more than were looked at.
    left_out
        How many entries are not among them, by the reason.
    """

    title: str | None
    entries: tuple[SiteEntry, ...]
    more: bool
    left_out: Mapping[LeftOut, int]

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> SiteListing:
        """Read what ``asdict`` wrote."""
        return cls(
            title=fields["title"],
            entries=tuple(SiteEntry(**entry) for entry in fields["entries"]),
            more=fields["more"],
            left_out={LeftOut(why): count for why, count in fields["left_out"].items()},
        )


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What became of a job.

    Parameters
    ----------
    title
        What the site calls the track; None where it does not say.
    trouble
        Why there is no file and no listing; None where it is there.
    detail
        What yt-dlp said, for the log.
    listing
        What the playlist holds; None where one track was asked for.
    """

    title: str | None = None
    trouble: Trouble | None = None
    detail: str = ""
    listing: SiteListing | None = None

    def to_line(self) -> bytes:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> SiteAnswer:
        """Read what `to_line` wrote; raises ``ValueError``, ``TypeError`` or ``KeyError`` where it is no such thing."""
        fields: dict[str, Any] = json.loads(line)
        trouble = fields.pop("trouble")
        listing = fields.pop("listing")
        return cls(
            **fields,
            trouble=None if trouble is None else Trouble(trouble),
            listing=None if listing is None else SiteListing.from_fields(listing),
        )
