"""What a job does about troubles: which may be gone in a moment, and which concern all its tracks."""

from __future__ import annotations

from collections import Counter
from typing import Final

from yarl import URL

from bot.errors import DownloadFailed, StoreFailed
from bot.jobs.job import Item
from bot.media.link_errors import (
    BotCheck,
    CookiesUnreadable,
    LinkError,
    LinkTimeout,
    LinkUnreachable,
    RuntimeMissing,
    SiteChanged,
    SiteFailed,
)
from classifier.errors import WorkerDied

TEMPORARY: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteFailed, StoreFailed, WorkerDied)
"""What may go well the next time; everything else would go wrong again."""

PAUSES_SECONDS: Final = (5.0, 30.0)
"""How long a job rests after the first trouble with a track, the second and so on, in seconds; then it is enough."""

OF_THE_SITE: Final = (BotCheck, CookiesUnreadable, RuntimeMissing)
"""What is nobody's fault but the site's, or this bot's."""

MAYBE_OF_THE_SITE: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteChanged, SiteFailed)
"""What may be the track's fault or that of the whole site."""

IN_A_ROW: Final = 5
"""Tracks of one site that fail so, one after the other, until it is taken for the site's."""


class Troubles:
    """Counts the troubles of one job while the bot runs."""

    def __init__(self) -> None:
        self._of: Counter[int | None] = Counter()
        self._in_a_row: Counter[str | None] = Counter()
        self._stopped_at: set[int] = set()

    def pause_after(self, error: BaseException, position: int | None) -> float | None:
        """Return how long to wait before something is tried again.

        Parameters
        ----------
        error
            What went wrong.
        position
            With which track; None for the job as a whole.

        Returns
        -------
        float or None
            In seconds; None where it would go wrong again, or did so too often.
        """
        before = self._of[position]
        if not isinstance(error, TEMPORARY) or before >= len(PAUSES_SECONDS):
            self.forget(position)
            return None
        self._of[position] = before + 1
        return PAUSES_SECONDS[before]

    def stops_all(self, error: BaseException, item: Item) -> bool:
        """Note a track that cannot be had, and tell whether others could not be had now, either.

        Parameters
        ----------
        error
            Why.
        item
            The track.

        Returns
        -------
        bool
            True for what is `OF_THE_SITE`, and after `IN_A_ROW` tracks of one site with a trouble that may be. Once for
            each track: one that fails again when somebody wants to try it again is left to fail.
        """
        site = _site_of(item)
        if isinstance(error, MAYBE_OF_THE_SITE):
            self._in_a_row[site] += 1
        elif isinstance(error, LinkError):
            # It has answered.
            self._in_a_row.pop(site, None)
        if not isinstance(error, OF_THE_SITE) and self._in_a_row[site] < IN_A_ROW:
            return False
        is_first = item.position not in self._stopped_at
        self._stopped_at.add(item.position)
        return is_first

    def worked(self, item: Item) -> None:
        """Note that a track could be had."""
        self._in_a_row.pop(_site_of(item), None)

    def try_again(self) -> None:
        """Note that somebody wants to try again."""
        self._in_a_row.clear()

    def forget(self, position: int | None) -> None:
        """Begin to count the troubles with a track anew."""
        self._of.pop(position, None)


def _site_of(item: Item) -> str | None:
    """Return the host that a track comes from; None for files of messages, which are all with Discord."""
    return None if item.link is None else URL(item.link).host
