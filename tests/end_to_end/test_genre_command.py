"""A member runs ``/genre``: the real bot, its real workers and database, an in-memory Discord."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bot.cards.failure import UNEXPECTED
from bot.commands.sync import sync_if_changed
from bot.errors import ShuttingDown
from classifier.errors import (
    AudioError,
    EmptyFile,
    FileTooLarge,
    NoSound,
    NotAudio,
    SilentAudio,
    TooShort,
    TruncatedAudio,
    WorkerDied,
)
from classifier.workers import AnalysisWorkers

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]
Tune = Callable[..., npt.NDArray[np.float32]]
Encode = Callable[..., Path]


@pytest.mark.parametrize("genre", ["blues", "classical", "metal", "pop", "reggae"])
async def test_a_member_reads_the_right_genre(
    genre: str, open_server: OpenServer, clip_of: Callable[[str], Path]
) -> None:
    async with open_server() as server:
        reply = await server.genre("song.flac", clip_of(f"{genre}.00000").read_bytes())
    assert reply.title.startswith(genre.capitalize())
    first = reply.description.splitlines()[1]
    assert re.fullmatch(rf"{genre} +[█░]+ +\d+%", first)
    fields = {field.name: field.value for field in reply.fields}
    assert fields["Clip"] == "song.flac\n30 s · all of it heard"
    assert re.fullmatch(r"default [\d.]+ · \d+\.\d s", reply.footer.text)


@pytest.fixture
def song(make_song: Tune, encode: Encode) -> bytes:
    return encode(make_song(5), "song.ogg").read_bytes()


async def test_the_answer_is_deferred_before_anything_else(open_server: OpenServer, song: bytes) -> None:
    async with open_server() as server:
        await server.genre("song.ogg", song)
        requests = server.env.http_requests
    calls = [request for request in requests if request.path.startswith(("/interactions/", "/webhooks/"))]
    # Between the two, as many as the job takes time for, come the edits that show how far it is.
    deferral, *progress, answer = calls
    assert (deferral.method, deferral.json) == ("POST", {"type": 5})
    assert {call.method for call in (*progress, answer)} == {"PATCH"}
    assert not any(call.json.get("embeds") for call in progress)
    assert answer.json["embeds"]
    assert answer.json["content"] is None
    assert "Cancel" not in str(answer.json["components"])
    assert all(call.json["allowed_mentions"] == {"parse": []} for call in (*progress, answer))


@pytest.mark.parametrize("count", [1, 10])
async def test_a_member_chooses_how_many_genres_to_see(count: int, open_server: OpenServer, song: bytes) -> None:
    async with open_server() as server:
        reply = await server.genre("song.ogg", song, genres=count)
    assert reply.description.count("%") >= count
    assert len(re.findall(r"[█░]{3,}", reply.description)) == count


async def test_a_file_name_cannot_mention_or_format(open_server: OpenServer, song: bytes) -> None:
    async with open_server() as server:
        reply = await server.genre("@everyone **\u202egnos**.ogg", song)
    shown = reply.fields[0].value
    assert "@everyone" not in shown
    assert "\u202e" not in shown
    assert "**" not in shown


@dataclass(frozen=True)
class Workshop:
    """What a test needs to make a file."""

    encode: Encode
    tune: Tune
    ffmpeg: str
    folder: Path

    def generate(self, source: str, name: str, *options: str) -> bytes:
        """Make a file out of one of ffmpeg's own generators."""
        command = [self.ffmpeg, "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source]
        subprocess.run([*command, *options, self.folder / name], check=True, timeout=300)
        return (self.folder / name).read_bytes()


@pytest.fixture
def workshop(encode: Encode, make_song: Tune, ffmpeg: str, tmp_path: Path) -> Workshop:
    return Workshop(encode, make_song, ffmpeg, tmp_path)


def noise(_: Workshop) -> bytes:
    return np.random.default_rng(0).bytes(100_000)


def letter(_: Workshop) -> bytes:
    return b"This is a letter and not a song.\n" * 100


def nothing(_: Workshop) -> bytes:
    return b""


def playlist_of_another_file(workshop: Workshop) -> bytes:
    other = workshop.encode(workshop.tune(5), "other-file-of-the-server.wav")
    return f"ffconcat version 1.0\nfile {other}\n".encode()


def half_a_file(workshop: Workshop) -> bytes:
    whole = workshop.encode(workshop.tune(20), "whole.flac").read_bytes()
    return whole[: len(whole) // 2]


def one_second(workshop: Workshop) -> bytes:
    return workshop.encode(workshop.tune(1), "short.wav").read_bytes()


def long_silence(workshop: Workshop) -> bytes:
    return workshop.generate(
        "anullsrc=r=48000:cl=mono",
        "silence.opus",
        "-t",
        "900",
        "-b:a",
        "6k",
        "-frame_duration",
        "60",
        "-compression_level",
        "0",
    )


def mute_video(workshop: Workshop) -> bytes:
    return workshop.generate("testsrc=duration=4", "video.mp4", "-an")


@pytest.mark.parametrize(
    ("name", "make", "error"),
    [
        ("noise", noise, NotAudio()),
        ("letter.mp3", letter, NotAudio()),
        ("empty.mp3", nothing, EmptyFile()),
        ("playlist.mp3", playlist_of_another_file, NotAudio()),
        ("cut.flac", half_a_file, TruncatedAudio(20.0, 10.0)),
        ("short.wav", one_second, TooShort(1.0, 3.0)),
        ("silence.opus", long_silence, SilentAudio(900.0)),
        ("video.mp4", mute_video, NoSound()),
    ],
)
async def test_each_bad_file_gets_its_own_answer_and_leaves_the_bot_healthy(
    name: str, make: Callable[[Workshop], bytes], error: AudioError, open_server: OpenServer, workshop: Workshop
) -> None:
    data = make(workshop)
    good = workshop.encode(workshop.tune(5), "good.ogg").read_bytes()
    async with open_server() as server:
        reply = await server.genre(name, data)
        assert server.failures() == [type(error)]
        assert "█" in (await server.genre("good.ogg", good)).description
    assert reply.title == "I could not listen to that"
    # How far a cut file can be decoded is ffmpeg's affair.
    assert reply.description.partition(" but ")[0] == str(error).partition(" but ")[0]


async def test_an_attachment_over_the_limit_is_refused_before_it_is_fetched(
    open_server: OpenServer, song: bytes
) -> None:
    async with open_server(max_upload_mb=len(song) / 2_000_000) as server:
        reply = await server.genre("song.ogg", song)
        assert server.failures() == [FileTooLarge]
    assert "larger than the limit" in reply.description


async def test_a_worker_killed_in_the_middle_fails_that_job_alone(
    open_server: OpenServer, stuck_workers: AnalysisWorkers, stuck_decoder: Any, song: bytes
) -> None:
    async with open_server(workers=stuck_workers) as server:
        killer = asyncio.create_task(asyncio.to_thread(kill_worker_of, stuck_decoder))
        failed = await server.genre("song.ogg", song)
        await killer
        answered = await server.genre("song.ogg", song, member=server.member("bob"))
        assert server.failures() == [WorkerDied]
    assert failed.description == str(WorkerDied())
    assert "█" in answered.description


def kill_worker_of(decoder: Any) -> None:
    """Kill the worker whose decoder hangs; later decoders do not hang."""
    os.kill(decoder.wait_for_worker(), signal.SIGKILL)
    decoder.let_go()


async def test_a_worker_killed_while_idle_is_replaced(
    open_server: OpenServer, stuck_workers: AnalysisWorkers, stuck_decoder: Any, song: bytes
) -> None:
    stuck_decoder.let_go()
    async with open_server(workers=stuck_workers) as server:
        await server.genre("song.ogg", song)
        os.kill(stuck_decoder.wait_for_worker(), signal.SIGKILL)
        replies = [await server.genre("song.ogg", song, member=server.member(f"m{i}")) for i in range(2)]
        # The first may have been handed over while the process was dying: then it says so.
        assert server.failures() in ([], [WorkerDied])
    assert "█" in replies[1].description


async def test_a_restarting_bot_says_so(open_server: OpenServer, song: bytes) -> None:
    async with open_server() as server:
        server.bot.services.analyzer.stop_admitting()
        reply = await server.genre("song.ogg", song)
        assert server.failures() == [ShuttingDown]
    assert reply.description == str(ShuttingDown())


async def test_a_fault_of_the_program_is_logged_and_not_shown(
    open_server: OpenServer, song: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_server() as server:
        # The disk vanishes: nothing that a member did, and nothing that a member should read.
        server.clip_folder.rmdir()
        reply = await server.genre("song.ogg", song)
        server.clip_folder.mkdir()
        assert server.failures() == [FileNotFoundError]
    assert reply.description == UNEXPECTED
    assert "FileNotFoundError" in caplog.text


async def test_commands_are_synced_only_when_they_changed(open_server: OpenServer) -> None:
    def syncs(server: Any) -> int:
        return sum(request.method == "PUT" for request in server.env.http_requests)

    async with open_server() as server:
        assert syncs(server) == 1
        bot, store = server.bot, server.bot.services.store
        assert not await sync_if_changed(bot.tree, store, application_id=bot.application_id)
        bot.tree.get_command("genre").description = "Another description"
        assert await sync_if_changed(bot.tree, store, application_id=bot.application_id)
        assert syncs(server) == 2
