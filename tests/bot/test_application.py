"""What Discord says of the application, asked of a stand-in for Discord."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.application import named_discord_failures, read_application, read_servers
from bot.errors import BadToken, DiscordRefused, DiscordUnreachable
from tests.loopback_discord import TOKEN, LoopbackDiscord

MESSAGE_CONTENT, MESSAGE_CONTENT_LIMITED = 1 << 18, 1 << 19
PRESENCE, PRESENCE_LIMITED, MEMBERS = 1 << 12, 1 << 13, 1 << 14
"""Flags of an application, by the bits of Discord's documentation."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackDiscord]:
    with LoopbackDiscord().running() as server:
        monkeypatch.setattr("discord.http.Route.BASE", f"{server.url}/api")
        yield server


async def test_an_application_is_read_as_discord_describes_it(server: LoopbackDiscord) -> None:
    server.application |= {"id": "42", "name": "Ears", "bot_public": True, "approximate_guild_count": 7}
    application = await read_application(TOKEN)
    assert (application.id, application.name, application.is_public, application.servers) == (42, "Ears", True, 7)


@pytest.mark.parametrize(
    ("flags", "may"),
    [
        (0, False),
        (PRESENCE | PRESENCE_LIMITED | MEMBERS, False),
        (MESSAGE_CONTENT, True),
        (MESSAGE_CONTENT_LIMITED, True),
        (MESSAGE_CONTENT | PRESENCE, True),
    ],
)
async def test_messages_may_be_read_where_the_intent_is_switched_on(
    server: LoopbackDiscord, flags: int, may: bool
) -> None:
    server.application["flags"] = flags
    assert (await read_application(TOKEN)).may_read_messages is may


@pytest.mark.parametrize(
    ("told", "for_users"),
    [
        ({}, None),
        ({"integration_types_config": {"0": {}}}, False),
        ({"integration_types_config": {"0": {}, "1": {}}}, True),
        ({"integration_types_config": {"1": {}}}, True),
    ],
)
async def test_whether_people_may_install_it_is_known_where_discord_tells(
    server: LoopbackDiscord, told: dict[str, Any], for_users: bool | None
) -> None:
    server.application |= told
    assert (await read_application(TOKEN)).for_users is for_users


async def test_the_number_of_servers_is_unknown_where_discord_does_not_tell(server: LoopbackDiscord) -> None:
    assert (await read_application(TOKEN)).servers is None


async def test_servers_are_read_with_what_the_bot_may_do_in_them_and_no_more_than_asked_for(
    server: LoopbackDiscord,
) -> None:
    permissions = discord.Permissions(send_messages=True, embed_links=True)
    server.servers += [
        {"id": str(number), "name": f"Music {number}", "permissions": str(permissions.value)} for number in range(1, 4)
    ]
    servers = await read_servers(TOKEN, limit=2)
    assert [(each.id, each.name, each.permissions) for each in servers] == [
        (1, "Music 1", permissions),
        (2, "Music 2", permissions),
    ]


async def test_asking_leaves_no_connection_and_does_not_connect_to_the_gateway(
    server: LoopbackDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    await read_application(TOKEN)
    await read_servers(TOKEN, limit=1)
    # What was not closed would complain now, and warnings are errors here.
    gc.collect()
    assert server.gateway_connections == 0
    assert [record for record in caplog.records if record.levelname != "INFO"] == []


@pytest.mark.parametrize("ask", [read_application, lambda token: read_servers(token, limit=1)])
async def test_a_token_that_is_not_valid_is_refused(server: LoopbackDiscord, ask: Any) -> None:
    with pytest.raises(BadToken):
        await ask("of-another-bot")


@pytest.mark.parametrize(("status", "error"), [(503, DiscordUnreachable), (403, DiscordRefused)])
async def test_an_answer_that_is_none_has_its_error(
    server: LoopbackDiscord, status: int, error: type[Exception]
) -> None:
    server.login_status = status
    with pytest.raises(error):
        await read_application(TOKEN)


async def test_a_discord_that_does_not_listen_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    # Bound but not listening: every connection is refused, and nobody else can take the port.
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr("discord.http.Route.BASE", f"http://127.0.0.1:{nobody.getsockname()[1]}/api")
        with pytest.raises(DiscordUnreachable):
            await read_application(TOKEN)


def test_an_error_that_is_not_of_discord_passes_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), named_discord_failures():
        raise ZeroDivisionError
