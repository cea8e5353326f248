"""Has tracks of sites fetched by a process of its own, which is killed when its time is up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.logs import get_logger
from bot.media.link_errors import (
    AddressRefused,
    AgeRestricted,
    BotCheck,
    CookiesUnreadable,
    CopyProtected,
    LinkError,
    LinkTimeout,
    LinkUnreachable,
    LiveStream,
    NoAudioThere,
    PlaylistLink,
    PrivateOrRemoved,
    RegionLocked,
    RuntimeMissing,
    SiteChanged,
    SiteFailed,
    SiteNotListed,
    TrackTooLong,
)
from bot.media.links import Link
from bot.media.site_job import CLIP_NAME, SiteAnswer, SiteJob, Trouble
from bot.redaction import cookies_in, redact
from classifier.errors import AudioError, FileTooLarge

log = get_logger(__name__)

CHILD: Final = (sys.executable, "-P", "-m", "bot.media.site_child")

INHERITED: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "TZ")
"""Variables that the process gets to see: what finding libraries and certificates takes, and no secret."""

LAST_WORDS: Final = 2000
"""Characters of what a process that failed wrote last, for the log."""

ERRORS: Final[Mapping[Trouble, type[LinkError]]] = MappingProxyType(
    {
        Trouble.NOT_LISTED: SiteNotListed,
        Trouble.PLAYLIST: PlaylistLink,
        Trouble.PRIVATE: PrivateOrRemoved,
        Trouble.AGE: AgeRestricted,
        Trouble.REGION: RegionLocked,
        Trouble.LIVE: LiveStream,
        Trouble.BOT_CHECK: BotCheck,
        Trouble.OUTDATED: SiteChanged,
        Trouble.NO_RUNTIME: RuntimeMissing,
        Trouble.BAD_COOKIES: CookiesUnreadable,
        Trouble.PROTECTED: CopyProtected,
        Trouble.NO_AUDIO: NoAudioThere,
        Trouble.FORBIDDEN_ADDRESS: AddressRefused,
        Trouble.UNREACHABLE: LinkUnreachable,
        Trouble.UNKNOWN: SiteFailed,
    }
)

FOR_OPERATORS: Final = frozenset(
    {Trouble.BOT_CHECK, Trouble.OUTDATED, Trouble.NO_RUNTIME, Trouble.BAD_COOKIES, Trouble.UNKNOWN}
)
"""What the people who run the bot can do something about."""


@dataclass(frozen=True, slots=True)
class SiteTrack:
    """A track on the disk.

    Parameters
    ----------
    path
        Where it lies.
    title
        As the site calls it; None where it does not say.
    """

    path: Path
    title: str | None


class Sites:
    """Fetches tracks from pages of the sites on a list.

    Parameters
    ----------
    names
        Of yt-dlp's extractors.
    max_bytes, max_seconds
        Most bytes of a track, and its longest length in seconds.
    timeout
        Most wall time of one page, in seconds; then its process is killed.
    at_once
        How many pages are read at the same time.
    cookies_file
        The operator's cookies; None for none.
    js_runtime
        Name and path of a JavaScript runtime; None for none.
    child
        The program that reads the page; see `bot.media.site_child`.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        *,
        max_bytes: int,
        max_seconds: float,
        timeout: float,
        at_once: int,
        cookies_file: Path | None = None,
        js_runtime: tuple[str, Path] | None = None,
        child: Sequence[str] = CHILD,
    ) -> None:
        self._names = names
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds
        self._timeout = timeout
        self._places = asyncio.Semaphore(at_once)
        self._cookies_file = cookies_file
        self._js_runtime = js_runtime
        self._child = child

    @asynccontextmanager
    async def on_disk(self, link: Link, *, folder: Path) -> AsyncIterator[SiteTrack]:
        """Hold the track of a page on the disk for as long as the context lasts.

        Parameters
        ----------
        link
            The page.
        folder
            Private folder, in which another is made for this page alone.

        Yields
        ------
        SiteTrack

        Raises
        ------
        SiteNotListed
            If the link belongs to none of the sites.
        FileTooLarge
            If there is no version of the track that is small enough.
        LinkError
            If it cannot be had for another reason.
        """
        with tempfile.TemporaryDirectory(dir=folder, prefix="site-") as name:
            private = Path(name)
            async with self._places:
                answer = await self._ask(link, private)
            if answer.trouble is not None:
                raise self._error(answer)
            path = private / CLIP_NAME
            if path.is_symlink() or path.stat().st_size > self._max_bytes:
                raise FileTooLarge(self._max_bytes)
            yield SiteTrack(path, answer.title)

    async def _ask(self, link: Link, folder: Path) -> SiteAnswer:
        job = SiteJob(
            url=link.url,
            folder=folder,
            sites=self._names,
            max_bytes=self._max_bytes,
            max_seconds=self._max_seconds,
            timeout=self._timeout,
            cookies=await asyncio.to_thread(self._copy_cookies, folder),
            js_runtime=self._js_runtime,
        )
        said = folder / "said"
        with said.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(
                *self._child,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
                cwd=folder,
                env=_environment(folder),
                # A group of its own, so that whatever it starts ends with it.
                start_new_session=True,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self._timeout):
                process.stdin.write(job.to_line())
                line = await process.stdout.readline()
        except TimeoutError:
            raise LinkTimeout(self._timeout) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            status = await process.wait()
        try:
            return SiteAnswer.from_line(line)
        except (ValueError, TypeError, KeyError) as error:
            log.error("the process for a site gave no answer; the level DEBUG tells what it said", status=status)
            last_words = redact(said.read_text(errors="replace"), cookies_in(job.cookies))[-LAST_WORDS:]
            log.debug("the process for a site said", said=last_words)
            raise SiteFailed from error

    def _copy_cookies(self, folder: Path) -> Path | None:
        if self._cookies_file is None:
            return None
        # yt-dlp writes cookies back: into a copy, so that no site can change the operator's.
        copy = folder / "cookies.txt"
        try:
            shutil.copyfile(self._cookies_file, copy)
        except OSError as error:
            log.error("the file of GENREBOT_COOKIES_FILE cannot be read", reason=error.strerror)
            raise CookiesUnreadable from error
        copy.chmod(0o600)
        return copy

    def _error(self, answer: SiteAnswer) -> LinkError | AudioError:
        trouble = answer.trouble
        assert trouble is not None
        if trouble in FOR_OPERATORS:
            log.warning("a site could not be read; the level DEBUG tells what it said", trouble=trouble.value)
        # It may name what a member listens to.
        log.debug("yt-dlp gave up", said=answer.detail)
        if trouble is Trouble.TOO_LARGE:
            return FileTooLarge(self._max_bytes)
        if trouble is Trouble.TOO_LONG:
            return TrackTooLong(self._max_seconds)
        return ERRORS[trouble]()


def _environment(folder: Path) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {
        # From the folder that it works in, the process would not find the modules of a checkout.
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path if entry),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "YTDLP_NO_PLUGINS": "1",
    }
