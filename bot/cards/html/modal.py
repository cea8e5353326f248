"""Forms that a button opens, as HTML."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import ui
from markupsafe import Markup

from bot.cards.html.context import PageContext
from bot.cards.html.element import element
from bot.cards.html.parts import form, hidden_field, menu_html

FORM: Final = "form"
"""Field that holds the custom id of the form that was filled in."""

CHECKED: Final = str(True)
"""What a box that was ticked sends, as `bot.buttons.filled_form` reads Discord's."""


def modal_html(modal: ui.Modal, context: PageContext) -> Markup:
    """Return a form.

    Parameters
    ----------
    modal
        Labels, each with a menu, a line of text or a box to tick.
    context
        What the page knows.

    Returns
    -------
    Markup
        It sends `FORM`, and what was filled in by the custom ids of the parts.

    Raises
    ------
    TypeError
        If it holds anything else.
    """
    return form(
        context,
        element(f"h{context.heading_level}", modal.title, class_="form-title"),
        hidden_field(FORM, modal.custom_id),
        *map(_labelled, modal.children),
        element("button", context.submit, class_=f"button button-{discord.ButtonStyle.primary.name}"),
        class_="form",
    )


def _labelled(label: ui.Item[Any]) -> Markup:
    if not isinstance(label, ui.Label):
        raise TypeError(f"no HTML for {type(label).__name__}")
    parts = [element("span", label.text, class_="field-name")]
    if label.description:
        parts.append(element("span", label.description, class_="field-description"))
    return element("label", *parts, _field(label.component), class_="field")


def _field(component: ui.Item[Any]) -> Markup:
    match component:
        case ui.Select():
            return menu_html(component)
        case ui.TextInput():
            return _text_field(component)
        case ui.Checkbox():
            return element("input", type="checkbox", name=component.custom_id, value=CHECKED, checked=component.default)
        case _:
            raise TypeError(f"no HTML for {type(component).__name__}")


def _text_field(text: ui.TextInput[Any]) -> Markup:
    shared = {
        "name": text.custom_id,
        "placeholder": text.placeholder,
        "minlength": text.min_length,
        "maxlength": text.max_length,
        "required": text.required,
    }
    if text.style is discord.TextStyle.paragraph:
        # A browser drops the first newline.
        return element("textarea", "\n", text.default or "", **shared)
    return element("input", type="text", value=text.default, **shared)
