"""How far an analysis is, and how a worker process tells of it; light to import."""

from __future__ import annotations

import contextlib
import itertools
import logging
import multiprocessing
import struct
import threading
from collections.abc import Callable
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Final

log = logging.getLogger(__name__)

MESSAGE: Final = struct.Struct("!QB")
"""A job's number and its stage. So short a message goes into a pipe whole or not at all (POSIX: up to 512 bytes), so
that writers need no lock, and one that is killed leaves neither a lock nor half a message behind."""

END: Final = 0
"""Number of no job: with it, the pipe's reader is told to end."""


class Stage(StrEnum):
    """What a worker is doing with a clip."""

    DECODING = "decoding"
    LISTENING = "listening"
    VOTING = "voting"


STAGES: Final = tuple(Stage)

Report = Callable[[Stage], None]
"""Is told of each stage as it begins."""


def unheard(_: Stage) -> None:
    """Report to nobody."""


class StagePipe:
    """One pipe from all workers to their parent, and the thread that reads it.

    Attributes
    ----------
    sender
        What the workers write to, with `send_stage`.
    """

    def __init__(self) -> None:
        receiver, self.sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._receiver: Connection = receiver
        self._reports: dict[int, Report] = {}
        self._numbers = itertools.count(END + 1)
        self._reader: threading.Thread | None = None

    def open(self, report: Report) -> int:
        """Give a job a number under which its stages arrive; the first one starts the thread.

        Parameters
        ----------
        report
            Called in the reading thread.

        Returns
        -------
        int
            For `send_stage` in the worker and for `forget`.
        """
        number = next(self._numbers)
        self._reports[number] = report
        if self._reader is None:
            self._reader = threading.Thread(target=self._read, name="stages", daemon=True)
            self._reader.start()
        return number

    def forget(self, number: int) -> None:
        """Report no further stage of a job.

        Parameters
        ----------
        number
            From `open`.
        """
        self._reports.pop(number, None)

    def close(self) -> None:
        """End the thread and close the pipe; no worker may be left."""
        if self.sender.closed:
            return
        if self._reader is not None:
            self.sender.send_bytes(MESSAGE.pack(END, 0))
            self._reader.join()
        self.sender.close()
        self._receiver.close()

    def _read(self) -> None:
        while True:
            number, stage = MESSAGE.unpack(self._receiver.recv_bytes())
            if number == END:
                return
            report = self._reports.get(number)
            # What a job said last may arrive after its end.
            if report is None:
                continue
            try:
                report(STAGES[stage])
            except Exception:
                # Whoever listens has gone; the other jobs' listeners have not.
                log.exception("a stage could not be reported")


def send_stage(sender: Connection, number: int, stage: Stage) -> None:
    """Tell the parent, from a worker.

    Parameters
    ----------
    sender
        Of the `StagePipe`.
    number
        Of the job.
    stage
        What begins.
    """
    # Where the parent has closed its end, the answer reaches nobody either.
    with contextlib.suppress(BrokenPipeError):
        sender.send_bytes(MESSAGE.pack(number, STAGES.index(stage)))
