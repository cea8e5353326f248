"""What the tests of imports share: tracks that the bot knows, a gate that holds some, and what is shown."""

from __future__ import annotations

import asyncio
from typing import Any

import discord

from tests.bot.listed_site import ListedSite
from tests.bot.timelines import analysis_of
from tests.end_to_end.conftest import Server

JAZZ = analysis_of((0.0, [{"jazz": 0.9}]))


class Gate:
    """Lets tracks through until one whose name it holds; the in-memory Discord goes on meanwhile."""

    def __init__(self, server: Server, site: ListedSite) -> None:
        self._server = server
        self._open: dict[str, asyncio.Event] = {}
        self.reached: list[str] = []
        site.before = self.wait

    def hold(self, name: str) -> None:
        self._open[name] = asyncio.Event()

    async def wait(self, name: str) -> None:
        self.reached.append(name)
        if name in self._open:
            await self._server.env.external_wait(self._open[name].wait(), reason="a track that the test holds")

    def open(self, name: str) -> None:
        self._open.pop(name).set()

    async def let_go(self, name: str) -> None:
        self.open(name)
        await self._server.env.settle()


async def playlist(server: Server, *, owner: Any) -> int:
    await owner.slash(server.channel, "playlist create", name="Chill")
    return (await server.bot.services.store.playlists.by_name(server.channel.guild.id, "Chill")).id


async def songs(server: Server, *names: str) -> dict[str, bytes]:
    """Return the bytes of tracks that the bot knows already."""
    data = {name: f"the sound of {name}".encode() for name in names}
    for bytes_ in data.values():
        await server.know(bytes_, JAZZ)
    return data


async def start(server: Server, member: Any, link: str) -> Any:
    return await member.slash(server.channel, "playlist import", playlist="Chill", link=link)


def shown(server: Server, message_id: int) -> discord.Message:
    return next(message for message in server.channel.history() if message.id == message_id)


def card(server: Server, message_id: int) -> str:
    (embed,) = shown(server, message_id).embeds
    return f"{embed.title}\n{embed.description}\n{embed.footer.text}"


def buttons(message: discord.Message) -> list[str | None]:
    return [child.label for row in message.components for child in row.children]  # type: ignore[union-attr]


async def titles(server: Server, playlist_id: int) -> list[str]:
    return [track.title for track in await server.bot.services.store.track_pages.all_of(playlist_id)]
