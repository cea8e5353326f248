"""The real bot as a process of its own: it answers, it says why it cannot start, and it stops cleanly."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.health import is_healthy
from bot.store.database import open_store
from tests.bot.stores import ANSWER, ONE, Calendar, address
from tests.loopback_discord import DEAF

SHUTTING_DOWN = "I am being restarted. Please send the clip again in a minute."
DOWNLOAD_FAILED = "I could not fetch the file from Discord. Please upload it again."
GUILDS, GUILD_MESSAGES, GUILD_REACTIONS, DIRECT_MESSAGES, MESSAGE_CONTENT = (1 << bit for bit in (0, 9, 10, 12, 15))
ALWAYS = GUILDS | GUILD_MESSAGES | GUILD_REACTIONS | DIRECT_MESSAGES
"""Intents, by the bits of Discord's documentation."""
MESSAGE_CONTENT_LIMITED = 1 << 19
"""The application's flag where the Message Content intent is switched on without having been verified."""
NOTHING: tuple[list[str], list[str]] = ([], [])


@pytest.fixture
def song(encode: Any, make_song: Any) -> bytes:
    return encode(make_song(5.0), "song.flac").read_bytes()


# A bot that runs


def test_a_slash_command_is_deferred_first_and_then_answered_with_bars(online: Any, song: bytes) -> None:
    attachment = online.discord.attachment(song, filename="my *song*.flac")
    token = online.discord.slash(online.bot, attachment, genres=4)
    embed = online.discord.wait_for_embed(online.bot, token)

    deferral, *progress, answer = online.discord.replies(token)
    assert deferral.method == "POST"
    assert deferral.body["type"] == 5
    assert {reply.method for reply in (*progress, answer)} == {"PATCH"}
    assert answer.body["embeds"] == [embed]
    bars = embed["description"].split("```")[1].strip().splitlines()
    assert len(bars) == 4
    assert all(line.endswith("%") for line in bars)
    assert r"my \\*song\\*.flac" in str(embed["fields"])


def test_without_the_intent_at_discord_the_content_of_messages_is_not_asked_for(online: Any) -> None:
    assert {identify["intents"] for identify in online.discord.identifies} == {ALWAYS}
    (line,) = (line for line in online.bot.stderr.splitlines() if "Message Content" in line)
    assert "audio dropped into a channel is not answered by itself" in line


def test_with_the_intent_at_discord_the_content_of_messages_is_asked_for(discord: Any, start_bot: Any) -> None:
    discord.application["flags"] = MESSAGE_CONTENT_LIMITED
    bot = start_bot(discord.url, deaf=True)
    discord.wait_until_connected(bot)
    (identify,) = discord.identifies
    assert identify["intents"] == ALWAYS | MESSAGE_CONTENT
    assert "Message Content" not in bot.stderr


def test_health_says_connected_while_the_bot_is(online: Any) -> None:
    online.bot.wait_until_healthy()
    answer = online.bot.run("health")
    assert (answer.stdout, answer.returncode) == ("connected\n", 0)


def test_a_bot_that_lost_its_connection_is_unhealthy_until_it_has_it_back(online: Any, song: bytes) -> None:
    online.bot.wait_until_healthy()
    online.discord.refuses_gateway = True
    try:
        online.discord.close_gateway(1012)
        online.bot.wait_until_unhealthy()
        assert online.bot.run("health").returncode == 8
    finally:
        online.discord.refuses_gateway = False
    online.discord.wait_until_connected(online.bot)
    online.bot.wait_until_healthy()
    assert "```" in online.ask(online.discord.attachment(song))["description"]


@pytest.mark.parametrize(
    ("served", "sentence"),
    [
        pytest.param({"status": 404}, DOWNLOAD_FAILED, id="gone"),
        pytest.param({"cut_after": 1000}, DOWNLOAD_FAILED, id="cut off"),
        pytest.param(
            {"size": 1000, "data": bytes(3_000_001)},
            "The file is larger than the limit of 3 MB. Send a shorter excerpt or a compressed format.",
            id="larger than it claims",
        ),
    ],
)
def test_an_attachment_that_cannot_be_had_gets_its_sentence_and_harms_nothing(
    online: Any, song: bytes, served: dict[str, Any], sentence: str
) -> None:
    online.bot.wait_until_healthy()
    embed = online.ask(online.discord.attachment(**{"data": song, **served}))
    assert embed["description"] == sentence
    # Nothing but the lock that the folder for clips is held by.
    assert [path.name for path in online.bot.temporary.rglob("*") if path.is_file()] == ["lock"]
    assert is_healthy(online.bot.health_file)
    assert "```" in online.ask(online.discord.attachment(song))["description"]


def test_a_start_forgets_the_analyses_that_are_too_old_or_too_many(
    discord: Any, start_bot: Any, tmp_path: Path
) -> None:
    async def remember() -> None:
        calendar = Calendar()
        async with open_store(address(tmp_path / "bot" / "bot.sqlite3"), clock=calendar) as store:
            calendar.now = datetime.now(UTC) - timedelta(days=8)
            await store.analyses.remember(ONE, "of last week", ANSWER)
            calendar.move(days=7)
            for number in range(101):
                await store.analyses.remember(ONE, str(number), ANSWER)

    asyncio.run(remember())
    bot = start_bot(discord.url, GENREBOT_KEEP_DAYS="7", GENREBOT_CACHE_ENTRIES="100")
    bot.wait_for_output("old analyses forgotten: 2")
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0
    assert bot.leftovers() == NOTHING
    assert "Traceback" not in bot.stderr
    assert not list((tmp_path / "bot").glob("bot.sqlite3-*"))


def test_no_secret_is_written_however_much_is_told(discord: Any, start_bot: Any, song: bytes) -> None:
    bot = start_bot(discord.url, GENREBOT_LOG_LEVEL="DEBUG", GENREBOT_LOG_FORMAT="json")
    token = discord.slash(bot, discord.attachment(song))
    discord.wait_for_embed(bot, token)
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0
    # Whoever writes, libraries too, writes whole lines of this form.
    lines = [json.loads(line) for line in bot.stderr.splitlines()]
    assert {"discord.http", "discord.gateway", "discord.webhook.async_"} <= {line["logger"] for line in lines}
    assert [line["outcome"] for line in lines if line["event"] == "job"] == ["answered"]
    assert bot.environment["DISCORD_TOKEN"] not in bot.stderr
    assert token not in bot.stderr


@pytest.mark.parametrize(
    ("setting", "refusal"),
    [
        ("GENREBOT_MEMBER_COOLDOWN=3600", "I take the next clip in"),
        ("GENREBOT_SERVER_COOLDOWN=3600", "I take the next clip in"),
        ("GENREBOT_JOBS_PER_SERVER=1", "This server already has 1 clip under way."),
    ],
)
def test_the_operator_limits_what_members_and_servers_may_send(
    discord: Any, start_bot: Any, song: bytes, setting: str, refusal: str
) -> None:
    name, _, value = setting.partition("=")
    discord.add_bot_to_guild()
    bot = start_bot(discord.url, deaf=True, **{name: value})
    # It is fetched until the bot stops.
    discord.slash(bot, discord.attachment(song, stalls=True))
    discord.wait_for(discord.downloads, bot=bot, what="a download")
    other = {} if name == "GENREBOT_MEMBER_COOLDOWN" else {"member": 2001}
    refused = discord.slash(bot, discord.attachment(song), **other)
    assert refusal in discord.wait_for_embed(bot, refused)["description"]


# A bot that is told to stop


def test_sigterm_lets_a_running_job_finish_and_refuses_new_ones(
    discord: Any, start_bot: Any, decoder: Any, song: bytes
) -> None:
    bot = start_bot(discord.url, **decoder.settings)
    running = discord.slash(bot, discord.attachment(song))
    decoder.wait_until_entered(bot)
    bot.wait_until_healthy()

    bot.signal(signal.SIGTERM)
    bot.wait_for_output("stopping")
    late = discord.slash(bot, discord.attachment(song), member=2001)
    assert discord.wait_for_embed(bot, late)["description"] == SHUTTING_DOWN
    assert discord.embeds(running) == []

    decoder.release()
    assert bot.wait() == 0
    assert "```" in discord.embeds(running)[0]["description"]
    assert bot.leftovers() == NOTHING
    assert not bot.health_file.exists()
    answer = bot.run("health")
    assert (answer.stdout, answer.returncode) == ("not connected\n", 8)


def test_what_does_not_finish_in_time_is_ended_and_its_members_are_told(
    discord: Any, start_bot: Any, decoder: Any, song: bytes
) -> None:
    bot = start_bot(discord.url, GENREBOT_SHUTDOWN_GRACE="0.5", **decoder.settings)
    decoding = discord.slash(bot, discord.attachment(song))
    decoder.wait_until_entered(bot)
    waiting = discord.slash(bot, discord.attachment(song), member=2001)
    downloading = discord.slash(bot, discord.attachment(song, stalls=True), member=2002)
    discord.wait_for(lambda: len(discord.downloads()) == 3, bot=bot, what="three downloads")

    bot.signal(signal.SIGTERM)
    for token in (decoding, waiting, downloading):
        assert discord.wait_for_embed(bot, token)["description"] == SHUTTING_DOWN
    assert bot.wait() == 0
    assert bot.leftovers() == NOTHING
    assert "Traceback" not in bot.stderr


def test_ctrl_c_lets_a_running_job_finish_and_a_restart_does_not_sync_again(
    discord: Any, start_bot: Any, decoder: Any, encode: Any, make_song: Any
) -> None:
    def stop_during_a_job(interrupt: Callable[[Any], None], song: bytes) -> None:
        bot = start_bot(discord.url, **decoder.settings)
        token = discord.slash(bot, discord.attachment(song))
        decoder.wait_until_entered(bot)
        interrupt(bot)
        bot.wait_for_output("stopping")
        decoder.release()
        assert bot.wait() == 0
        assert "```" in discord.embeds(token)[0]["description"]
        assert bot.leftovers() == NOTHING
        assert "Traceback" not in bot.stderr
        discord.wait_until_disconnected()

    first = encode(make_song(5.0), "first.flac").read_bytes()
    stop_during_a_job(lambda bot: bot.signal(signal.SIGINT), first)
    (sync,) = discord.syncs()
    assert {"genre", "Classify genre"} <= {command["name"] for command in sync.body}
    # The first one would be answered from memory.
    other = encode(make_song(6.0), "other.flac").read_bytes()
    stop_during_a_job(lambda bot: bot.signal_group(signal.SIGINT), other)
    assert discord.syncs() == [sync]


def test_a_second_ctrl_c_does_not_wait_for_the_job(discord: Any, start_bot: Any, decoder: Any, song: bytes) -> None:
    bot = start_bot(discord.url, GENREBOT_SHUTDOWN_GRACE="600", **decoder.settings)
    discord.slash(bot, discord.attachment(song))
    decoder.wait_until_entered(bot)
    bot.signal_group(signal.SIGINT)
    bot.wait_for_output("stopping")
    bot.signal_group(signal.SIGINT)
    assert bot.wait() != 0
    assert bot.leftovers() == NOTHING
    assert "Traceback" not in bot.stderr


def test_sigterm_while_the_model_loads_ends_the_start(discord: Any, start_bot: Any) -> None:
    bot = start_bot(discord.url)
    bot.wait_for_output("loading the model")
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0
    assert discord.requests == []
    assert bot.leftovers() == NOTHING
    assert "Traceback" not in bot.stderr


@pytest.mark.parametrize("answered", [pytest.param(0, id="the question"), pytest.param(1, id="the client")])
def test_sigterm_ends_a_login_that_is_not_answered(discord: Any, start_bot: Any, answered: int) -> None:
    discord.login_hangs = True
    discord.logins_before_hanging = answered
    bot = start_bot(discord.url, deaf=True)
    discord.wait_for(lambda: len(discord.logins()) > answered, bot=bot, what="a login")
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0
    assert bot.leftovers() == NOTHING
    assert "Traceback" not in bot.stderr


# A bot that cannot start


@pytest.fixture(scope="module")
def failed_starts(
    discord_server: Any, new_bot: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Start all of them at once; those that fail for what Discord says fail with no model loaded, but for one."""
    folder = tmp_path_factory.mktemp("failed-starts")
    (folder / "file").write_text("not a folder")
    with ExitStack() as resources:
        working = resources.enter_context(discord_server().running())
        failing = resources.enter_context(discord_server(login_status=503).running())
        switching_off = resources.enter_context(
            discord_server(application={"flags": MESSAGE_CONTENT_LIMITED}, closes_with=4014).running()
        )
        withdrawing = resources.enter_context(discord_server(closes_with=4004).running())
        # Bound but not listening: every connection is refused, and nobody else can take the port.
        nobody = resources.enter_context(socket.socket())
        nobody.bind(("127.0.0.1", 0))
        starts = {
            "wrong token": (working.url, {"DISCORD_TOKEN": "of-another-bot", "GENREBOT_LOG_LEVEL": "DEBUG"}),
            "withdrawn token": (withdrawing.url, {DEAF: "1", "GENREBOT_LOG_LEVEL": "DEBUG"}),
            "withdrawn intent": (switching_off.url, {DEAF: "1"}),
            "nobody listens": (f"http://127.0.0.1:{nobody.getsockname()[1]}", {DEAF: "1"}),
            "outage": (failing.url, {DEAF: "1", "GENREBOT_LOG_LEVEL": "DEBUG"}),
            "no model": (working.url, {"GENREBOT_MODEL_DIR": str(folder / "no-model")}),
            "no database": (working.url, {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/file/bot.sqlite3"}),
            "health file": (working.url, {"GENREBOT_HEALTH_FILE": str(folder / "file" / "alive")}),
            "bad setting": (working.url, {"GENREBOT_WORKERS": "many"}),
            "open to all": (working.url, {"GENREBOT_WEB": "1", "GENREBOT_WEB_HOST": "0.0.0.0"}),
        }
        bots = {}
        for name, (url, settings) in starts.items():
            bots[name] = new_bot(folder / name.replace(" ", "-"), url, settings)
            resources.callback(bots[name].end)
        yield bots


@pytest.mark.parametrize(
    ("start", "status", "sentence"),
    [
        ("wrong token", 4, "Discord refuses this token"),
        ("withdrawn token", 4, "Discord refuses this token"),
        ("withdrawn intent", 7, "the Message Content intent was switched off"),
        ("nobody listens", 7, "Discord cannot be reached"),
        ("outage", 7, "Discord cannot be reached"),
        ("no model", 6, "no-model"),
        ("no database", 6, "Check DATABASE_URL"),
        ("open to all", 5, "set GENREBOT_WEB_PASSWORD"),
    ],
)
def test_a_start_that_fails_ends_with_one_sentence_and_its_own_status(
    failed_starts: dict[str, Any], start: str, status: int, sentence: str
) -> None:
    bot = failed_starts[start]
    assert bot.wait() == status, bot.stderr
    last = bot.stderr.splitlines()[-1]
    assert last.startswith("genre-bot: ")
    assert sentence in last
    assert bot.stderr.count("genre-bot: ") == 1
    assert "Traceback" not in bot.stderr
    assert bot.environment["DISCORD_TOKEN"] not in bot.stderr
    assert bot.leftovers() == NOTHING


@pytest.mark.parametrize(
    ("start", "problem"),
    [("bad setting", "GENREBOT_WORKERS is 'many'"), ("health file", "GENREBOT_HEALTH_FILE is ")],
)
def test_a_setting_that_cannot_be_used_is_named_with_status_5(
    failed_starts: dict[str, Any], start: str, problem: str
) -> None:
    bot = failed_starts[start]
    assert bot.wait() == 5, bot.stderr
    heading, line, hint = bot.stderr.splitlines()[-3:]
    assert heading == "genre-bot: Some settings cannot be used:"
    assert line.strip().startswith(problem)
    assert ".env.example" in hint
    assert "Traceback" not in bot.stderr
    assert bot.leftovers() == NOTHING
