"""Buttons, menus and forms on a web page send what Discord would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import ui

from bot.buttons.ballot import Ballot
from bot.buttons.cancel import cancel_view
from bot.buttons.discord_click import DiscordClick
from bot.buttons.playlists.filter_form import filter_form
from bot.buttons.playlists.pages import _page_view
from bot.buttons.under_answer import answer_view
from bot.cards.html.context import PageContext
from bot.cards.html.modal import FORM, modal_html
from bot.cards.html.reply import reply_html
from bot.cards.html.view import PRESS, view_html
from bot.playlists.place import Place
from bot.playlists.wanted import Wanted
from bot.store.track_pages import Page
from bot.surfaces.surface import Reply
from bot.texts.catalogue import ENGLISH, LANGUAGES, texts_in
from classifier.result import Verdict
from tests.bot.html_checks import read
from tests.bot.test_cards_in_languages import ANSWERS, analysis
from tests.bot.test_playlist_cards import TRACK

CONTEXT = PageContext(
    action="/messages/1",
    submit="Send",
    address_of=lambda picture: f"/files/{picture.name}",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_under_an_answer_send_their_custom_ids(language: str) -> None:
    view = answer_view(1, analysis(*ANSWERS[0]), texts_in(language), private=False, collects=True)
    page = read(view_html(view, CONTEXT))
    buttons = [item.item for item in view.children]
    shown = page.named("button")
    assert [button.attributes["value"] for button in shown] == [button.custom_id for button in buttons]
    assert {button.attributes["name"] for button in shown} == {PRESS}
    assert all(str(button.label) in page.text for button in buttons)
    (form,) = page.named("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", CONTEXT.action)


def test_styles_emoji_links_and_what_cannot_be_pressed() -> None:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="<One>", style=discord.ButtonStyle.success, custom_id="a:1", emoji="🎷"))
    view.add_item(ui.Button(style=discord.ButtonStyle.danger, custom_id="b", emoji="🎸", disabled=True))
    view.add_item(ui.Button(label="Out", url="https://a.example/?b&c"))
    view.add_item(ui.Button(label="App", url="discord://x"))
    view.add_item(ui.Button(label="Own", emoji="<:own:1234567890123>", custom_id="c"))
    html = view_html(view, CONTEXT)
    page = read(html)
    assert '<button name="press" value="a:1" class="button button-success">🎷 &lt;One&gt;</button>' in html
    assert '<button name="press" value="b" class="button button-danger" disabled>🎸</button>' in html
    assert [link.attributes.get("href") for link in page.named("a")] == ["https://a.example/?b&c", None]
    assert page.text.endswith("Own")


def test_each_menu_of_a_page_is_sent_on_its_own() -> None:
    tracks = (TRACK, TRACK)
    view = _page_view(5, Page(tracks, 0, 2, 12), Place(Wanted(), 0, marked=None), ENGLISH)
    page = read(view_html(view, CONTEXT))
    forms = [tag.attributes["class"] for tag in page.named("form")]
    assert forms == ["buttons", "menu", "menu", "buttons"]
    menus = [tag.attributes for tag in page.named("select")]
    assert [menu["name"] for menu in menus] == ["genre-bot:page-track:5", "genre-bot:page-sort:5"]
    sent = [tag.attributes["value"] for tag in page.named("button") if "select" not in tag.within]
    assert sent[4:6] == [menu["name"] for menu in menus]
    # Not all turns lead anywhere from the first page.
    assert [tag.attributes["value"] for tag in page.named("button") if "disabled" in tag.attributes] == [
        "genre-bot:page-first:5",
        "genre-bot:page-previous:5",
    ]
    chosen = [tag.attributes["value"] for tag in page.named("option") if "selected" in tag.attributes]
    assert chosen == [Wanted().sort.value]
    assert "🎸 Song · Rock" in page.text


async def test_the_ballot_has_the_own_vote_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def own(*_: Any) -> str:
        return "reggae"

    monkeypatch.setattr(Ballot, "own", own)
    asked: list[ui.Modal] = []

    async def send_modal(modal: ui.Modal) -> None:
        asked.append(modal)

    response = SimpleNamespace(send_modal=send_modal)
    interaction: Any = SimpleNamespace(locale=discord.Locale.german, response=response)
    await Ballot("0" * 64, 1, ("rock", "reggae")).ask(DiscordClick(interaction), "genre-bot:vote:1")
    page = read(modal_html(asked[0], CONTEXT))
    hidden = {tag.attributes["name"]: tag.attributes["value"] for tag in page.named("input")}
    assert hidden == {FORM: "genre-bot:vote:1"}
    options = {tag.attributes["value"]: "selected" in tag.attributes for tag in page.named("option")}
    assert options == {"": False, "reggae": True, "rock": False, "genre-bot:none": False}
    (menu,) = page.named("select")
    assert menu.attributes["name"]
    assert "required" in menu.attributes
    assert menu.within[-1] == "label"


async def test_the_form_with_the_filters_has_all_that_discord_shows() -> None:
    wanted = Wanted("rock", None, None, Verdict.UNSURE, True, '"><b>')
    page = read(modal_html(filter_form("f:1", wanted, genres=["rock", "jazz"], tags=[], texts=ENGLISH), CONTEXT))
    text, box = [tag.attributes for tag in page.named("input") if tag.attributes["type"] != "hidden"]
    assert (text["value"], text["name"], "required" in text) == ('"><b>', "text", False)
    assert int(text["maxlength"] or "") > 0
    assert (box["type"], box["name"], box["value"], "checked" in box) == ("checkbox", "disputed", "True", True)
    assert [tag.attributes["name"] for tag in page.named("select")] == ["genre", "confidence"]
    assert not any("required" in tag.attributes for tag in page.named("select"))
    assert [tag.attributes["value"] for tag in page.named("option") if "selected" in tag.attributes] == [
        "rock",
        "unsure",
    ]
    for key in ("filter-form-title", "filter-form-text", "filter-form-genre", "filter-form-disputed"):
        assert ENGLISH(key) in page.text


async def test_a_long_text_has_more_than_a_line() -> None:
    modal = ui.Modal(title="T", custom_id="m")
    long: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph, custom_id="x", default="\n<a>", placeholder="P", min_length=2
    )
    modal.add_item(ui.Label(text="L", description="D", component=long))
    html = modal_html(modal, CONTEXT)
    assert '<textarea name="x" placeholder="P" minlength="2" required>\n\n&lt;a&gt;</textarea>' in html
    assert {"L", "D"} <= set(read(html).text)


async def test_what_nobody_has_drawn_yet_is_refused() -> None:
    with pytest.raises(TypeError, match="ChannelSelect"):
        view_html(ui.View().add_item(ui.ChannelSelect()), CONTEXT)
    for part in (ui.TextDisplay("x"), ui.Label(text="x", component=ui.UserSelect())):
        with pytest.raises(TypeError, match=r"TextDisplay|UserSelect"):
            modal_html(ui.Modal(title="T").add_item(part), CONTEXT)


def test_a_reply_has_its_text_and_its_buttons() -> None:
    page = read(reply_html(Reply(content="**Fetching** <b>", view=cancel_view(ENGLISH)), CONTEXT))
    assert "Fetching <b>" in page.text
    assert len(page.named("button")) == 1
    assert page.named("article") == []
    assert read(reply_html(Reply(), CONTEXT)).text == " "
