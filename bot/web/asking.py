"""Takes files and links on the page, as ``/genre`` does in Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, web

from bot.answering import answer_all
from bot.clips import linked
from bot.errors import BotError, FileOrLink
from bot.failing import tell_failure
from bot.media.clip import Clip
from bot.media.link_errors import NotALink
from bot.media.links import MAX_LINK_LENGTH, parse_link
from bot.services import Services
from bot.web.errors import TooManyAsked
from bot.web.fragments import wants_fragment
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.surface import WebSurface
from bot.web.uploads import BROKEN_OFF, PATIENCE_SECONDS, UPLOAD_SECONDS, UploadedClip

FILE: Final = "file"
LINK: Final = "link"

LINK_BYTES: Final = 4 * MAX_LINK_LENGTH
"""Bytes of a link that are read: a few more than there can be in one."""

MOST_ASKED: Final = 100
"""Files and links of a form: as many as anybody chooses at once, and half of what the channel holds."""

MOST_PARTS: Final = 2 * MOST_ASKED
"""Of a form: browsers send some that hold nothing."""

MESSAGE_HEADER: Final = "Message"
"""Header of an answer to a script: the ids of the messages in which the clips were answered."""


async def ask(request: web.Request) -> web.Response:
    """Listen to what a form holds, part after part, and say where the answers stand.

    What went wrong stands there, too. The files are read as they come: while one is listened to, the next one waits in
    the browser.

    Parameters
    ----------
    request
        A form with any number of files, and a link or none.

    Returns
    -------
    aiohttp.web.Response
        Nothing for a script; for a browser, the way back to the channel.
    """
    site = request.app[SITE]
    texts = texts_of(request)
    visitor = site.guard.visitor(request)
    ids: list[int] = []
    try:
        async for asked, clip in _asked(request):
            surface = WebSurface(site.channel, asked, texts, visitor)
            if isinstance(clip, BotError):
                await tell_failure(clip, surface)
            else:
                await answer_all([clip], [surface], site.services)
            ids += surface.message_ids
            if isinstance(clip, UploadedClip) and not await clip.discard():
                # Of the rest, nothing can be found any more.
                break
    except web.HTTPBadRequest:
        # Whoever has answers already is led to them.
        if not ids:
            raise
    if not ids:
        surface = WebSurface(site.channel, "", texts, visitor)
        await tell_failure(FileOrLink(), surface)
        ids += surface.message_ids
    if wants_fragment(request):
        return web.Response(status=204, headers={MESSAGE_HEADER: " ".join(map(str, ids))})
    raise web.HTTPSeeOther(f"/#m{ids[-1]}")


async def _asked(request: web.Request) -> AsyncIterator[tuple[str, Clip | BotError]]:
    """Yield what each part of the form is called and leads to, or why it leads nowhere."""
    services = request.app[SITE].services
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    parts = asked = 0
    has_link = False
    try:
        reader = await request.multipart()
        while (part := await _next_part(reader)) is not None:
            parts += 1
            if parts > MOST_PARTS:
                raise web.HTTPBadRequest
            # A browser sends an empty file where none was chosen.
            if part.name == FILE and part.filename:
                if asked >= MOST_ASKED:
                    yield "", TooManyAsked(MOST_ASKED)
                    await _discard(part, reader, services)
                    return
                asked += 1
                clip = UploadedClip(part, services)
                yield clip.name, clip
            elif part.name == LINK and not has_link:
                has_link = True
                if text := await _text(part):
                    asked += 1
                    yield text, _linked(text, services)
                if not part.at_eof():
                    # Whatever else comes is no part of a link.
                    return
            elif part.name != FILE or await part.read_chunk():
                raise web.HTTPBadRequest
    except BROKEN_OFF:
        # The browser is gone, or has sent what is no form: there is nobody to tell.
        raise web.HTTPBadRequest from None


async def _discard(part: BodyPartReader | None, reader: MultipartReader, services: Services) -> None:
    """Read what is left of a form, for a while, so that the browser comes to hear of what was answered."""
    async with asyncio.timeout(UPLOAD_SECONDS):
        for _ in range(MOST_PARTS):
            if part is None or not await UploadedClip(part, services).discard():
                return
            part = await _next_part(reader)


async def _next_part(reader: MultipartReader) -> BodyPartReader | None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        part = await reader.next()
    if part is not None and not isinstance(part, BodyPartReader):
        raise web.HTTPBadRequest
    return part


async def _text(part: BodyPartReader) -> str:
    """Read a line of a form, and no more of it than a link may have."""
    data = b""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(data) <= LINK_BYTES and (chunk := await part.read_chunk(LINK_BYTES)):
            data += chunk
    return data[:LINK_BYTES].decode("utf-8", "replace").strip()


def _linked(text: str, services: Services) -> Clip | NotALink:
    try:
        return linked(parse_link(text), services)
    except NotALink as error:
        return error
