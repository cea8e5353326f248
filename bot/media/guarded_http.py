"""Fetches files from strangers' addresses, without ever reaching what is not public."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.media.addresses import is_public
from bot.media.clip_file import CHUNK_BYTES, clip_file
from bot.media.link_errors import (
    AddressRefused,
    LinkTimeout,
    LinkUnreachable,
    NotALink,
    PrivateOrRemoved,
    RedirectRefused,
    SiteNotListed,
)
from bot.media.links import HTTPS_PORT, Link, parse_link

MOST_REDIRECTS: Final = 3
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NOT_FOR_EVERYBODY: Final = frozenset({401, 403, 404, 410, 451})
"""HTTP statuses that say that there is nothing, or nothing for somebody who is not logged in."""

PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})

HEADERS: Final = {
    # What comes is counted and stored as it comes: nothing is unpacked, so nothing can swell.
    "Accept-Encoding": "identity",
    "User-Agent": "genre-bot",
}

AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]
"""One result of ``socket.getaddrinfo``."""


class GuardedHttp:
    """Fetches files by https from addresses that strangers name.

    Every address is checked when it is dialled, after whatever a name server said and on every redirect. Nothing of
    one download is left for the next: no connection, no cookie, no name.

    Parameters
    ----------
    timeout
        Most wall time of one download with its redirects, in seconds.
    permitted
        Addresses with their ports that may be dialled although they are not public: for a server of a test's own.
    resolver
        Looks names up; the system's if None. It stays the caller's to close.
    certificates
        Certificates that are trusted; the system's if None.
    """

    def __init__(
        self,
        *,
        timeout: float,
        permitted: frozenset[tuple[str, int]] = frozenset(),
        resolver: AbstractResolver | None = None,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self._timeout = timeout
        self._permitted = permitted
        self._resolver = resolver
        self._certificates = certificates or ssl.create_default_context()

    @asynccontextmanager
    async def on_disk(self, link: Link, *, folder: Path, max_bytes: int) -> AsyncIterator[Path]:
        """Hold the file behind a link for as long as the context lasts.

        Parameters
        ----------
        link
            What a member sent.
        folder
            Private folder for the file.
        max_bytes
            Most bytes that are taken.

        Yields
        ------
        Path
            A file with a name of ours, readable by nobody else.

        Raises
        ------
        AddressRefused
            If any address on the way is not public.
        FileTooLarge
            If more than `max_bytes` come, whatever was declared.
        SiteNotListed
            If there is a page and not a file.
        LinkError
            If it cannot be fetched for another reason.
        """
        with clip_file(folder, max_bytes=max_bytes) as file:
            try:
                async with asyncio.timeout(self._timeout):
                    await file.fill(self._chunks(link))
            except TimeoutError:
                raise LinkTimeout(self._timeout) from None
            yield file.path

    async def _chunks(self, link: Link) -> AsyncGenerator[bytes, None]:
        refused: list[str] = []
        try:
            async with self._session(refused) as session:
                for _ in range(1 + MOST_REDIRECTS):
                    async with session.get(link.url, allow_redirects=False) as response:
                        if response.status in REDIRECTS:
                            link = _target(response)
                            continue
                        _require_file(response)
                        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
                            yield chunk
                        return
                raise RedirectRefused
        except aiohttp.ClientError as error:
            if refused:
                raise AddressRefused from error
            raise LinkUnreachable from error

    def _session(self, refused: list[str]) -> aiohttp.ClientSession:
        def open_socket(info: AddressInfo) -> socket.socket:
            family, kind, protocol, _, (address, port, *_) = info
            allowed = port == HTTPS_PORT and is_public(str(address))
            if not allowed and (address, port) not in self._permitted:
                # Noted as well, because of several addresses aiohttp only tells that none could be reached.
                refused.append(str(address))
                raise PermissionError(f"{address} is not public")
            return socket.socket(family, kind, protocol)

        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                socket_factory=open_socket, resolver=self._resolver, ssl=self._certificates, force_close=True
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=HEADERS,
            # The whole download has one limit, above; aiohttp's own would begin anew with each redirect.
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
        )


def _target(response: aiohttp.ClientResponse) -> Link:
    try:
        return parse_link(str(response.url.join(URL(response.headers.get("Location", "")))))
    except (NotALink, ValueError) as error:
        raise RedirectRefused from error


def _require_file(response: aiohttp.ClientResponse) -> None:
    if response.status in NOT_FOR_EVERYBODY:
        raise PrivateOrRemoved
    if response.status != 200:
        raise LinkUnreachable
    if response.content_type in PAGES:
        raise SiteNotListed
