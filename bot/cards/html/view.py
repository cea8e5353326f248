"""Buttons and menus under a message as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import discord
from discord import ui
from markupsafe import Markup

from bot.cards.html.context import PageContext
from bot.cards.html.element import element, link
from bot.cards.html.parts import form, menu_html, with_emoji

PRESS: Final = "press"
"""Field that holds the custom id of the button or the menu that was used."""


def view_html(view: ui.View, context: PageContext) -> Markup:
    """Return what stands under a message.

    Parameters
    ----------
    view
        Buttons and menus.
    context
        What the page knows.

    Returns
    -------
    Markup
        A form with the buttons that stand together, and one for each menu: it sends `PRESS`, and the values of a menu
        by its custom id.

    Raises
    ------
    TypeError
        If it holds anything else.
    """
    return element("div", *_forms(view, context), class_="view")


def _forms(view: ui.View, context: PageContext) -> Iterator[Markup]:
    items = [item.item if isinstance(item, ui.DynamicItem) else item for item in view.children]
    for _, together in groupby(items, key=lambda item: isinstance(item, ui.Button)):
        buttons = []
        for item in together:
            if isinstance(item, ui.Button):
                buttons.append(_button(item))
            elif isinstance(item, ui.Select):
                yield form(context, *_menu(item, context), class_="menu")
            else:
                raise TypeError(f"no HTML for {type(item).__name__}")
        if buttons:
            yield form(context, *buttons, class_="buttons")


def _button(button: ui.Button[Any]) -> Markup:
    text = with_emoji(button.emoji, button.label or "")
    class_ = f"button button-{button.style.name}"
    if button.url is not None:
        return link(button.url, text, class_=class_)
    return element("button", text, name=PRESS, value=button.custom_id, class_=class_, disabled=button.disabled)


def _menu(menu: ui.Select[Any], context: PageContext) -> tuple[Markup, Markup]:
    send = element(
        "button",
        context.submit,
        name=PRESS,
        value=menu.custom_id,
        class_=f"button button-{discord.ButtonStyle.secondary.name}",
        disabled=menu.disabled,
    )
    return menu_html(menu, named=menu.placeholder or context.submit), send
