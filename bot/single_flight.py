"""Lets requests for the same bytes share one analysis."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from contextlib import contextmanager

from bot.progress import Report, State
from classifier.answer import Answer
from classifier.errors import AudioError, DecodingTimeout


class Flight:
    """One analysis, and the requests that wait for it."""

    def __init__(self) -> None:
        # What came of it; None where nothing did that would be true for the others.
        self._landing: asyncio.Future[Answer | AudioError | None] = asyncio.get_running_loop().create_future()
        self._reports: list[Report] = []
        self._last: State | None = None

    def tell(self, state: State) -> None:
        """Report a state to every request that waits.

        Parameters
        ----------
        state
            What begins.
        """
        self._last = state
        for report in tuple(self._reports):
            report(state)

    def land(self, answer: Answer) -> None:
        """Hand the answer to every request that waits or still comes.

        Parameters
        ----------
        answer
            What the classifier says.
        """
        self._landing.set_result(answer)

    def fail(self, error: BaseException | None) -> None:
        """End without an answer, unless there is one.

        Parameters
        ----------
        error
            Why. Only what is wrong with the bytes themselves would be so again: the others learn of nothing else.
        """
        if self._landing.done():
            return
        if isinstance(error, AudioError) and not isinstance(error, DecodingTimeout):
            self._landing.set_result(error)
        else:
            self._landing.set_result(None)

    @contextmanager
    def heard_by(self, report: Report) -> Iterator[None]:
        """Report to a request for as long as the context lasts, the present state first."""
        self._reports.append(report)
        try:
            if self._last is not None:
                report(self._last)
            yield
        finally:
            self._reports.remove(report)

    async def wait(self) -> Answer | None:
        """Wait for the landing.

        Returns
        -------
        Answer or None
            None where each of the others has to try for itself.

        Raises
        ------
        AudioError
            If these bytes cannot be listened to.
        """
        # A request that is cancelled takes the landing from nobody else.
        landed = await asyncio.shield(self._landing)
        if isinstance(landed, AudioError):
            # Each request raises one of its own, with a traceback of its own.
            raise copy.copy(landed)
        return landed


class SingleFlights:
    """The analyses under way, by the digest of their bytes."""

    def __init__(self) -> None:
        self._flights: dict[str, Flight] = {}

    async def join(self, digest: str, report: Report) -> Answer | None:
        """Wait for the analysis of the same bytes, if there is one.

        Parameters
        ----------
        digest
            Of the bytes.
        report
            Told of the states of that analysis.

        Returns
        -------
        Answer or None
            None where there is none under way, or none any more: then the caller has to `lead`, at once.

        Raises
        ------
        AudioError
            If these bytes cannot be listened to.
        """
        while (flight := self._flights.get(digest)) is not None:
            with flight.heard_by(report):
                if (answer := await flight.wait()) is not None:
                    return answer
        return None

    @contextmanager
    def lead(self, digest: str, report: Report) -> Iterator[Flight]:
        """Let others join for as long as the context lasts.

        Parameters
        ----------
        digest
            Of the bytes; nobody leads for them.
        report
            Told of the states.

        Yields
        ------
        Flight
            What the others wait for.
        """
        flight = self._flights[digest] = Flight()
        try:
            with flight.heard_by(report):
                yield flight
        except BaseException as error:
            flight.fail(error)
            raise
        finally:
            flight.fail(None)
            del self._flights[digest]
