"""Discord takes the names and descriptions of all commands, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from discord import Locale

from bot.client import GenreBot
from bot.commands.sync import tree_digest
from bot.game.host import GameHost
from bot.jobs.runner import JobRunner
from bot.services import Services
from bot.settings import Settings
from bot.texts.catalogue import DISCORD_LOCALES
from bot.texts.command_names import CommandTranslator, told

LOCALES = ("en-US", *DISCORD_LOCALES)

MESSAGE_COMMAND = 3

SLASH_NAME = re.compile(r"[-_'\w]{1,32}")
"""Discord's own pattern; capitals are not allowed where the script has small letters."""

LONGEST_COMMAND = 8000
"""Most characters of a command's names and descriptions together; of each, the longest language counts."""

Payload = dict[str, Any]


@pytest.fixture
async def bot(monkeypatch: pytest.MonkeyPatch) -> GenreBot:
    """The bot as it is just before it tells Discord of its commands; it is never connected."""

    async def told_already(*_: object, **__: object) -> bool:
        return False

    monkeypatch.setattr("bot.client.sync_if_changed", told_already)
    monkeypatch.setattr(GenreBot, "application_id", 1)
    monkeypatch.setattr(JobRunner, "wake", lambda _: None)
    monkeypatch.setattr(GameHost, "wake", lambda _: None)
    unused: Any = None
    services = Services(
        settings=Settings(_env_file=None),
        analyzer=unused,
        store=unused,
        fetch=unused,
        links=unused,
        clip_folder=unused,
        facts=unused,
    )
    bot = GenreBot(services)
    await bot.setup_hook()
    return bot


@pytest.fixture
async def commands(bot: GenreBot) -> list[Payload]:
    """Everything that Discord is told of the commands."""
    translator = CommandTranslator()
    payloads = [await command.get_translated_payload(bot.tree, translator) for command in bot.tree.get_commands()]
    assert len(payloads) >= 6
    return payloads


def in_language(part: Payload, what: str, locale: str) -> str:
    """Return the name or the description of a command, sub-command or parameter as a member reads it."""
    return str((part.get(f"{what}_localizations") or {}).get(locale, part[what]))


def parts(commands: list[Payload]) -> Iterator[Payload]:
    """Yield all commands, sub-commands and parameters."""
    for command in commands:
        yield command
        yield from parts(command.get("options", []))


@pytest.mark.parametrize("locale", LOCALES)
def test_names_are_such_as_discord_takes(commands: list[Payload], locale: str) -> None:
    for part in parts(commands):
        name = in_language(part, "name", locale)
        if part in commands and part["type"] == MESSAGE_COMMAND:
            assert 1 <= len(name) <= 32
            assert name == name.strip()
        else:
            assert SLASH_NAME.fullmatch(name), name
            assert name == name.lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_descriptions_are_such_as_discord_takes(commands: list[Payload], locale: str) -> None:
    for part in parts(commands):
        if part in commands and part["type"] == MESSAGE_COMMAND:
            continue
        assert 1 <= len(in_language(part, "description", locale)) <= 100


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_commands_and_no_two_of_their_parts_have_one_name(commands: list[Payload], locale: str) -> None:
    levels = [commands, *(part["options"] for part in parts(commands) if part.get("options"))]
    for level in levels:
        names = [in_language(part, "name", locale) for part in level]
        assert len(set(names)) == len(names)


def test_no_command_says_more_than_discord_takes(commands: list[Payload]) -> None:
    for command in commands:
        longest = sum(
            max(len(in_language(part, what, locale)) for locale in LOCALES)
            for part in parts([command])
            for what in ("name", "description")
            if what in part
        )
        assert longest <= LONGEST_COMMAND


@pytest.mark.parametrize("locale", DISCORD_LOCALES)
def test_whatever_a_command_is_for_is_said_in_every_language(commands: list[Payload], locale: str) -> None:
    english = [
        part["name"]
        for part in parts(commands)
        if part.get("description") and in_language(part, "description", locale) == part["description"]
    ]
    assert english == []
    menu = [command for command in commands if command["type"] == MESSAGE_COMMAND]
    assert [in_language(command, "name", locale) for command in menu] != [command["name"] for command in menu]


def test_discord_is_told_of_no_language_that_there_is_no_file_of(commands: list[Payload]) -> None:
    locales = {
        locale
        for part in parts(commands)
        for what in ("name", "description")
        for locale in part.get(f"{what}_localizations") or {}
    }
    assert locales == set(DISCORD_LOCALES)


async def test_a_text_that_is_the_same_in_a_language_is_left_to_english() -> None:
    context: Any = None
    translate = CommandTranslator().translate
    assert await translate(told("command-genre"), Locale.spain_spanish, context) == "género"
    assert await translate(told("command-genre"), Locale.german, context) is None
    assert await translate(told("command-genre"), Locale.italian, context) is None


async def test_a_change_of_any_language_is_a_change_of_the_commands(
    bot: GenreBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await tree_digest(bot.tree)
    assert await tree_digest(bot.tree) == before

    async def shout(self: CommandTranslator, string: Any, locale: Locale, _: object) -> str | None:
        return f"{string.message}!" if locale is Locale.japanese else None

    monkeypatch.setattr(CommandTranslator, "translate", shout)
    assert await tree_digest(bot.tree) != before
