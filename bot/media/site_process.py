"""Starts the process that reads a page of a site, and kills it when its time is up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.logs import get_logger
from bot.media.link_errors import LinkTimeout, SiteFailed
from bot.media.site_job import MAX_ANSWER_BYTES, SiteAnswer, SiteJob
from bot.redaction import cookies_in, redact

log = get_logger(__name__)

CHILD: Final = (sys.executable, "-P", "-m", "bot.media.site_child")

INHERITED: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "TZ")
"""Variables that the process gets to see: what finding libraries and certificates takes, and no secret."""

LAST_WORDS: Final = 2000
"""Characters of what a process that failed wrote last, for the log."""


async def ask(job: SiteJob, *, child: Sequence[str] = CHILD) -> SiteAnswer:
    """Have a process of its own do a job.

    Parameters
    ----------
    job
        What is asked for.
    child
        The program; see `bot.media.site_child`.

    Returns
    -------
    SiteAnswer

    Raises
    ------
    LinkTimeout
        If its time is up.
    SiteFailed
        If it ends without an answer, or gives one that is too long or none at all.
    """
    said = job.folder / "said"
    with said.open("wb") as stderr:
        process = await asyncio.create_subprocess_exec(
            *child,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
            cwd=job.folder,
            env=_environment(job.folder),
            limit=MAX_ANSWER_BYTES,
            # A group of its own, so that whatever it starts ends with it.
            start_new_session=True,
        )
    try:
        return SiteAnswer.from_line(await _first_line(process, job))
    except (ValueError, TypeError, KeyError) as error:
        log.error(
            "the process for a site gave no answer; the level DEBUG tells what it said", status=process.returncode
        )
        last_words = redact(said.read_text(errors="replace"), cookies_in(job.cookies))[-LAST_WORDS:]
        log.debug("the process for a site said", said=last_words)
        raise SiteFailed from error


async def _first_line(process: asyncio.subprocess.Process, job: SiteJob) -> bytes:
    """Return what a process answers, and end it; raises ``ValueError`` where that is too long."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(job.timeout):
            process.stdin.write(job.to_line())
            return await process.stdout.readline()
    except TimeoutError:
        raise LinkTimeout(job.timeout) from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _environment(folder: Path) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {
        # From the folder that it works in, the process would not find the modules of a checkout.
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path if entry),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "YTDLP_NO_PLUGINS": "1",
    }
