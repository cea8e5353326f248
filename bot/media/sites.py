"""Has tracks of sites fetched, and playlists listed, each by a process of its own."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
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
from bot.media.listing import Listing, listing_of
from bot.media.listing_errors import EmptyListing, NothingPlayable, NotImportable, PrivateListing
from bot.media.site_job import CLIP_NAME, SiteAnswer, SiteJob, Trouble
from bot.media.site_process import CHILD, ask
from classifier.errors import AudioError, FileTooLarge

log = get_logger(__name__)

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
    """Fetches tracks from pages of the sites on a list, and tells which tracks their playlists hold.

    What nobody waits for is done in the background: one place is always left to what members ask for. With a single
    place there is none to leave; a member then waits for at most one page that is read in the background.

    Parameters
    ----------
    names
        Of yt-dlp's extractors.
    max_bytes, max_seconds
        Most bytes of a track, and its longest length in seconds.
    timeout
        Most wall time of one page, in seconds; then its process is killed.
    at_once
        How many pages are read at the same time, all but one of them in the background; of one, that one.
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
        self._background_places = asyncio.Semaphore(max(1, at_once - 1))
        self._cookies_file = cookies_file
        self._js_runtime = js_runtime
        self._child = child
        self._listing_errors: Mapping[Trouble, Callable[[], LinkError]] = {
            **ERRORS,
            Trouble.NOT_LISTED: lambda: NotImportable(names),
            Trouble.PRIVATE: PrivateListing,
        }

    @asynccontextmanager
    async def on_disk(self, link: Link, *, folder: Path, background: bool = False) -> AsyncIterator[SiteTrack]:
        """Hold the track of a page on the disk for as long as the context lasts.

        Parameters
        ----------
        link
            The page.
        folder
            Private folder, in which another is made for this page alone.
        background
            Whether nobody waits for this one track.

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
            answer = await self._ask(link, private, background=background)
            if answer.trouble is not None:
                raise self._error(answer, ERRORS)
            path = private / CLIP_NAME
            if path.is_symlink() or path.stat().st_size > self._max_bytes:
                raise FileTooLarge(self._max_bytes)
            yield SiteTrack(path, answer.title)

    async def listing(self, link: Link, *, most: int, folder: Path) -> Listing:
        """Tell which tracks are behind a link, in the background.

        Parameters
        ----------
        link
            A playlist or an album; one that names a track as well counts as the playlist, and one that leads to a
            single track has that one.
        most
            How many entries of it are looked at; at least 1.
        folder
            Private folder, in which another is made for this page alone.

        Returns
        -------
        Listing
            At least one track and at most `most`.

        Raises
        ------
        NotImportable
            If the link belongs to none of the sites.
        EmptyListing, NothingPlayable
            If no track is there, or none that can be fetched.
        LinkError
            If it cannot be had for another reason.
        """
        with tempfile.TemporaryDirectory(dir=folder, prefix="site-") as name:
            answer = await self._ask(link, Path(name), background=True, list_at_most=most)
        if answer.trouble is not None:
            raise self._error(answer, self._listing_errors)
        assert answer.listing is not None
        listing = listing_of(answer.listing)
        if not listing.tracks:
            raise NothingPlayable if listing.left_out else EmptyListing
        return listing

    async def _ask(self, link: Link, folder: Path, *, background: bool, list_at_most: int | None = None) -> SiteAnswer:
        async with AsyncExitStack() as places:
            if background:
                await places.enter_async_context(self._background_places)
            await places.enter_async_context(self._places)
            job = SiteJob(
                url=link.url,
                folder=folder,
                sites=self._names,
                max_bytes=self._max_bytes,
                max_seconds=self._max_seconds,
                timeout=self._timeout,
                cookies=await asyncio.to_thread(self._copy_cookies, folder),
                js_runtime=self._js_runtime,
                list_at_most=list_at_most,
            )
            return await ask(job, child=self._child)

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

    def _error(self, answer: SiteAnswer, errors: Mapping[Trouble, Callable[[], LinkError]]) -> LinkError | AudioError:
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
        return errors[trouble]()
