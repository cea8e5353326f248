"""What every place has in which a request is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import aiohttp
import discord
from discord import ui

from bot.cards.picture import Picture
from bot.fair_queue import Owner
from bot.logs import get_logger
from bot.progress import MessageGone, ProgressSurface
from bot.texts.catalogue import Texts

log = get_logger(__name__)

GONE: Final = frozenset({10003, 10008})
"""Discord's codes for a channel and a message that are not there any more."""

NO_HISTORY: Final = 160002
"""Discord's code for a reply where the bot may not read what was written before: it may write there all the same."""

DELIVERY_ERRORS: Final = (discord.HTTPException, aiohttp.ClientError, TimeoutError)
"""What can prevent a message from reaching Discord."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ready to be sent.

    Parameters
    ----------
    embed
        The card; None for none.
    picture
        What is shown in the card; None for none.
    view
        The buttons under it; None for none.
    content
        Text above the card; None for none.
    files
        What is attached besides.
    """

    embed: discord.Embed | None = None
    picture: Picture | None = None
    view: ui.View | None = None
    content: str | None = None
    files: tuple[Picture, ...] = ()

    def as_new(self) -> dict[str, Any]:
        """Return the arguments that send it as a new message, which mentions nobody."""
        arguments = {"content": self.content, "embed": self.embed, "view": self.view}
        given = {name: value for name, value in arguments.items() if value is not None}
        return given | {"files": self._files(), "allowed_mentions": discord.AllowedMentions.none()}

    def as_edit(self) -> dict[str, Any]:
        """Return the arguments that put it in the place of what a message said before."""
        return {"content": self.content, "embed": self.embed, "attachments": self._files(), "view": self.view}

    @property
    def has_files(self) -> bool:
        """Whether it takes the permission to attach files."""
        return self.picture is not None or bool(self.files)

    def without_files(self) -> Reply:
        """Return the same answer for a channel in which the bot may not attach files."""
        embed = None if self.embed is None else self.embed.copy().set_image(url=None)
        return replace(self, picture=None, files=(), embed=embed)

    def _files(self) -> list[discord.File]:
        pictures = () if self.picture is None else (self.picture,)
        return [file.as_file() for file in (*pictures, *self.files)]


class Surface(ProgressSurface, Protocol):
    """A place in which one request is shown and answered."""

    @property
    def owner(self) -> Owner:
        """Who asked, and where."""
        ...

    @property
    def community(self) -> int:
        """Discord's id of the server, or of the channel where there is none: votes count there."""
        ...

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel that is answered in."""
        ...

    @property
    def private(self) -> bool:
        """Whether only the one who asked sees the answer."""
        ...

    @property
    def texts(self) -> Texts:
        """The language to answer in."""
        ...

    @property
    def source_ids(self) -> frozenset[int]:
        """Discord's ids of the messages that it is about, and all requests that belong together with it."""
        ...

    @property
    def message_ids(self) -> frozenset[int]:
        """Discord's ids of the messages whose deletion ends the request."""
        ...

    @property
    def seconds_left(self) -> float | None:
        """How long an answer may take from now on, in seconds; None where it may come at any time."""
        ...

    async def defer(self) -> None:
        """Give a sign that there will be an answer."""
        ...

    async def end_with(self, text: str) -> None:
        """Put a last word in the place of the progress."""
        ...

    async def withdraw(self) -> None:
        """Take the progress away: what was asked about, or the progress itself, was deleted."""
        ...

    async def answer(self, reply: Reply) -> int | None:
        """Put the answer in the place of the progress.

        Returns
        -------
        int or None
            Discord's id of the message; None where it was deleted before the answer was there.
        """
        ...


@contextmanager
def showing_progress() -> Iterator[None]:
    """Log what prevents progress from being shown, which ends no request.

    Raises
    ------
    MessageGone
        If the message was deleted, or its channel.
    """
    try:
        yield
    except discord.NotFound as error:
        if error.code in GONE:
            raise MessageGone from error
        log.warning("progress could not be shown", error=str(error))
    except DELIVERY_ERRORS as error:
        log.warning("progress could not be shown", error=str(error))


async def deliver(reply: Reply, send: Callable[[Reply], Awaitable[int]]) -> int | None:
    """Send an answer, without its picture and files where they are not allowed.

    Parameters
    ----------
    reply
        The answer.
    send
        Sends it and returns Discord's id of the message.

    Returns
    -------
    int or None
        Discord's id of the message; None where it was deleted before the answer was there, which is nobody's failure.

    Raises
    ------
    discord.HTTPException
        If Discord does not take the answer for another reason.
    """
    try:
        try:
            return await send(reply)
        except discord.Forbidden:
            if not reply.has_files:
                raise
            log.info("an answer goes without its files: attaching them is not allowed")
            return await send(reply.without_files())
    except discord.NotFound as error:
        if error.code not in GONE:
            raise
        log.info("the reply was deleted before it was there")
        return None


async def reply_in(
    channel: discord.abc.Messageable, reply: Reply, reference: discord.MessageReference | None
) -> discord.Message:
    """Reply to a message, or write below where it is gone or the bot may not read it; nobody is pinged.

    Parameters
    ----------
    channel
        Where to.
    reply
        What to say.
    reference
        The message; None for a message of its own.

    Returns
    -------
    discord.Message

    Raises
    ------
    discord.HTTPException
        If Discord does not take it.
    """
    if reference is not None:
        try:
            return await channel.send(**reply.as_new(), reference=reference)
        except discord.Forbidden as error:
            if error.code != NO_HISTORY:
                raise
    return await channel.send(**reply.as_new())
