"""Which troubles may be gone in a moment, and how long to wait for that."""

from __future__ import annotations

from typing import Final

from bot.errors import DownloadFailed, StoreFailed
from bot.media.link_errors import BotCheck, LinkTimeout, LinkUnreachable, SiteFailed
from classifier.errors import WorkerDied

TEMPORARY: Final = (BotCheck, DownloadFailed, LinkTimeout, LinkUnreachable, SiteFailed, StoreFailed, WorkerDied)
"""What may go well the next time; everything else would go wrong again."""

PAUSES_SECONDS: Final = (5.0, 30.0)
"""How long a job rests after the first trouble with a track, the second and so on, in seconds; then it is enough."""


class Tries:
    """Counts the troubles of each track."""

    def __init__(self) -> None:
        self._troubles: dict[object, int] = {}

    def pause_after(self, error: BaseException, key: object) -> float | None:
        """Return how long to wait before something is tried again.

        Parameters
        ----------
        error
            What went wrong.
        key
            With what.

        Returns
        -------
        float or None
            In seconds; None where it would go wrong again, or did so too often.
        """
        troubles = self._troubles.get(key, 0)
        if not isinstance(error, TEMPORARY) or troubles >= len(PAUSES_SECONDS):
            self.forget(key)
            return None
        self._troubles[key] = troubles + 1
        return PAUSES_SECONDS[troubles]

    def forget(self, key: object) -> None:
        """Begin to count anew."""
        self._troubles.pop(key, None)
