"""The process that reads one page of a site with yt-dlp, and is killed if it does not end by itself.

It is started as a program: its job comes as a line of JSON on standard input, its answer goes as one to standard
output. It never sees the bot's environment, token, database or other clips.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from yt_dlp.globals import plugin_dirs

from bot.media.addresses import is_public
from bot.media.site_failures import trouble_of
from bot.media.site_job import MAX_TEXT_LENGTH, SiteAnswer, SiteJob, Trouble
from bot.media.site_listing import FlatListing
from bot.media.site_track import OneTrack
from bot.redaction import cookies_in, redact

MEMORY_BYTES: Final = 2 << 30
"""Most address space, some ten times of what reading a page takes."""

OPEN_FILES: Final = 128

PORTS: Final = frozenset({80, 443})
"""Some sites hand out their pieces of audio by plain http."""

STARTS_A_PROCESS: Final = frozenset(
    {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn"}
)
"""Names of the interpreter's audit events."""


class Guard:
    """Keeps the process off private addresses and from starting programs.

    Parameters
    ----------
    runtime
        The only program that may be started.
    permitted
        Addresses with their ports that may be dialled although they are not public: for a server of a test's own.
    """

    def __init__(self, runtime: Path | None, permitted: frozenset[tuple[str, int]]) -> None:
        self._runtime = runtime
        self._permitted = permitted
        self.refused_address = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Look at what the interpreter is about to do; this is an audit hook, which nothing can remove again."""
        if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
            self._check_address(arguments[1])
        elif event in STARTS_A_PROCESS and not self._is_runtime(arguments):
            raise PermissionError(f"{event} is not allowed here")

    def _check_address(self, address: Any) -> None:
        host, port = address[:2] if isinstance(address, tuple) else (str(address), 0)
        if (host, port) not in self._permitted and not (port in PORTS and is_public(host)):
            self.refused_address = True
            raise PermissionError("this address is not public")

    def _is_runtime(self, arguments: tuple[Any, ...]) -> bool:
        return self._runtime is not None and bool(arguments) and str(arguments[0]) == str(self._runtime)


def do(job: SiteJob, *, guard: Guard, extractors: Iterable[Callable[[], Any]] = ()) -> SiteAnswer:
    """Do a job.

    Parameters
    ----------
    job
        What is asked for.
    guard
        Watches over this process.
    extractors
        Further ones, for a site of a test's own.

    Returns
    -------
    SiteAnswer
    """
    plugin_dirs.value = []
    reader = OneTrack(job) if job.list_at_most is None else FlatListing(job, at_most=job.list_at_most)
    for extractor in extractors:
        reader.add_info_extractor(extractor())
    try:
        return reader.answer()
    except Exception as error:  # noqa: BLE001 - whatever an extractor raises is told to the one who asked
        trouble = reader.reason or (Trouble.FORBIDDEN_ADDRESS if guard.refused_address else None)
        return SiteAnswer(
            trouble=trouble or trouble_of(error, warnings=reader.warnings),
            # It may quote the cookies file. Cut off only afterwards: half a secret would not be found.
            detail=redact(f"{type(error).__name__}: {error}", cookies_in(job.cookies))[:MAX_TEXT_LENGTH],
        )


def limit_resources(job: SiteJob) -> None:
    """Bound what this process may use, whatever yt-dlp and its libraries do.

    Parameters
    ----------
    job
        Its limits count.
    """
    limits = {
        resource.RLIMIT_FSIZE: job.max_bytes,
        resource.RLIMIT_CPU: int(job.timeout) + 1,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    # JavaScript engines reserve far more addresses than they use, and inherit the limit.
    if job.js_runtime is None:
        limits[resource.RLIMIT_AS] = MEMORY_BYTES
    for kind, value in limits.items():
        _, most = resource.getrlimit(kind)
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (allowed, allowed))


def end_with_parent(descriptor: int) -> None:
    """End this process and what it started as soon as the bot is gone, however the bot ended.

    Parameters
    ----------
    descriptor
        Of a pipe whose other end only the bot holds.
    """

    def wait() -> None:
        while os.read(descriptor, 1):
            pass
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="end-with-parent").start()


def main(*, extractors: Sequence[Callable[[], Any]] = (), permitted: frozenset[tuple[str, int]] = frozenset()) -> None:
    """Read the job, do it, and answer.

    Parameters
    ----------
    extractors, permitted
        A site of a test's own, and its address.
    """
    # Whatever a library prints must not end up in the answer.
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    line = bytearray()
    while not line.endswith(b"\n"):
        if not (byte := os.read(sys.stdin.fileno(), 1)):
            return
        line += byte
    end_with_parent(sys.stdin.fileno())
    job = SiteJob.from_line(bytes(line))
    limit_resources(job)
    guard = Guard(job.js_runtime[1] if job.js_runtime else None, permitted)
    sys.addaudithook(guard)
    answer = do(job, guard=guard, extractors=extractors)
    with contextlib.suppress(BrokenPipeError):
        os.write(answers, answer.to_line())


if __name__ == "__main__":
    main()
