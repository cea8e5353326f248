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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from yt_dlp import YoutubeDL
from yt_dlp.globals import plugin_dirs
from yt_dlp.utils import DownloadCancelled

from bot.media.addresses import is_public
from bot.media.site_failures import trouble_of
from bot.media.site_job import CLIP_NAME, SiteAnswer, SiteJob, Trouble
from bot.media.site_names import site_pattern
from bot.redaction import cookies_in, redact

MAX_TEXT_LENGTH: Final = 1000
"""Characters of a title or a message that are passed on."""

MEMORY_BYTES: Final = 2 << 30
"""Most address space, some ten times of what reading a page takes."""

OPEN_FILES: Final = 128

SOCKET_TIMEOUT_SECONDS: Final = 15.0

RETRIES: Final = 2

PORTS: Final = frozenset({80, 443})
"""Some sites hand out their pieces of audio by plain http."""

PROTOCOLS: Final = ("https", "http", "http_dash_segments", "m3u8_native")
"""How audio may be transferred, the simplest first; all of it without another program."""

STARTS_A_PROCESS: Final = frozenset(
    {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn"}
)
"""Names of the interpreter's audit events."""


LIVE: Final = frozenset({"is_live", "is_upcoming", "post_live"})

Format = dict[str, Any]


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


class OneTrack(YoutubeDL):  # type: ignore[misc] # yt-dlp has no types
    """yt-dlp for one job.

    Parameters
    ----------
    job
        What is asked for.
    """

    def __init__(self, job: SiteJob) -> None:
        self._job = job
        self.reason: Trouble | None = None
        self.warnings: list[str] = []
        name_and_path = job.js_runtime
        super().__init__(
            {
                "allowed_extractors": [site_pattern(site) for site in job.sites],
                "noplaylist": True,
                "format": self._choose_format,
                "match_filter": self._refuse,
                "progress_hooks": [self._count],
                "outtmpl": {"default": CLIP_NAME},
                "paths": {"home": str(job.folder)},
                "cookiefile": str(job.cookies) if job.cookies else None,
                "js_runtimes": {name_and_path[0]: {"path": str(name_and_path[1])}} if name_and_path else {},
                "hls_prefer_native": True,
                "fixup": "never",
                "cachedir": False,
                "geo_bypass": False,
                # No proxy, not even one of the environment.
                "proxy": "",
                "socket_timeout": SOCKET_TIMEOUT_SECONDS,
                "retries": RETRIES,
                "fragment_retries": RETRIES,
                "extractor_retries": RETRIES,
                "skip_unavailable_fragments": False,
                "updatetime": False,
                "nopart": True,
                "noprogress": True,
                "logger": self,
                "color": "never",
            }
        )

    def process_ie_result(self, ie_result: dict[str, Any], *arguments: Any, **options: Any) -> Any:
        """Follow what an extractor found, but not into a playlist."""
        if ie_result.get("_type") in {"playlist", "multi_video"}:
            self.reason = Trouble.PLAYLIST
            return None
        return super().process_ie_result(ie_result, *arguments, **options)

    def _refuse(self, info: dict[str, Any], *, incomplete: object = False) -> str | None:
        del incomplete
        if info.get("is_live") or info.get("live_status") in LIVE:
            self.reason = Trouble.LIVE
        elif (info.get("duration") or 0) > self._job.max_seconds:
            self.reason = Trouble.TOO_LONG
        return self.reason

    def _choose_format(self, context: dict[str, Any]) -> Iterator[Format]:
        """Yield the best audio that fits, as ``format`` of yt-dlp does it; worse ones come first there."""
        audible = [
            found
            for found in context["formats"]
            if found.get("acodec") != "none" and found.get("protocol") in PROTOCOLS
        ]
        fitting = [found for found in audible if (_bytes_of(found) or 0) <= self._job.max_bytes]
        if fitting:
            yield max(enumerate(fitting), key=lambda place: _preference(*place))[1]
        elif audible:
            self.reason = Trouble.TOO_LARGE

    def _count(self, progress: dict[str, Any]) -> None:
        """End a download that is or grows too large; ``max_filesize`` of yt-dlp sees only what is declared."""
        if max(progress.get("downloaded_bytes") or 0, progress.get("total_bytes") or 0) > self._job.max_bytes:
            self.reason = Trouble.TOO_LARGE
            raise DownloadCancelled

    # What follows is yt-dlp's interface of a logger.

    def debug(self, message: str) -> None:
        """Take what would be printed."""

    def warning(self, message: str) -> None:
        """Keep a warning, which may tell why an error comes later."""
        self.warnings.append(message)

    def error(self, message: str) -> None:
        """Take what is raised as well."""


def _bytes_of(found: Format) -> int | None:
    size = found.get("filesize") or found.get("filesize_approx")
    return None if size is None else int(size)


def _preference(index: int, found: Format) -> tuple[bool, int, int, int]:
    """Rank formats: sound without pictures, then a simple transfer, then small pictures, then yt-dlp's own order."""
    sound_alone = found.get("vcodec") == "none"
    return (
        sound_alone,
        -PROTOCOLS.index(found["protocol"]),
        0 if sound_alone else -int(found.get("height") or 0),
        index,
    )


def download(job: SiteJob, *, guard: Guard, extractors: Iterable[Callable[[], Any]] = ()) -> SiteAnswer:
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
    track = OneTrack(job)
    for extractor in extractors:
        track.add_info_extractor(extractor())
    try:
        info = track.extract_info(job.url)
    except Exception as error:  # noqa: BLE001 - whatever an extractor raises is told to the one who asked
        trouble = track.reason or (Trouble.FORBIDDEN_ADDRESS if guard.refused_address else None)
        return SiteAnswer(
            trouble=trouble or trouble_of(error, warnings=track.warnings),
            # It may quote the cookies file. Cut off only afterwards: half a secret would not be found.
            detail=redact(f"{type(error).__name__}: {error}", cookies_in(job.cookies))[:MAX_TEXT_LENGTH],
        )
    if track.reason is not None:
        return SiteAnswer(trouble=track.reason)
    if not (job.folder / CLIP_NAME).is_file():
        return SiteAnswer(trouble=Trouble.UNKNOWN, detail="yt-dlp reports success, but there is no file")
    title = info.get("title")
    return SiteAnswer(title=str(title)[:MAX_TEXT_LENGTH] if title else None)


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
    answer = download(job, guard=guard, extractors=extractors)
    with contextlib.suppress(BrokenPipeError):
        os.write(answers, answer.to_line())


if __name__ == "__main__":
    main()
