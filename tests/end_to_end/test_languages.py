"""Members are answered in their own language, as Discord tells it; everything else is English."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bot.cards.timeline import alt_text
from bot.store.channels import ListeningMode
from bot.text import sentence_case
from bot.texts.catalogue import texts_for
from bot.texts.phrases import genre_name
from tests.bot.timelines import analysis_of
from tests.end_to_end.conftest import speak

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song"
CLASSICAL = analysis_of((0.0, [{"classical": 0.8, "jazz": 0.1}] * 6))

LOCALES = ("de", "es-ES", "es-419", "fr", "pt-BR", "ja")


def labels(response: Any) -> list[str]:
    return [child["label"] for row in response.components for child in row["components"]]


@pytest.mark.parametrize("locale", LOCALES)
async def test_an_answer_is_in_the_language_of_the_asker(
    locale: str, open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = texts_for(locale)
    async with open_knowing_server() as server:
        await server.know(SONG, CLASSICAL, picture=b"a picture")
        speak(monkeypatch, locale)
        ann = server.member("ann")
        result = await ann.slash(server.channel, "genre", file=("song.mp3", SONG))
        shown = result.response
        speak(monkeypatch, "en-GB")
        await ann.click(shown, label=texts("button-agree"))
        voted = shown.embeds[0].fields[-1]
        why = await ann.click(shown, label=texts("button-why"))
    assert labels(shown) == [texts(f"button-{name}") for name in ("why", "agree", "wrong", "add", "delete")]
    card = shown.embeds[0]
    assert card.title == sentence_case(texts("headline-clear", genre=genre_name("classical", texts)))
    assert card.footer.text == texts("card-recalled", model="default 0.1.0")
    assert shown.attachments[0].description == alt_text(CLASSICAL, texts)
    # What is added to the card is in its language; what one member is told, in that of the member.
    assert voted.name == f"🗳️ {texts('card-votes')}"
    assert why.response.embeds[0].title == "Why Classical?"


async def test_other_languages_are_answered_in_english(
    open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, CLASSICAL)
        speak(monkeypatch, "fi")
        result = await server.member().slash(server.channel, "genre", file=("song.mp3", SONG))
        card = result.response.embeds[0]
    assert card.title == "Classical, clearly"


async def test_dropped_audio_is_answered_in_the_language_of_the_server(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        guild = server.env.create_guild("Musikfreunde", preferred_locale="de")
        channel = guild.create_text_channel("musik")
        await server.bot.services.store.channels.set(channel.id, guild.id, ListeningMode.REPLY, links=False)
        await server.know(SONG, CLASSICAL)
        ann = guild.add_member(server.env.create_user("ann"))
        await ann.send(channel, attachments=[("lied.mp3", SONG)])
        answer = channel.last_message
    assert "Klassik" in answer.embeds[0].title


async def test_discord_is_told_of_commands_in_every_language(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        (sync,) = (request.json for request in server.env.http_requests if request.method == "PUT")
    told = {command["name"]: command for command in sync}
    genre = told["genre"]
    assert set(genre["description_localizations"]) == set(LOCALES)
    assert genre["name_localizations"]["ja"] == "ジャンル"
    private = next(option for option in genre["options"] if option["name"] == "private")
    assert private["name_localizations"]["de"] == "privat"
    assert set(private["description_localizations"]) == set(LOCALES)
