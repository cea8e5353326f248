"""What passes between the bot and the process that reads a site."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

CLIP_NAME: Final = "clip"
"""Name of the file in the job's folder: ours, whatever the site calls it."""


class Trouble(StrEnum):
    """Why there is no file."""

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
    """

    url: str
    folder: Path
    sites: tuple[str, ...]
    max_bytes: int
    max_seconds: float
    timeout: float
    cookies: Path | None = None
    js_runtime: tuple[str, Path] | None = None

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


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What became of a job.

    Parameters
    ----------
    title
        What the site calls the track; None where it does not say.
    trouble
        Why there is no file; None where it is there.
    detail
        What yt-dlp said, for the log.
    """

    title: str | None = None
    trouble: Trouble | None = None
    detail: str = ""

    def to_line(self) -> bytes:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> SiteAnswer:
        """Read what `to_line` wrote; raises ``ValueError`` or ``TypeError`` where it is something else."""
        fields: dict[str, Any] = json.loads(line)
        trouble = fields.pop("trouble")
        return cls(**fields, trouble=None if trouble is None else Trouble(trouble))
