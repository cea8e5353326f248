"""Starts a worker process and has it analyse."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, advice, ok, problem
from bot.doctor.made_sound import write_tone
from classifier.errors import ClassifierError, WorkersUnavailable
from classifier.workers import ANSWER_GRACE_SECONDS, AnalysisWorkers, WorkerConfig, named_failures

SUBJECT: Final = "worker"

TONE_SECONDS: Final = 5.0
"""Length of what the worker hears, in seconds: more than the least that is judged."""

SLOW_START_SECONDS: Final = 30.0
"""From when on a start is slow, in seconds: with compiled kernels it takes a few, without them half a minute."""


def check_worker(config: WorkerConfig) -> Finding:
    """Have one real worker analyse a tone.

    Parameters
    ----------
    config
        What the bot starts its workers with.

    Returns
    -------
    Finding
        Tells the seconds that the start and the analysis took.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix="doctor-") as folder,
            AnalysisWorkers(config, count=1) as workers,
        ):
            path = Path(folder) / "tone"
            write_tone(path, seconds=TONE_SECONDS)
            started = time.perf_counter()
            workers.warm_up()
            ready = time.perf_counter()
            with named_failures(config.job_timeout):
                workers.submit(path).result(config.job_timeout + ANSWER_GRACE_SECONDS)
            done = time.perf_counter()
    except ClassifierError as error:
        # Its sentence would send the reader to this very check.
        reason = f"{error.detail}." if isinstance(error, WorkersUnavailable) else str(error)
        return problem(
            SUBJECT,
            f"one worker did not analyse a plain tone: {reason}",
            "Solve the other problems first. If there is none: give the machine more memory, or raise"
            " GENREBOT_JOB_TIMEOUT.",
        )
    took = f"ready after {ready - started:.1f} s, {TONE_SECONDS:g} s of sound analysed in {done - ready:.1f} s"
    if ready - started > SLOW_START_SECONDS:
        return advice(SUBJECT, took, "Run `genre-bot warm-up` once, so that the next start is fast.")
    return ok(SUBJECT, took)
