"""How much of something each source has at the moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Shares:
    """Counts what is taken and given back, for each source and for all together."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """What all sources have."""
        return self._taken.total()

    def of(self, source: str) -> int:
        """Return what a source has."""
        return self._taken[source]

    def take(self, source: str, amount: int = 1) -> None:
        """Count something as a source's.

        Parameters
        ----------
        source
            Of `bot.web.sources`.
        amount
            How much it is.
        """
        self._taken[source] += amount

    def give_back(self, source: str, amount: int = 1) -> None:
        """Count it no more.

        Parameters
        ----------
        source, amount
            As they were taken.
        """
        # Only whoever has something is remembered.
        self._taken -= Counter({source: amount})

    @contextmanager
    def taken(self, source: str, amount: int = 1) -> Iterator[None]:
        """Count something as a source's for as long as the context lasts.

        Parameters
        ----------
        source, amount
            As for `take`.

        Yields
        ------
        None
        """
        self.take(source, amount)
        try:
            yield
        finally:
            self.give_back(source, amount)
