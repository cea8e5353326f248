"""The form in which the filters of a page are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.buttons.ballot import FORM_SECONDS
from bot.buttons.discord_click import MOST_OPTIONS
from bot.buttons.filled_form import FilledForm
from bot.cards.html.modal import CHECKED
from bot.cards.playlist_page import CONFIDENCES
from bot.playlists.wanted import TEXT_LIMIT, Wanted, wanted_text
from bot.text import printable, sentence_case
from bot.texts.catalogue import Texts
from bot.texts.phrases import genre_name
from bot.wording import tag_name

TEXT, GENRE, TAG, CONFIDENCE, DISPUTED = "text", "genre", "tag", "confidence", "disputed"


def filter_form(form_id: str, wanted: Wanted, *, genres: Sequence[str], tags: Sequence[str], texts: Texts) -> ui.Modal:
    """Return the form.

    Parameters
    ----------
    form_id
        Custom id of the form.
    wanted
        What is chosen now.
    genres, tags
        What the playlist has, the most frequent first; menus without a choice are left out.
    texts
        The reader's language.

    Returns
    -------
    discord.ui.Modal
    """
    form = ui.Modal(title=texts("filter-form-title"), custom_id=form_id, timeout=FORM_SECONDS)
    text: ui.TextInput[Any] = ui.TextInput(custom_id=TEXT, default=wanted.text, required=False, max_length=TEXT_LIMIT)
    form.add_item(ui.Label(text=texts("filter-form-text"), component=text))
    menus = (
        (GENRE, texts("filter-form-genre"), {genre: genre_name(genre, texts) for genre in genres}, wanted.genre),
        (TAG, texts("filter-form-tag"), {tag: tag_name(tag, texts) for tag in tags}, wanted.tag),
        (
            CONFIDENCE,
            texts("filter-form-confidence"),
            {verdict.value: texts(CONFIDENCES[verdict]) for verdict in CONFIDENCES},
            None if wanted.verdict is None else wanted.verdict.value,
        ),
    )
    for custom_id, label, choices, chosen in menus:
        options = _options(choices, chosen)
        if options:
            menu: ui.Select[Any] = ui.Select(
                custom_id=custom_id,
                placeholder=texts("filter-form-any"),
                options=options,
                required=False,
                min_values=0,
            )
            form.add_item(ui.Label(text=label, component=menu))
    box: ui.Checkbox[Any] = ui.Checkbox(custom_id=DISPUTED, default=wanted.disputed)
    return form.add_item(ui.Label(text=texts("filter-form-disputed"), component=box))


def _options(choices: Mapping[str, str], chosen: str | None) -> list[discord.SelectOption]:
    values = list(choices)[:MOST_OPTIONS]
    if chosen is not None and chosen not in values:
        values = [chosen, *values[: MOST_OPTIONS - 1]]
    return [
        discord.SelectOption(
            label=sentence_case(printable(choices.get(value, value), limit=99)), value=value, default=value == chosen
        )
        for value in values
    ]


def filters_of(form: FilledForm, before: Wanted) -> Wanted:
    """Read the form.

    Parameters
    ----------
    form
        What stands in it: a modified client may send anything.
    before
        What was wanted before: the order, and what the form does not ask for.

    Returns
    -------
    Wanted
    """
    verdicts = {verdict.value: verdict for verdict in CONFIDENCES}
    return replace(
        before,
        text=wanted_text(form.value(TEXT)),
        genre=wanted_text(form.value(GENRE)),
        tag=wanted_text(form.value(TAG)),
        verdict=verdicts.get(form.value(CONFIDENCE) or ""),
        disputed=form.value(DISPUTED) == CHECKED,
    )
