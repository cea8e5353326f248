"""What stands in forms: menus, and what every form sends."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui
from markupsafe import Markup

from bot.cards.html.context import PageContext
from bot.cards.html.element import element


def form(context: PageContext, *content: str, class_: str) -> Markup:
    """Return a form.

    Parameters
    ----------
    context
        What the page knows.
    *content
        What it holds.
    class_
        Of the element.

    Returns
    -------
    Markup
    """
    return element("form", *content, method="post", action=context.action, class_=class_)


def hidden_field(name: str, value: str) -> Markup:
    """Return a field that is sent and not shown."""
    return element("input", type="hidden", name=name, value=value)


def menu_html(menu: ui.Select[Any], *, named: str | None = None) -> Markup:
    """Return a menu.

    Parameters
    ----------
    menu
        The menu.
    named
        What it is called for those who do not see it; None where a label does that.

    Returns
    -------
    Markup
    """
    choices = [_choice(option) for option in menu.options]
    several = menu.max_values > 1
    if menu.placeholder is not None and not several:
        # Nothing is chosen by it, which a browser lets nobody send where something has to be.
        choices.insert(0, element("option", menu.placeholder, value=""))
    return element(
        "select",
        *choices,
        name=menu.custom_id,
        multiple=several,
        required=menu.required and menu.min_values > 0,
        disabled=menu.disabled,
        aria_label=named,
    )


def with_emoji(emoji: discord.PartialEmoji | discord.Emoji | None, text: str) -> str:
    """Return a text after its emoji; those that a server drew are not at hand."""
    if not isinstance(emoji, discord.PartialEmoji) or not emoji.is_unicode_emoji():
        return text
    return f"{emoji.name} {text}".strip()


def _choice(option: discord.SelectOption) -> Markup:
    words = with_emoji(option.emoji, option.label)
    if option.description:
        words = f"{words} · {option.description}"
    return element("option", words, value=option.value, selected=option.default)
