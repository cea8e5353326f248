"""Playlists are made, renamed, shared, deleted and brought back by commands."""

from __future__ import annotations

import pytest

from bot.errors import NotAnAdmin
from bot.playlists.errors import NoSuchPlaylist, NotYourPlaylist, PlaylistExists
from tests.end_to_end.conftest import OpenServer, Server


async def say(server: Server, member: object, command: str, **options: object) -> str:
    """Run a command of /playlist and return what it says: its text, or its card's."""
    result = await member.slash(server.channel, f"playlist {command}", **options)  # type: ignore[attr-defined]
    response = result.response
    return str(response.content or response.embeds[0].description)


async def test_a_playlist_is_made_renamed_described_and_listed(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        empty = await say(server, ann, "list")
        made = await say(server, ann, "create", name="Chill *nights*", description="for <@1> and others")
        again = await say(server, ann, "create", name="CHÏLL *nights*")
        renamed = await say(server, ann, "rename", playlist="chill *NIGHTS*", name="Loud days")
        await say(server, ann, "describe", playlist="Loud days", description="Very **loud** indeed")
        listed = await say(server, ann, "list")
        gone = await say(server, ann, "rename", playlist="chill *nights*", name="x")
        assert server.failures() == [PlaylistExists, NoSuchPlaylist]
    assert "Make one with `/playlist create`" in empty
    assert r"**Chill \*nights\*** is there" in made
    assert "is a playlist of that name already" in again
    assert r"**Chill \*nights\*** is called **Loud days** now" in renamed
    assert listed.splitlines() == [f"**Loud days** · 0 tracks · <@{ann.id}>", r"Very \*\*loud\*\* indeed"]
    assert "no such playlist" in gone


@pytest.mark.parametrize("command", ["rename", "describe", "delete", "share", "channel"])
async def test_only_the_owner_and_admins_change_a_playlist(command: str, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        ann, bob = server.member("ann"), server.member("bob")
        await say(server, ann, "create", name="Chill")
        more = {"rename": {"name": "x"}, "share": {"who": bob}}.get(command, {})
        refused = await say(server, bob, command, playlist="Chill", **more)
        listed = await say(server, bob, "list")
        assert server.failures() == [NotAnAdmin if command == "channel" else NotYourPlaylist]
    assert "Only" in refused
    assert "Manage Server" in refused
    assert "**Chill**" in listed


async def test_what_was_deleted_is_brought_back_by_those_who_may(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await say(server, ann, "create", name="Chill")
        deleted = await ann.slash(server.channel, "playlist delete", playlist="Chill")
        told = deleted.response.content
        none = await say(server, ann, "list")
        await server.restart()
        refused = await bob.click(deleted.response, label="Bring it back")
        back = await ann.click(deleted.response, label="Bring it back")
        listed = await say(server, ann, "list")
    assert "can be brought back for 30 days" in told
    assert "There is none yet" in none
    assert "Only the owner" in refused.response.embeds[0].description
    assert "**Chill** is back" in back.response.content
    assert "**Chill**" in listed


async def test_a_name_that_was_taken_meanwhile_keeps_a_deleted_playlist_away(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await say(server, ann, "create", name="Chill")
        deleted = await ann.slash(server.channel, "playlist delete", playlist="Chill")
        await say(server, ann, "create", name="chill")
        refused = await ann.click(deleted.response, label="Bring it back")
        listed = await say(server, ann, "list")
    assert "is a playlist of that name already" in refused.response.embeds[0].description
    assert listed.count("**chill**") == 1


async def test_a_playlist_is_shared_with_members_roles_and_everyone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        role = server.channel.guild.create_role("dj")
        await say(server, ann, "create", name="Chill")
        for who in (bob, role, server.channel.guild.default_role):
            await say(server, ann, "share", playlist="Chill", who=who)
        shared = await say(server, ann, "list")
        await say(server, ann, "share", playlist="Chill", who=bob, stop=True)
        less = await say(server, ann, "list")
    assert f"shared with everyone <@{bob.id}> <@&{role.id}>" in shared
    assert f"shared with everyone <@&{role.id}>" in less


async def test_many_playlists_are_shown_page_by_page(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        for number in range(23):
            await server.bot.services.store.playlists.create(server.channel.guild.id, f"List {number:02}", ann.id)
        first = await ann.slash(server.channel, "playlist list")
        await server.restart()
        pages = [first.response.embeds[0]]
        for page in (1, 2):
            turned = await ann.click(first.response, custom_id=f"genre-bot:playlists:{page}:on")
            pages.append(turned.response.embeds[0])
    assert [page.footer.text for page in pages] == [f"Page {number} of 3" for number in (1, 2, 3)]
    assert "List 00" in pages[0].description
    assert "List 22" in pages[2].description
