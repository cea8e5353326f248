"""Every language says the same as English, with the same numbers and names in it, and no sentence has a gap."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Pattern, VariableReference
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.buttons.playlists.pages import TURNS
from bot.cards.alike import ALIKE, HARDLY_ALIKE
from bot.cards.fingerprint import UNITS
from bot.cards.help import DropHelp
from bot.cards.playlist_page import CONFIDENCES
from bot.cards.track import VERDICTS
from bot.cards.why import TITLES
from bot.jobs.job import JobState
from bot.playlists.wanted import Sort
from bot.store.channels import ListeningMode
from bot.store.member_data import MEMBER_DATA
from bot.texts.catalogue import DISCORD_LOCALES, ENGLISH, LANGUAGES, texts_for, texts_in
from bot.texts.phrases import duration, listing, paragraph, percent, series
from bot.wording import tag_name
from classifier.result import Sound
from classifier.stage import Stage
from classifier.tags import FRIENDLY_NAMES
from tests.bot.timelines import GENRES

TRANSLATIONS = LANGUAGES[1:]

REASONS = {
    "reason-measured-clear": {"share", "unheard"},
    "reason-measured-close-call": {"share", "unheard"},
    "reason-unknown-clear": set(),
    "reason-unknown-close-call": set(),
    "reason-changes": {"parts"},
    "reason-nothing-stands-out": set(),
    "reason-not-music": set(),
    "reason-not-music-sound": {"sound"},
    "reason-short": set(),
}
"""What `bot.wording.reason` looks up, with its variables: English has the classifier's own words instead."""

NAMES = {
    *(f"genre-{genre}" for genre in GENRES),
    *(f"sound-{sound}" for sound in Sound),
    *(f"tag-{name.replace(' ', '-').lower()}" for name in FRIENDLY_NAMES.values()),
}
"""Messages without which the classifier's own name is shown."""

MAY_BE_AS_IN_ENGLISH = {"list-comma", "between-sentences", "about-title"}

STILL_ENGLISH = "settings-"
"""Beginning of the messages that no other language has yet: the panel names permissions and features in English."""

SORTS = [f"sort-{sort}" for sort in Sort]

WITHOUT_LITERAL = {
    "f'progress-{state.value}'": [f"progress-{stage}" for stage in Stage],
    "f'help-drop-{dropping.value}'": [f"help-drop-{dropping}" for dropping in DropHelp],
    "f'settings-{setting.mode.value}'": [f"settings-{mode}" for mode in ListeningMode],
    "f'settings-option-{value}'": [f"settings-option-{mode}" for mode in ("off", *ListeningMode)],
    "TITLES.get(analysis.verdict, 'why-title')": ["why-title", *TITLES.values()],
    "key": ["playlist-channel-on", "playlist-channel-off"],
    "f'privacy-has-{kind}'": [f"privacy-has-{kind}" for kind in MEMBER_DATA],
    "self.label": [
        f"button-{name}"
        for name in (
            *("why", "agree", "wrong", "know", "add", "delete"),
            *("filter", "all-tracks", "unvote", "edit-title", "remove"),
        )
    ],
    "f'button-{turn}'": [f"button-{turn}" for turn in TURNS],
    "f'sort-{sort.value}'": SORTS,
    "f'sort-{choice.value}'": SORTS,
    "f'sort-{wanted.sort.value}'": SORTS,
    "CONFIDENCES[verdict]": list(CONFIDENCES.values()),
    "CONFIDENCES[wanted.verdict]": list(CONFIDENCES.values()),
    "VERDICTS[track.verdict]": list(VERDICTS.values()),
    "f'job-state-{job.state.value}'": [f"job-state-{state}" for state in JobState],
    "f'button-job-{action}'": [f"button-job-{action}" for action in ("pause", "resume", "cancel")],
    "UNITS[mix.unit]": list(UNITS.values()),
    "likeness": [*(words for _, words in ALIKE), HARDLY_ALIKE],
    "ending": ["job-is-done", "job-was-cancelled", "job-has-failed"],
}
"""What stands for a key in the code where it is not written out, and the keys that it may be."""

MACHINERY = {"catalogue.py", "command_names.py"}
"""Files that take any key."""

LONGEST = {
    r"button-.*|.*-button(-.*)?": 80,
    r"button-.*": 16,
    r"vote-title|vote-label|add-(title|to|called)|(filter|track)-form-.*": 45,
    r"vote-placeholder|settings-choose.*|add-placeholder|page-choose-track": 150,
    r"vote-none|settings-option-.*|add-more|(sort|confidence)-.*": 100,
    r"card-(clip|sounds-like|votes|playlist)|track-(told-votes|tempo|energy|length|added)": 250,
    r"headline-.*|.*-title(-.*)?": 150,
    r"progress-.*": 120,
}
"""Most characters of messages: Discord's limits, or what a phone shows. What is filled in comes on top."""

NUMBERS = frozenset(
    {
        *("all", "answers", "changes", "clips", "count", "days", "grace", "megabytes"),
        *("member", "minutes", "number", "pages", "points", "position", "seconds", "undo", "votes"),
    }
)
"""Variables that are counts or seconds; the others are texts."""


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def source(language: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in (files("bot.texts") / language).iterdir())


@cache
def variables(language: str) -> dict[str, set[str]]:
    """Return the variables of every message and attribute of a language's file."""
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(source(language)).body:
        if isinstance(entry, Message):
            for key, pattern in _patterns(entry):
                visitor = _Variables()
                visitor.visit(pattern)
                found[key] = visitor.names
    return found


def _patterns(message: Message) -> Iterator[tuple[str, Pattern]]:
    if message.value is not None:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", attribute.value


def asked_for() -> set[str]:
    """Return every key that the bot's code asks `Texts` for and that English must have."""
    keys: set[str] = set()
    for path in sorted(Path(bot.__file__).parent.rglob("*.py")):
        if path.name in MACHINERY:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _asks(node.func):
                keys.update(_keys(node.args[0]))
    for template in sorted(Path(bot.__file__).parent.rglob("*.html")):
        # Some of them stand in a list there.
        text = template.read_text(encoding="utf-8")
        keys.update(re.findall(r"texts\(\"([a-z-]+)\"", text), re.findall(r"\"((?:web|button)-[a-z-]+)\"", text))
    return keys


def _asks(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):
        return ast.unparse(function.func) in {"texts_for", "texts_in", "texts_of"}
    return ast.unparse(function).rpartition(".")[2] in {"texts", "told", "ENGLISH"}


def _keys(argument: ast.expr) -> list[str]:
    match argument:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp(body=first, orelse=second):
            return [*_keys(first), *_keys(second)]
        case _:
            return WITHOUT_LITERAL[ast.unparse(argument)]


def value_of(name: str, key: str, *, number: float) -> object:
    if key == "percent":
        return 0.5
    return number if name in NUMBERS else f"⟨{name}⟩"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_a_file_is_read_and_written_once(language: str) -> None:
    entries = FluentParser().parse(source(language)).body
    assert [entry.content for entry in entries if isinstance(entry, Junk)] == []
    names = [entry.id.name for entry in entries if isinstance(entry, Message)]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_has_only_messages_that_are_asked_for_with_the_same_variables(language: str) -> None:
    known = variables("en") | REASONS | {key: set() for key in NAMES}
    own = variables(language)
    assert {key: names for key, names in own.items() if names != known.get(key)} == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_says_everything_but_what_is_still_english(language: str) -> None:
    wanted = {key for key in variables("en") if not key.startswith((STILL_ENGLISH, "genre-"))}
    wanted |= REASONS.keys() | {f"sound-{sound}" for sound in Sound}
    assert wanted - variables(language).keys() - MAY_BE_AS_IN_ENGLISH == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 7, 1.5])
def test_every_message_is_filled_in(language: str, number: float, caplog: pytest.LogCaptureFixture) -> None:
    texts = texts_in(language)
    with caplog.at_level(logging.ERROR):
        for key, names in variables(language).items():
            text = texts(key, **{name: value_of(name, key, number=number) for name in names})
            # A script fills that in.
            assert "{" not in text.replace("{name}", ""), key
            # What is a text is shown, whatever the numbers beside it; `unheard` only decides between two wordings.
            assert [
                name for name in names - NUMBERS - {"unheard"} if f"⟨{name}⟩" not in text and key != "percent"
            ] == []
    assert caplog.records == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    texts = texts_in(language)
    for key in variables(language).keys() & variables("en").keys():
        values = {name: value_of(name, key, number=2) for name in variables("en")[key]}
        english = ENGLISH(key, **values)
        if len(re.findall("[a-z]{2,}", re.sub("⟨.*?⟩", "", english))) > 2:
            assert texts(key, **values) != english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("pattern", "limit"), LONGEST.items())
def test_texts_are_as_short_as_discord_wants_them(language: str, pattern: str, limit: int) -> None:
    texts = texts_in(language)
    keys = [key for key in variables("en") if re.fullmatch(pattern, key)]
    assert keys
    for key in keys:
        text = texts(key, **{name: 2 if name in NUMBERS else "" for name in variables("en")[key]})
        assert len(text) <= limit, key


def test_english_has_every_message_that_the_code_asks_for_and_no_other() -> None:
    asked = asked_for()
    assert asked - REASONS.keys() - variables("en").keys() == set()
    assert {key for key in variables("en") if not key.startswith("genre-")} - asked == set()


@pytest.mark.parametrize(
    ("language", "share", "short", "long", "words"),
    [
        ("en", "87%", "4.2 s", "42 s", "jazz, pop and rock"),
        ("de", "87\u00a0%", "4,2\u00a0s", "42\u00a0s", "jazz, pop und rock"),
        ("es", "87\u00a0%", "4,2\u00a0s", "42\u00a0s", "jazz, pop y rock"),
        ("fr", "87\u00a0%", "4,2\u00a0s", "42\u00a0s", "jazz, pop et rock"),
        ("pt-BR", "87%", "4,2\u00a0s", "42\u00a0s", "jazz, pop e rock"),
        ("ja", "87%", "4.2秒", "42秒", "jazz、pop、rock"),
    ],
)
def test_numbers_and_lists_are_written_as_the_language_has_them(
    language: str, share: str, short: str, long: str, words: str
) -> None:
    texts = texts_in(language)
    assert percent(0.873, texts) == share
    assert duration(4.21, texts) == short
    assert duration(42.4, texts) == long
    assert duration(187, texts) == "3:07"
    assert listing(["jazz", "pop", "rock"], texts) == words
    assert listing(["jazz"], texts) == "jazz"


def test_japanese_joins_words_and_sentences_without_spaces() -> None:
    assert series(["ジャズ", "ロック"], texts_in("ja")) == "ジャズ、ロック"
    assert paragraph(["はい。", "いいえ。"], texts_in("ja")) == "はい。いいえ。"
    assert paragraph(["Ja.", "Nein."], texts_in("de")) == "Ja. Nein."


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_line_breaks_before_a_unit_or_a_mark(language: str) -> None:
    loose = r" (?=[:;?!»](?:\W|$))|(?<=«) " if language == "fr" else r"(?!)"
    lines = [line for line in source(language).splitlines() if not line.startswith("#")]
    assert [line for line in lines if re.search(rf"{loose}|(?<=[0-9}}]) (?=(s|min|%)\b)| (?=…)", line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_commands_as_members_type_them(language: str) -> None:
    texts = texts_in(language)
    names = {key: texts(key) for key in variables("en") if re.fullmatch("command-[a-z-]+", key)}
    typed = {f"/{name}" for name in names.values()}
    typed |= {f"/{names[group]} {names[key]}" for group in names for key in names if key.startswith(f"{group}-")}
    named = set(re.findall(r"[`*](/[^`*{]+)[`*]", source(language)))
    assert len(named) >= 10
    assert named - typed == set()


@pytest.mark.parametrize("language", LANGUAGES)
@given(share=st.floats(0, 1))
def test_percentages_are_rounded_to_the_nearest(language: str, share: float) -> None:
    written = percent(share, texts_in(language))
    digits = re.fullmatch(r"(\d+)\u00a0?%", written)
    assert digits is not None
    assert abs(int(digits[1]) - 100 * share) <= 0.5 + 1e-9


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "it", "zh-CN", "pt-PT", "", "nonsense", None])
def test_a_locale_without_a_language_of_its_own_reads_english(locale: str | None) -> None:
    assert texts_for(locale) is ENGLISH
    assert texts_in(str(locale)) is ENGLISH


@pytest.mark.parametrize(("locale", "language"), DISCORD_LOCALES.items())
def test_a_locale_reads_its_language(locale: str, language: str) -> None:
    assert texts_for(locale) is texts_in(language)
    assert texts_for(locale).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_does_not_have_is_english(language: str) -> None:
    texts = texts_in(language)
    assert texts("settings-nowhere") == ENGLISH("settings-nowhere")
    assert texts.find("genre-polka") is None
    assert texts.find("command-genre.nothing") is None
    assert tag_name("R&B", texts) == "R&B"
    with pytest.raises(KeyError, match="no-such-message"):
        texts("no-such-message")
