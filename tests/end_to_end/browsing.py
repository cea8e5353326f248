"""What the tests of playlists share: a playlist with tracks in it, and a look at what members see."""

from __future__ import annotations

from typing import Any

import discord

from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.track import NewTrack


async def playlist_of(server: Any, owner: Any, *tracks: NewTrack, name: str = "Chill", shared: bool = True) -> int:
    """Make a playlist with tracks in it, past Discord."""
    store = server.bot.services.store
    playlist_id: int = await store.playlists.create(server.channel.guild.id, name, owner.id)
    if shared:
        await store.playlists.share(playlist_id, Collaborator(SharedWith.EVERYONE))
    for new in tracks:
        await store.tracks.add(playlist_id, new)
    return playlist_id


def admin(server: Any, name: str = "boss") -> Any:
    guild = server.channel.guild
    role = guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(server.env.create_user(name), roles=[role])


def text_of(response: Any) -> str:
    """Return what a message says: its text, or that of its card."""
    return response.embeds[0].description if response.embeds else response.content


def titles(response: Any) -> list[str]:
    """Return the titles of a page, in order."""
    lines = response.embeds[0].description.splitlines()
    return [line.partition(". **")[2].removesuffix("**") for line in lines if ". **" in line]


def parts(response: Any) -> dict[str, dict[str, Any]]:
    """Return buttons by their label, and menus by what they do."""
    found = [part for row in response.components for part in row["components"]]
    return {part.get("label") or part["custom_id"].split(":")[1]: part for part in found}


async def choose(member: Any, response: Any, menu: str, value: str) -> Any:
    return await member.select(response, [value], custom_id=parts(response)[menu]["custom_id"])


def fields(response: Any) -> dict[str, str]:
    return {field.name: field.value for field in response.embeds[0].fields}
