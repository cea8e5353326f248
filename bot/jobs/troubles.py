"""What a job does about troubles: which may be gone in a moment, and which concern all its tracks."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.errors import DownloadFailed, StoreFailed
from bot.media.link_errors import BotCheck, LinkTimeout, LinkUnreachable, SiteChanged, SiteFailed
from classifier.errors import WorkerDied

TEMPORARY: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteFailed, StoreFailed, WorkerDied)
"""What may go well the next time; everything else would go wrong again."""

PAUSES_SECONDS: Final = (5.0, 30.0)
"""How long a job rests after the first trouble with a track, the second and so on, in seconds; then it is enough."""

OF_THE_SITE: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteChanged, SiteFailed)
"""What may be the track's fault or that of the whole site."""

IN_A_ROW: Final = 5
"""Tracks that fail so, one after the other, until it is taken for the site's."""


class Troubles:
    """Counts the troubles of one job while the bot runs."""

    def __init__(self) -> None:
        self._of: Counter[int | None] = Counter()
        self._in_a_row = 0

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

    def is_of_all(self, error: BaseException) -> bool:
        """Note a track that cannot be had, and tell whether others could not be had now, either.

        Parameters
        ----------
        error
            Why.

        Returns
        -------
        bool
            True for a site that takes the bot for a robot, and after `IN_A_ROW` tracks with a trouble that may be the
            site's. What was the fault of a track tells nothing of the site.
        """
        self._in_a_row += isinstance(error, OF_THE_SITE)
        return isinstance(error, BotCheck) or self._in_a_row >= IN_A_ROW

    def worked(self) -> None:
        """Note that a track could be had, or that somebody wants to try again."""
        self._in_a_row = 0

    def forget(self, position: int | None) -> None:
        """Begin to count the troubles with a track anew."""
        self._of.pop(position, None)
