"""What a member sees between the question and the answer, and how they put an end to it."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.analyzer import LocalAnalyzer
from bot.errors import WaitedTooLong
from bot.media.attachments import Attachment
from bot.surfaces.interaction import TOKEN_SECONDS
from bot.texts.catalogue import ENGLISH
from classifier.errors import NotAudio
from classifier.stage import Report, Stage
from classifier.workers import AnalysisWorkers, WorkerConfig

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

PATIENCE = 60.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""


class HeldWorkers:
    """Workers whose jobs are where the test says, for stages that real ones pass too fast to be caught in."""

    def __init__(self) -> None:
        self.config = WorkerConfig(Path("unused"), job_timeout=7200.0)
        self.jobs: list[tuple[Future[Any], Report]] = []
        self.taken = threading.Event()

    def submit(self, _: Path, report: Report) -> Future[Any]:
        job: Future[Any] = Future()
        self.jobs.append((job, report))
        self.taken.set()
        return job


class HeldFetch:
    """A download that ends when the test lets it go."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()

    async def __call__(self, attachment: Attachment) -> AsyncGenerator[bytes, None]:
        assert isinstance(attachment, discord.Attachment)
        await self.go_on.wait()
        yield await attachment.read()


@pytest.fixture
def song(make_song: Any, encode: Any) -> bytes:
    return encode(make_song(5), "song.ogg").read_bytes()


@pytest.fixture
def open_server(open_server: OpenServer, monkeypatch: pytest.MonkeyPatch) -> OpenServer:
    """Start the bot; the in-memory Discord waits for all that it does but for the analyses, which the test ends."""
    # The pace itself is tested with a clock of its own.
    monkeypatch.setattr("bot.progress.FIRST_AFTER_SECONDS", 0.01)
    monkeypatch.setattr("bot.progress.EDIT_EVERY_SECONDS", 0.05)

    @asynccontextmanager
    async def open_patient_server(**options: Any) -> AsyncIterator[Any]:
        async with open_server(**options) as server:
            analyze = LocalAnalyzer.analyze

            async def end_when_the_test_says(*arguments: Any, **options: Any) -> Any:
                return await server.env.external_wait(analyze(*arguments, **options), reason="a job of the test")

            monkeypatch.setattr(LocalAnalyzer, "analyze", end_when_the_test_says)
            yield server
            monkeypatch.setattr(LocalAnalyzer, "analyze", analyze)

    return open_patient_server


async def ask(server: Any, song: bytes, *, member: Any = None, **options: Any) -> Any:
    """Ask for a clip whose job does not end by itself, and return the reply."""
    result = await (member or server.member()).slash(server.channel, "genre", file=("song.ogg", song), **options)
    return result.response


def own_bytes_of(name: str) -> bytes:
    """Return bytes that nobody else sends, for workers that do not look at them."""
    return f"the clip of {name}".encode()


def message(server: Any, reply: Any) -> discord.Message | None:
    return next((message for message in server.channel.history() if message.id == reply.id), None)


async def wait_for_text(server: Any, reply: Any, text: str) -> None:
    def shown() -> str | None:
        current = message(server, reply)
        return current.content if current is not None else None

    await wait_until(lambda: shown() == text)


async def wait_until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


def buttons(message: discord.Message | None) -> list[str | None]:
    assert message is not None
    return [
        child.label
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button)
    ]


# Progress


async def test_each_stage_is_shown_and_gives_way_to_the_answer(open_server: OpenServer, song: bytes) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        reply = await ask(server, song)
        await wait_for_text(server, reply, "Fetching the clip…")
        assert buttons(message(server, reply)) == ["Cancel"]
        await wait_until(lambda: held.jobs)
        job, report = held.jobs[0]
        report(Stage.LISTENING)
        await wait_for_text(server, reply, "Listening…")
        job.set_exception(NotAudio())
        await server.env.settle()
        answered = message(server, reply)
        assert server.failures() == [NotAudio]
    assert answered is not None
    assert (answered.content, buttons(answered)) == ("", [])
    assert answered.embeds[0].description == str(NotAudio())


async def test_whoever_waits_reads_their_place_in_the_queue(open_server: OpenServer) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        for name in ("ann", "bob"):
            await ask(server, own_bytes_of(name), member=server.member(name))
        first = await ask(server, own_bytes_of("cleo"), member=server.member("cleo"))
        second = await ask(server, own_bytes_of("dan"), member=server.member("dan"))
        await wait_for_text(server, first, "You are next.")
        await wait_for_text(server, second, "You are number 2 in the queue.")
        for number in range(4):
            await wait_until(lambda number=number: len(held.jobs) > number)
            held.jobs[number][0].set_exception(NotAudio())
        await server.env.settle()
        assert server.failures() == [NotAudio] * 4


# Cancelling


async def at_fetching(server: Any, song: bytes, held: HeldWorkers) -> Any:
    reply = await ask(server, song)
    await wait_for_text(server, reply, "Fetching the clip…")
    assert not held.jobs
    return reply


async def at_waiting(server: Any, song: bytes, held: HeldWorkers) -> Any:
    for name in ("bob", "cleo"):
        await ask(server, own_bytes_of(name), member=server.member(name))
    await wait_until(lambda: len(held.jobs) == 2)
    reply = await ask(server, song)
    await wait_for_text(server, reply, "You are next.")
    return reply


def at_stage(stage: Stage, text: str) -> Callable[..., Any]:
    async def at(server: Any, song: bytes, held: HeldWorkers) -> Any:
        reply = await ask(server, song)
        await wait_until(lambda: held.jobs)
        held.jobs[0][1](stage)
        await wait_for_text(server, reply, text)
        return reply

    return at


STATES = {
    "fetching": at_fetching,
    "waiting": at_waiting,
    "decoding": at_stage(Stage.DECODING, "Decoding the audio…"),
    "listening": at_stage(Stage.LISTENING, "Listening…"),
    "voting": at_stage(Stage.VOTING, "Voting…"),
}


@pytest.mark.parametrize("way", ["click", "delete"])
@pytest.mark.parametrize("state", STATES)
async def test_a_request_is_cancelled_in_every_state(
    state: str, way: str, open_server: OpenServer, song: bytes
) -> None:
    held, fetch = HeldWorkers(), HeldFetch()
    if state != "fetching":
        fetch.go_on.set()
    async with open_server(workers=held, fetch=fetch) as server:
        reply = await STATES[state](server, song, held)
        others = held.jobs[:] if state == "waiting" else []
        own = held.jobs[len(others) :]
        if way == "delete":
            server.env.backend.delete_message(reply.channel_id, reply.id)
        else:
            await moderator(server).click(reply.message, label="Cancel")
            await wait_for_text(server, reply, ENGLISH("cancelled"))
            assert buttons(message(server, reply)) == []
        await wait_until(lambda: all(job.cancelled() for job, _ in own))
        assert not any(job.done() for job, _ in others)
        for job, _ in others:
            job.set_exception(NotAudio())
        await server.env.settle()
        assert server.failures() == [NotAudio] * len(others)
        assert len(held.jobs) == len(others) + len(own)
        assert not server.bot.services.requests
        if way == "delete":
            assert message(server, reply) is None


def moderator(server: Any) -> Any:
    guild = server.channel.guild
    role = guild.create_role("moderators", permissions=discord.Permissions(manage_messages=True))
    return guild.add_member(server.env.create_user("mod"), roles=[role])


async def test_requests_whose_messages_are_swept_away_together_end(open_server: OpenServer) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        replies = [await ask(server, own_bytes_of(name), member=server.member(name)) for name in ("ann", "bob")]
        await wait_until(lambda: len(held.jobs) == 2)
        server.env.backend.bulk_delete_messages(server.channel.id, [reply.id for reply in replies])
        await wait_until(lambda: all(job.cancelled() for job, _ in held.jobs))
        await server.env.settle()
        assert len(held.jobs) == 2
        assert server.failures() == []


async def test_deleting_is_noticed_by_the_next_edit_where_discord_does_not_tell(
    open_server: OpenServer, song: bytes
) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        reply = await ask(server, song)
        await wait_for_text(server, reply, "Fetching the clip…")
        del server.env.backend.messages[reply.channel_id][reply.id]
        await wait_until(lambda: held.jobs)
        job, report = held.jobs[0]
        report(Stage.LISTENING)
        await wait_until(job.cancelled)
        await server.env.settle()
        assert server.failures() == []


async def test_strangers_cannot_cancel_and_the_asker_can(open_server: OpenServer, song: bytes) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        asker, stranger = server.member("ann"), server.member("bob")
        reply = await ask(server, song, member=asker)
        await wait_for_text(server, reply, "Fetching the clip…")
        await wait_until(lambda: held.jobs)
        refusal = await stranger.click(reply.message, label="Cancel")
        assert (refusal.response.content, refusal.ephemeral) == (ENGLISH("cancel-not-yours"), True)
        assert not held.jobs[0][0].cancelled()
        await asker.click(reply.message, label="Cancel")
        await wait_until(held.jobs[0][0].cancelled)
        assert message(server, reply).content == ENGLISH("cancelled")


async def test_a_button_of_before_a_restart_says_that_there_is_nothing_to_cancel(
    open_server: OpenServer, song: bytes
) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        asker = server.member()
        reply = await ask(server, song, member=asker)
        await wait_for_text(server, reply, "Fetching the clip…")
        await wait_until(lambda: held.jobs)
        # As after a restart, the bot knows nothing of the request that the button belongs to.
        requests = server.bot.services.under_way._requests
        known, requests[:] = requests[:], []
        click = await asker.click(reply.message, label="Cancel")
        assert (click.response.content, click.ephemeral) == (ENGLISH("cancel-over"), True)
        requests[:] = known
        held.jobs[0][0].set_exception(NotAudio())
        await server.env.settle()
        assert server.failures() == [NotAudio]


async def test_cancelling_frees_the_real_worker(
    open_server: OpenServer, stuck_workers: AnalysisWorkers, stuck_decoder: Any, song: bytes
) -> None:
    async with open_server(workers=stuck_workers) as server:
        asker = server.member()
        reply = await ask(server, song, member=asker)
        worker = await asyncio.to_thread(stuck_decoder.wait_for_worker)
        await wait_for_text(server, reply, "Decoding the audio…")
        await asker.click(reply.message, label="Cancel")
        await wait_until(lambda: not is_running(worker))
        stuck_decoder.let_go()
        following = await ask(server, song, member=asker)
        await wait_until(lambda: message(server, following).embeds)
        assert server.failures() == []
        assert "█" in message(server, following).embeds[0].description


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# A job that outlives its interaction


async def test_a_late_answer_is_an_ordinary_message_that_mentions_nobody(open_server: OpenServer, song: bytes) -> None:
    fetch = HeldFetch()
    async with open_server(fetch=fetch) as server:
        reply = await ask(server, song)
        await wait_for_text(server, reply, "Fetching the clip…")
        await server.env.advance_time(TOKEN_SECONDS + 60)
        before = len(server.env.http_requests)
        fetch.go_on.set()
        await wait_for_text(server, reply, ENGLISH("progress-answered-below"))
        late = server.channel.last_message
        by_token = [r.path for r in server.env.http_requests[before:] if r.path.startswith("/webhooks/")]
        (sent,) = [r.json for r in server.env.http_requests[before:] if r.method == "POST"]
        assert server.failures() == []
        progress = message(server, reply)
    assert by_token == []
    assert late.id != reply.id
    assert "█" in late.embeds[0].description
    assert late.reference.message_id == reply.id
    assert sent["allowed_mentions"]["parse"] == []
    assert not sent["allowed_mentions"].get("replied_user")
    assert progress is not None
    assert (progress.content, buttons(progress)) == (ENGLISH("progress-answered-below"), [])


async def test_a_late_failure_is_told_as_well(open_server: OpenServer) -> None:
    fetch = HeldFetch()
    async with open_server(fetch=fetch) as server:
        reply = await ask(server, b"not a song" * 100)
        await server.env.advance_time(TOKEN_SECONDS + 60)
        fetch.go_on.set()
        await wait_for_text(server, reply, ENGLISH("progress-answered-below"))
        late = server.channel.last_message
        assert server.failures() == [NotAudio]
    assert late.embeds[0].description == str(NotAudio())
    assert late.reference.message_id == reply.id


async def test_where_the_bot_may_not_send_it_says_so_while_it_still_can(open_server: OpenServer, song: bytes) -> None:
    async with open_server(fetch=HeldFetch()) as server:
        guild = server.channel.guild
        mute = guild.create_text_channel(
            "mute", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )
        muted = replace(server, channel=mute)
        reply = await ask(muted, song)
        await server.env.advance_time(TOKEN_SECONDS)
        answered = message(muted, reply)
        assert server.failures() == [WaitedTooLong]
    assert answered is not None
    assert answered.embeds[0].description == str(WaitedTooLong())


async def test_a_private_answer_never_becomes_an_ordinary_message(open_server: OpenServer, song: bytes) -> None:
    async with open_server(fetch=HeldFetch()) as server:
        reply = await ask(server, song, private=True)
        await server.env.advance_time(TOKEN_SECONDS)
        assert server.failures() == [WaitedTooLong]
        assert server.channel.history() == []
    assert reply.ephemeral
    assert reply.embeds[0].description == str(WaitedTooLong())


async def test_a_late_answer_to_a_direct_message_is_a_direct_message(open_server: OpenServer, song: bytes) -> None:
    fetch = HeldFetch()
    async with open_server(fetch=fetch) as server:
        user = server.env.create_user("ann")
        await user.slash("genre", file=("song.ogg", song))
        await server.env.advance_time(TOKEN_SECONDS + 60)
        fetch.go_on.set()
        await wait_until(lambda: len(user.dm_channel.history()) == 2)
        late = user.dm_channel.last_message
        assert server.failures() == []
    assert "█" in late.embeds[0].description


async def test_a_late_request_is_cancelled_in_its_own_message(open_server: OpenServer, song: bytes) -> None:
    held = HeldWorkers()
    async with open_server(workers=held) as server:
        asker = server.member()
        reply = await ask(server, song, member=asker)
        await wait_until(lambda: held.jobs)
        await server.env.advance_time(TOKEN_SECONDS + 60)
        await asker.click(reply.message, label="Cancel")
        await wait_for_text(server, reply, ENGLISH("cancelled"))
        assert held.jobs[0][0].cancelled()
        assert len(server.channel.history()) == 1
