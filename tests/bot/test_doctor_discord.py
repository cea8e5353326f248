"""The doctor's look at Discord: the token, the intents and the permissions, asked of a stand-in."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import discord
import pytest

from bot.application import Application
from bot.doctor import account
from bot.doctor.account import MOST_SERVERS, check_intents, check_permissions, check_token
from bot.doctor.finding import Level
from bot.permissions import invite_permissions, invite_url
from tests.bot.doctors import assert_advice, assert_ok, assert_problem, assert_skipped
from tests.loopback_discord import TOKEN, LoopbackDiscord

APPLICATION = Application(1000, "genre-bot", may_read_messages=True, is_public=False, for_users=None, servers=None)
ALL = invite_permissions()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackDiscord]:
    with LoopbackDiscord().running() as server:
        monkeypatch.setattr("discord.http.Route.BASE", f"{server.url}/api")
        yield server


def join(server: LoopbackDiscord, name: str, permissions: discord.Permissions) -> None:
    number = 3000 + len(server.servers)
    server.servers.append({"id": str(number), "name": name, "permissions": str(permissions.value)})


def without(*names: str) -> discord.Permissions:
    permissions = invite_permissions()
    permissions.update(**dict.fromkeys(names, False))
    return permissions


# The token


def test_a_token_that_is_accepted_is_told_with_its_application(server: LoopbackDiscord) -> None:
    server.application |= {
        "name": "Ears\u202e\n[bold]",
        "bot_public": True,
        "approximate_guild_count": 7,
        "integration_types_config": {"0": {}, "1": {}},
    }
    application, finding = check_token(TOKEN)
    assert application is not None
    assert_ok(
        finding,
        says="accepted: Ears [bold] (in about 7 servers, anybody may add it to a server, people may install it",
    )
    assert TOKEN not in str(finding)


def test_a_private_application_says_who_may_add_it(server: LoopbackDiscord) -> None:
    _, finding = check_token(TOKEN)
    assert_ok(finding, says="accepted: genre-bot (only its owner may add it to a server)")


def test_a_token_that_is_refused_is_a_problem_and_not_told(server: LoopbackDiscord) -> None:
    application, finding = check_token("of-another-bot")
    assert application is None
    assert_problem(finding, says="Discord refuses it", advises="Reset Token")
    assert "of-another-bot" not in str(finding)


def test_no_token_is_told_without_a_question_to_discord(server: LoopbackDiscord) -> None:
    application, finding = check_token(None)
    assert application is None
    assert_advice(finding, says="none is set", advises="discord.com/developers/applications")
    assert server.requests == []


def test_a_discord_that_is_out_of_order_does_not_listen_or_refuses_is_a_problem(
    server: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.login_status = 503
    assert_problem(check_token(TOKEN)[1], says="cannot be reached", advises="discordstatus.com")
    server.login_status = 403
    assert_problem(check_token(TOKEN)[1], says="does not answer the question", advises="try again")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr("discord.http.Route.BASE", f"http://127.0.0.1:{nobody.getsockname()[1]}/api")
        assert_problem(check_token(TOKEN)[1], says="cannot be reached", advises="Check the network")


def test_a_discord_that_does_not_answer_is_not_waited_for(
    server: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.login_hangs = True
    monkeypatch.setattr(account, "ANSWER_SECONDS", 0.3)
    application, finding = check_token(TOKEN)
    assert application is None
    assert_problem(finding, says="did not answer within 0.3 s", advises="try again")


# The intents


@pytest.mark.parametrize("flags", [1 << 18, 1 << 19])
def test_the_intent_is_on(server: LoopbackDiscord, flags: int) -> None:
    server.application["flags"] = flags
    assert_ok(check_intents(check_token(TOKEN)[0]), says="switched on")


def test_what_is_off_without_the_intent_is_told(server: LoopbackDiscord) -> None:
    finding = check_intents(check_token(TOKEN)[0])
    assert_advice(finding, says="audio dropped into a channel is not answered", advises="Message Content Intent")
    assert "applications/1000/bot" in str(finding.what_to_do)


def test_without_an_application_nothing_more_is_asked(server: LoopbackDiscord) -> None:
    for finding in (check_intents(None), *check_permissions(TOKEN, None), *check_permissions(None, None)):
        assert_skipped(finding, says="not looked at", advises="See to the Discord token first")
    assert server.requests == []


# The permissions


def test_servers_in_which_nothing_is_lacking_share_a_line(server: LoopbackDiscord) -> None:
    join(server, "Music", ALL)
    join(server, "Ours", discord.Permissions(administrator=True))
    (finding,) = check_permissions(TOKEN, APPLICATION)
    assert_ok(finding, says="nothing is lacking in 2 of 2 servers")


def test_what_a_server_lacks_is_named_as_discord_names_it_and_for_what(server: LoopbackDiscord) -> None:
    join(server, "Music", ALL)
    join(server, "No \u202e*answers*", without("embed_links", "attach_files"))
    join(server, "No reactions", without("add_reactions"))
    answers, reactions, others = check_permissions(TOKEN, APPLICATION)
    assert_problem(
        answers,
        says="“No *answers*” lacks Embed Links, Attach Files, for answering commands, replying to dropped files",
        advises=invite_url(1000),
    )
    assert_advice(
        reactions,
        says="“No reactions” lacks Add Reactions, for reacting to dropped files",
        advises="Server Settings > Roles",
    )
    assert_ok(others, says="1 of 3")


def test_a_bot_that_is_in_no_server_gets_its_invitation(server: LoopbackDiscord) -> None:
    (finding,) = check_permissions(TOKEN, APPLICATION)
    assert_advice(finding, says="in no server yet", advises=invite_url(1000))


def test_no_more_than_some_servers_are_looked_at(server: LoopbackDiscord) -> None:
    for number in range(MOST_SERVERS + 5):
        join(server, f"Music {number}", discord.Permissions.none())
    findings = check_permissions(TOKEN, APPLICATION)
    assert [finding.level for finding in findings] == [Level.PROBLEM] * MOST_SERVERS
