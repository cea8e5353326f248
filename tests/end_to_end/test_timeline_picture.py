"""The picture under the reply: drawn by a real worker, attached by the real bot."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from bot.cards.analysis import PICTURE_NAME
from bot.cards.timeline_picture import HEIGHT, WIDTH
from classifier.location import default_model_dir
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.classifier.illustrators import FixedIllustrator

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]
Tune = Callable[..., npt.NDArray[np.float32]]
Encode = Callable[..., Path]


async def reply_to(server: Any, name: str, data: bytes) -> Any:
    result = await server.member().slash(server.channel, "genre", file=(name, data))
    assert result.response is not None
    return result.response


async def test_the_reply_to_a_song_has_its_timeline_under_it(
    open_server: OpenServer, clip_of: Callable[[str], Path]
) -> None:
    async with open_server() as server:
        reply = await reply_to(server, "song.flac", clip_of("metal.00000").read_bytes())
        (attachment,) = reply.attachments
        image = Image.open(io.BytesIO(await attachment.read()))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert attachment.filename == PICTURE_NAME
    assert attachment.description.startswith("Genre over time: metal throughout. On average metal ")
    (embed,) = reply.embeds
    assert embed.image.url.partition("?")[0].endswith(PICTURE_NAME)


@pytest.fixture
def short_song(make_song: Tune, encode: Encode) -> bytes:
    return encode(make_song(5), "song.ogg").read_bytes()


@pytest.fixture
def tone(encode: Encode) -> bytes:
    sine = 0.5 * np.sin(2 * np.pi * 440 * np.arange(30 * 22_050) / 22_050)
    return encode(sine.astype(np.float32), "tone.ogg").read_bytes()


@pytest.mark.parametrize("clip", ["short_song", "tone"])
async def test_a_short_song_and_what_is_not_music_have_none(
    clip: str, open_server: OpenServer, request: pytest.FixtureRequest
) -> None:
    async with open_server() as server:
        reply = await reply_to(server, "clip.ogg", request.getfixturevalue(clip))
    assert reply.attachments == []
    assert reply.embeds[0].image.url is None


@pytest.fixture
def workers_that_cannot_draw(tmp_path: Path) -> Iterator[AnalysisWorkers]:
    illustrator = FixedIllustrator(b"", RuntimeError("no paint"), paint=tmp_path / "paint")
    with AnalysisWorkers(
        WorkerConfig(default_model_dir(), job_timeout=60.0, illustrator=illustrator), count=1
    ) as workers:
        workers.warm_up()
        yield workers


async def test_a_picture_that_fails_is_logged_and_the_answer_sent(
    open_server: OpenServer,
    workers_that_cannot_draw: AnalysisWorkers,
    short_song: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with open_server(workers=workers_that_cannot_draw) as server:
        reply = await reply_to(server, "song.ogg", short_song)
    assert "█" in reply.embeds[0].description
    assert reply.attachments == []
    assert "RuntimeError: no paint" in caplog.text
