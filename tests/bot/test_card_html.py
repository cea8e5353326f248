"""Cards on a web page say what they say on Discord, in every language, and whoever wrote what is on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.analysis import analysis_card, answer_card
from bot.cards.bars import draw_bars
from bot.cards.card import Card
from bot.cards.failure import failure_card
from bot.cards.game import result_card, round_card, scores_card
from bot.cards.help import DropHelp, help_card
from bot.cards.html.card import OTHER_COLOUR, card_html
from bot.cards.html.reply import reply_html
from bot.cards.picture import Picture
from bot.cards.privacy import Periods, gone_card, kept_card, sure_card
from bot.cards.statistics import statistics_card
from bot.cards.votes import show_votes
from bot.cards.why import why_card
from bot.errors import FileOrLink
from bot.game.round import Guess, Score
from bot.heard import Heard
from bot.store.member_data import MEMBER_DATA
from bot.store.votes import GenreVotes
from bot.surfaces.surface import Reply
from bot.texts.catalogue import ENGLISH, LANGUAGES, Texts, texts_in
from classifier.answer import Answer
from classifier.result import Verdict
from tests.bot.html_checks import CARD, Page, read, words
from tests.bot.test_card_html_forms import CONTEXT
from tests.bot.test_cards_in_languages import ANSWERS, analysis, job_cards, playlist_cards
from tests.bot.test_game_cards import RIGHT
from tests.bot.test_statistics_cards import COUNTED, GUILD

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1))",
    '[b](https://evil.example/" onclick="x)',
    "<https://evil.example/'><b>",
    "*`_~|<@1>**__<t:99999999999999:R></x:1>",
    "&lt;b&gt;&#60;",
    "\ud800\0\u202e",
)


def answer_cards(texts: Texts) -> Iterator[discord.Embed]:
    for verdict, basis in ANSWERS:
        for close in (False, True):
            made = analysis(verdict, basis, close=close)
            card = analysis_card(made, clip_name="One_Love *live*.mp3", recalled=close, texts=texts)
            show_votes(card, [GenreVotes("hiphop", 2), GenreVotes("classical", 1)], texts)
            yield card
            yield why_card(made, texts)


def other_cards(texts: Texts) -> Iterator[discord.Embed]:
    yield from (help_card(dropping, texts) for dropping in DropHelp)
    yield statistics_card(COUNTED, guild=GUILD, texts=texts)
    yield round_card(RIGHT, texts)
    yield result_card(RIGHT, [Guess(7, "rock")], track=None, votes=(), hidden=(), texts=texts)
    yield scores_card([Score(7, 5, 4, 3)], texts)
    counts = dict.fromkeys(MEMBER_DATA, 3)
    yield kept_card(counts, Periods(90, 90, 30, 7), texts)
    yield sure_card(counts, texts)
    yield gone_card(counts, texts)
    yield failure_card(FileOrLink(), texts)
    yield failure_card(ValueError(), texts)


def words_on(embed: discord.Embed) -> str:
    """Return all that is read on a card, without names that Discord knows and addresses behind words."""
    fields = [text for field in embed.fields for text in (field.name, field.value)]
    text = "\n".join(filter(None, (embed.title, embed.description, *fields, embed.footer.text)))
    return re.sub(r"<[@#][^>]*>|<t:[^>]*>|\]\(https?://[^)]*\)", " ", text)


def page_of(embed: discord.Embed) -> Page:
    return read(card_html(embed), CARD)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cards", [answer_cards, playlist_cards, job_cards, other_cards])
def test_every_word_of_a_card_is_on_the_page(language: str, cards: object) -> None:
    assert callable(cards)
    for embed in cards(texts_in(language)):
        page = page_of(embed)
        assert words(words_on(embed)) - words(" ".join(page.pieces)) == {}
        colour = page.tags[0].attributes["class"]
        assert colour != f"card card-{OTHER_COLOUR}"
        # Nothing of the markdown is left.
        assert "**" not in page.text
        assert "```" not in page.text
        assert "\\" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_are_a_list_of_names_and_percentages_and_no_drawing(language: str) -> None:
    card = analysis_card(analysis(*ANSWERS[0]), clip_name="1.mp3", texts=texts_in(language))
    page = page_of(card)
    assert [float(meter.attributes["value"] or "") for meter in page.named("meter")] == [
        pytest.approx(bar.probability, abs=1e-4) for bar in card.bars
    ]
    assert all(bar.name in page.text and bar.share in page.text for bar in card.bars)
    assert "░" not in page.text
    assert page.named("pre") == []
    # The reason stands below them.
    assert (page.text.index(card.bars[-1].share)) < page.text.index((card.description or "").splitlines()[-1][:10])


def test_a_copy_knows_its_bars_and_a_card_that_came_back_shows_the_drawing() -> None:
    card = analysis_card(analysis(*ANSWERS[0]), clip_name="1.mp3")
    copy = card.copy().set_image(url=None)
    assert copy.bars == card.bars
    assert len(page_of(copy).named("meter")) == len(card.bars)
    returned = discord.Embed.from_dict(card.to_dict())
    assert Card.from_dict(card.to_dict()).bars == ()
    assert page_of(returned).named("meter") == []
    assert page_of(returned).named("pre") != []


def test_bars_whose_drawing_is_gone_are_not_shown() -> None:
    card = analysis_card(analysis(*ANSWERS[0]), clip_name="1.mp3")
    assert draw_bars(card.bars) in (card.description or "")
    card.description = "Something else."
    assert page_of(card).named("meter") == []


def test_what_is_not_music_has_no_bars() -> None:
    card = analysis_card(analysis(Verdict.NOT_MUSIC, ANSWERS[-1][1]), clip_name="1.mp3")
    assert card.bars == ()
    assert page_of(card).named("ul") == []


def test_a_picture_is_shown_in_words_and_where_the_caller_has_it() -> None:
    heard = Heard("0" * 64, Answer(analysis(*ANSWERS[0]), b"a picture"), recalled=False)
    embed, picture = answer_card(heard, clip_name="1.mp3", link="https://song.example/1")
    assert picture is not None
    page = read(card_html(embed, picture=picture, picture_address="/files/1?a=1&b=2", heading_level=3), CARD)
    (image,) = page.named("img")
    assert image.attributes == {"src": "/files/1?a=1&b=2", "alt": picture.description}
    (title,) = page.named("a")
    assert title.within[-1] == "h3"
    assert title.attributes["href"] == "https://song.example/1"


def test_a_file_that_the_card_does_not_show_is_a_link() -> None:
    other = Picture("failures.txt", b"", "All & sundry")
    html = reply_html(Reply(failure_card(ValueError()), other, files=(Picture("<1>.csv", b"", ""),)), CONTEXT)
    page = read(html)
    assert page.named("img") == []
    assert [link.attributes["download"] for link in page.named("a")] == ["failures.txt", "<1>.csv"]
    assert "All & sundry" in page.text


def test_a_title_that_leads_elsewhere_than_into_the_web_leads_nowhere() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "https://a.example/<b>", "https://a.example/\u202egpj"):
        assert page_of(discord.Embed(title="Title", url=url)).named("a") == []


def test_a_link_in_a_title_that_is_one_is_text() -> None:
    page = page_of(discord.Embed(title="[x](https://b.example) https://c.example", url="https://a.example"))
    assert [link.attributes["href"] for link in page.named("a")] == ["https://a.example"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_clip_is_called_its_card_stays_whole(name: str) -> None:
    heard = Heard("0" * 64, Answer(analysis(*ANSWERS[0])), recalled=False)
    card, _ = answer_card(heard, clip_name=name, texts=ENGLISH)
    page = page_of(card)
    assert page.named("a") == []
    assert not {"em", "strong", "u", "s"} & {tag.name for tag in page.tags if "dl" in tag.within}


@given(st.sampled_from(HOSTILE) | st.text(), st.sampled_from(HOSTILE) | st.text())
def test_whatever_stands_anywhere_on_a_card_it_stays_whole(one: str, two: str) -> None:
    embed = discord.Embed(title=one, description=two, url=one, colour=1).set_footer(text=two)
    embed.add_field(name=two, value=one).set_image(url="attachment://1")
    picture = Picture("1", b"", one)
    page = read(card_html(embed, picture=picture, picture_address=two, name_of=lambda _: one), CARD)
    assert page.tags[0].attributes["class"] == "card card-plain"
