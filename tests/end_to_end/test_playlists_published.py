"""Admins publish a playlist under a link that nobody guesses, and end it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import simcord

from bot.errors import NotAnAdmin
from bot.playlists.errors import NoPublicPage, NoSuchPlaylist
from tests.end_to_end.conftest import OpenServer, Server, speak

PAGE = "https://music.example.org"
LINK = re.compile(rf"<{PAGE}/p/([A-Za-z0-9_-]{{32}})>")


async def say(server: Server, member: simcord.MemberActor, command: str, **options: Any) -> str:
    """Run a command of /playlist that only its sender sees the answer to, and return what that says."""
    result = await member.slash(server.channel, f"playlist {command}", **options)
    assert result.ephemeral
    return str(result.response.content or result.response.embeds[0].description)


async def make(server: Server) -> int:
    """Make a playlist of somebody who is no admin, and return its id."""
    playlists = server.bot.services.store.playlists
    return await playlists.create(server.channel.guild.id, "Chill *nights*", server.member("owner").id)


def token_in(answer: str) -> str:
    """Return the token of the one link that an answer holds."""
    (token,) = LINK.findall(answer)
    assert answer.count(PAGE) == 1
    return str(token)


async def test_an_admin_publishes_a_playlist_and_gets_the_same_link_again(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(web=True, web_url=PAGE) as server:
        chill, admin, other = await make(server), server.admin("ann"), server.admin("bob")
        told = await say(server, admin, "publish", playlist="chill *NIGHTS*")
        token = token_in(told)
        await server.restart()
        again = await say(server, other, "publish", playlist="Chill *nights*")
        assert await server.bot.services.store.publications.playlist_of(token) == chill
    assert again == told
    assert r"**Chill \*nights\***" in told
    assert "titles, genres, votes and pictures" in told
    assert "does not show who added or voted" in told
    assert "you can pass it on" in told
    assert "`/playlist unpublish` ends the link at once" in told


@pytest.mark.parametrize("command", ["publish", "unpublish"])
async def test_who_is_no_admin_neither_publishes_nor_unpublishes(command: str, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(web=True, web_url=PAGE) as server:
        chill = await make(server)
        publications = server.bot.services.store.publications
        token = await publications.publish(chill) if command == "unpublish" else None
        owner = server.member("bob")
        refused = await say(server, owner, command, playlist="Chill *nights*")
        assert server.failures() == [NotAnAdmin]
        assert await publications.token_of(chill) == token
    assert "Only members with the permission Manage Server" in refused
    assert PAGE not in refused


@pytest.mark.parametrize("missing", [{"web_url": PAGE}, {"web": True}, {}], ids=["off", "no-address", "neither"])
async def test_without_a_page_nothing_is_published_and_the_admin_knows_whom_to_ask(
    missing: dict[str, object], open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server(**missing) as server:
        chill, admin = await make(server), server.admin()
        publications = server.bot.services.store.publications
        refused = await say(server, admin, "publish", playlist="Chill *nights*")
        assert server.failures() == [NoPublicPage]
        assert await publications.token_of(chill) is None
        # What was published while there was a page can be ended: there may be one again.
        await publications.publish(chill)
        ended = await say(server, admin, "unpublish", playlist="Chill *nights*")
        assert await publications.token_of(chill) is None
    assert "Ask whoever runs me" in refused
    assert "`GENREBOT_WEB=1`" in refused
    assert "`GENREBOT_WEB_URL`" in refused
    assert "not published any more" in ended


async def test_a_link_ends_at_once_and_stays_dead(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(web=True, web_url=f"{PAGE}/") as server:
        chill, admin = await make(server), server.admin()
        publications = server.bot.services.store.publications
        nothing = await say(server, admin, "unpublish", playlist="Chill *nights*")
        token = token_in(await say(server, admin, "publish", playlist="Chill *nights*"))
        ended = await say(server, admin, "unpublish", playlist="Chill *nights*")
        with pytest.raises(NoSuchPlaylist):
            await publications.playlist_of(token)
        new = token_in(await say(server, admin, "publish", playlist="Chill *nights*"))
        with pytest.raises(NoSuchPlaylist):
            await publications.playlist_of(token)
        assert await publications.playlist_of(new) == chill
    assert "is not published, so there is no link" in nothing
    assert "Its link is dead and stays so" in ended
    assert new != token


async def test_the_link_of_a_deleted_playlist_is_dead(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(web=True, web_url=PAGE) as server:
        admin = server.admin()
        await make(server)
        token = token_in(await say(server, admin, "publish", playlist="Chill *nights*"))
        await admin.slash(server.channel, "playlist delete", playlist="Chill *nights*")
        with pytest.raises(NoSuchPlaylist):
            await server.bot.services.store.publications.playlist_of(token)
        refused = await say(server, admin, "publish", playlist="Chill *nights*")
        assert server.failures() == [NoSuchPlaylist]
    assert "no such playlist" in refused


async def test_a_server_that_the_bot_was_removed_from_is_read_by_nobody(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(web=True, web_url=PAGE) as server:
        await make(server)
        token = token_in(await say(server, server.admin(), "publish", playlist="Chill *nights*"))
        await server.bot.services.store.servers.left(server.channel.guild.id)
        with pytest.raises(NoSuchPlaylist):
            await server.bot.services.store.publications.playlist_of(token)


@pytest.mark.parametrize(
    ("locale", "command"),
    [
        ("de", "/playlist zurückziehen"),
        ("es-ES", "/playlist despublicar"),
        ("fr", "/playlist dépublier"),
        ("pt-BR", "/playlist despublicar"),
        ("ja", "/プレイリスト 公開停止"),
    ],
)
async def test_the_link_stands_in_every_language(
    locale: str, command: str, open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, locale)
    async with open_knowing_server(web=True, web_url=PAGE) as server:
        await make(server)
        told = await say(server, server.admin(), "publish", playlist="Chill *nights*")
    assert token_in(told)
    assert f"`{command}`" in told
