"""yt-dlp as it is used here, whatever it is to do: shut in, silent, and with the sites of the list only."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Final

from yt_dlp import YoutubeDL

from bot.media.site_job import SiteAnswer, SiteJob, Trouble
from bot.media.site_names import site_pattern

SOCKET_TIMEOUT_SECONDS: Final = 15.0

RETRIES: Final = 2

COLLECTIONS: Final = frozenset({"playlist", "multi_video"})
"""What yt-dlp calls results that hold others."""

LIVE: Final = frozenset({"is_live", "is_upcoming", "post_live"})

Info = dict[str, Any]
"""What yt-dlp knows of a track or of a playlist."""


class SiteReader(YoutubeDL, ABC):  # type: ignore[misc] # yt-dlp has no types
    """yt-dlp for one job.

    Parameters
    ----------
    job
        What is asked for.
    options
        Further ones of yt-dlp, for what is to be done.
    """

    def __init__(self, job: SiteJob, **options: Any) -> None:
        self._job = job
        self.reason: Trouble | None = None
        self.warnings: list[str] = []
        name_and_path = job.js_runtime
        super().__init__(
            {
                "allowed_extractors": [site_pattern(site) for site in job.sites],
                "paths": {"home": str(job.folder)},
                "cookiefile": str(job.cookies) if job.cookies else None,
                "js_runtimes": {name_and_path[0]: {"path": str(name_and_path[1])}} if name_and_path else {},
                "cachedir": False,
                "geo_bypass": False,
                # No proxy, not even one of the environment.
                "proxy": "",
                "socket_timeout": SOCKET_TIMEOUT_SECONDS,
                "retries": RETRIES,
                "extractor_retries": RETRIES,
                "noprogress": True,
                "logger": self,
                "color": "never",
            }
            | options
        )

    @abstractmethod
    def answer(self) -> SiteAnswer:
        """Do the job; raises whatever yt-dlp and its extractors raise."""

    # What follows is yt-dlp's interface of a logger.

    def debug(self, message: str) -> None:
        """Take what would be printed."""

    def warning(self, message: str) -> None:
        """Keep a warning, which may tell why an error comes later."""
        self.warnings.append(message)

    def error(self, message: str) -> None:
        """Take what is raised as well."""


def is_live(info: Info) -> bool:
    """Tell whether something is broadcast now, or will be.

    Parameters
    ----------
    info
        What yt-dlp knows of it.

    Returns
    -------
    bool
    """
    return bool(info.get("is_live")) or info.get("live_status") in LIVE
