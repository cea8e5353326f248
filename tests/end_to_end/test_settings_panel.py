"""The admins' panel: what the bot does in a channel, what it may do there, and who may change it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import discord
import pytest

from bot.errors import NotAnAdmin, WrongChannel
from bot.store.channels import ListeningMode

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]


def admin(server: Any, name: str = "admin") -> Any:
    guild = server.channel.guild
    role = guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(server.env.create_user(name), roles=[role])


def fields(response: Any) -> dict[str, str]:
    return {field.name: field.value for field in response.embeds[0].fields}


def mode(server: Any, channel: Any = None) -> tuple[str, bool] | None:
    setting = server.bot.services.store.channels.mode((channel or server.channel).id)
    return None if setting is None else (setting.mode.value, setting.links)


async def choose(member: Any, panel: Any, choice: str) -> Any:
    """Choose what to do with what is dropped into the channel of a panel."""
    return await member.select(panel, [choice], custom_id=panel.components[0]["components"][0]["custom_id"])


async def test_an_admin_switches_a_channel_on_changes_it_and_off_again(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        panel = (await boss.slash(server.channel, "genre-settings")).response
        ephemeral = panel.ephemeral
        seen = [(mode(server), fields(panel)["Audio that is dropped here"])]
        for choice in ("reply", "thread", "reaction"):
            await choose(boss, panel, choice)
            seen.append((mode(server), fields(panel)["Audio that is dropped here"]))
        await boss.click(panel, label="Take links, too")
        seen.append((mode(server), fields(panel)["Audio that is dropped here"]))
        await choose(boss, panel, "reply")
        kept = mode(server)
        await boss.click(panel, label="Leave links alone")
        without = mode(server)
        await choose(boss, panel, "off")
        off = mode(server)
    assert ephemeral
    assert [found for found, _ in seen] == [
        None,
        ("reply", False),
        ("thread", False),
        ("reaction", False),
        ("reaction", True),
    ]
    assert seen[0][1] == "I leave it alone."
    assert seen[-1][1].endswith("Links to tracks count, too.")
    assert kept == ("reply", True)
    assert without == ("reply", False)
    assert off is None


async def test_the_panel_is_for_another_channel_too_and_names_the_others(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        other = server.channel.guild.create_text_channel("songs")
        panel = (await boss.slash(server.channel, "genre-settings", channel=other)).response
        await choose(boss, panel, "thread")
        title = panel.embeds[0].title
        here = (await boss.slash(server.channel, "genre-settings")).response
    assert title == "Genre Bot in #songs"
    assert mode(server) is None
    assert fields(here)["Other channels where I am switched on"] == f"<#{other.id}>"


async def test_the_panel_works_after_a_restart(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        panel = (await boss.slash(server.channel, "genre-settings")).response
        await server.restart()
        await choose(boss, panel, "reaction")
        await boss.click(panel, label="Take links, too")
        assert mode(server) == ("reaction", True)
        await server.restart()
        assert mode(server) == ("reaction", True)


async def test_an_admin_chooses_how_many_votes_settle_a_genre_for_the_whole_server(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        servers, guild = server.bot.services.store.servers, server.channel.guild.id
        panel = (await boss.slash(server.channel, "genre-settings")).response
        told = [fields(panel)["When members' votes count more than my ear"]]
        menu = f"genre-bot:settings-votes:{server.channel.id}"
        await server.restart()
        for choice in ("1", "20"):
            await boss.select(panel, [choice], custom_id=menu)
            told.append(fields(panel)["When members' votes count more than my ear"])
        (shown,) = [part for row in panel.components for part in row["components"] if part["custom_id"] == menu]
        needed = await servers.votes_needed(guild)
        backend = server.env.backend
        role = next(role for role in server.channel.guild.roles.values() if role.name == "admins")
        backend.edit_role(guild, role.id, {"permissions": 0})
        refused = await boss.select(panel, ["3"], custom_id=menu)
        kept = await servers.votes_needed(guild)
    assert ["3 members" in told[0], "one member" in told[1], "20 members" in told[2]] == [True] * 3
    assert [option["label"] for option in shown["options"]][:2] == [
        "One member is enough",
        "2 members have to agree on a genre",
    ]
    assert (needed, kept) == (20, 20)
    assert refused.response.embeds[0].description == str(NotAnAdmin())


async def test_each_missing_permission_is_named_as_discord_names_it(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        guild = server.channel.guild
        denied = discord.PermissionOverwrite(
            add_reactions=False, create_public_threads=False, embed_links=False, read_message_history=False
        )
        channel = guild.create_text_channel("strict", overwrites={guild.default_role: denied})
        panel = (await admin(server).slash(server.channel, "genre-settings", channel=channel)).response
        open_panel = (await admin(server, "other").slash(server.channel, "genre-settings")).response
    may = fields(panel)["What I may do here"].splitlines()
    assert may[0] == "❌ Answering commands: give me **Embed Links**"
    assert "❌ Replying to dropped files: give me **Embed Links, Read Message History**" in may
    assert "❌ A thread for each dropped file: give me **Create Public Threads**" in may
    assert "❌ Reacting to dropped files: give me **Add Reactions, Read Message History**" in may
    assert all(line.startswith("✅") for line in fields(open_panel)["What I may do here"].splitlines())


async def test_the_panel_says_what_the_missing_intent_costs(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        panel = (await admin(server).slash(server.channel, "genre-settings")).response
    assert "Message Content Intent" in fields(panel)["Audio that is dropped here"]


async def test_a_member_who_is_no_admin_changes_nothing(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        guild = server.channel.guild
        ann = server.member("ann")
        # As where a server lets everybody use the command, in Discord's own list of integrations.
        (command,) = [found for found in await server.bot.tree.fetch_commands() if found.name == "genre-settings"]
        guild.set_command_permissions(command, {guild.default_role: True})
        asked = await ann.slash(server.channel, "genre-settings")
        assert server.failures() == [NotAnAdmin]
    assert asked.response.embeds[0].description == str(NotAnAdmin())
    assert asked.ephemeral


async def test_who_was_an_admin_when_the_panel_opened_may_not_be_one_when_it_is_used(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        panel = (await boss.slash(server.channel, "genre-settings")).response
        role = next(role for role in server.channel.guild.roles.values() if role.name == "admins")
        backend = server.env.backend
        backend.edit_role(server.channel.guild.id, role.id, {"permissions": 0})
        click = await choose(boss, panel, "reply")
    assert click.response.embeds[0].description == str(NotAnAdmin())
    assert mode(server) is None


async def test_a_channel_of_another_server_is_refused(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        boss = admin(server)
        elsewhere = server.env.create_guild("Elsewhere").create_text_channel("music")
        panel = (await boss.slash(server.channel, "genre-settings")).response
        # A button that names a channel of another server, as a modified client would send it.
        forged = [
            {**row, "components": [{**part, "custom_id": f"genre-bot:settings-mode:{elsewhere.id}"}]}
            for row in panel.components[:1]
            for part in row["components"]
        ]
        server.env.backend.edit_message(panel.channel_id, panel.id, {"components": forged})
        click = await choose(boss, panel, "reply")
    assert click.response.embeds[0].description == str(WrongChannel())
    assert mode(server, elsewhere) is None


@pytest.mark.parametrize("kind", ["create_voice_channel", "create_news_channel"])
async def test_other_channels_in_which_people_write_can_be_chosen(kind: str, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        channel = getattr(server.channel.guild, kind)("other")
        boss = admin(server)
        panel = (await boss.slash(server.channel, "genre-settings", channel=channel)).response
        await choose(boss, panel, "reply")
        assert mode(server, channel) == (ListeningMode.REPLY.value, False)
