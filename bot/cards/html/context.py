"""What a page knows that no card does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.cards.html.inline import NameOf, nobody
from bot.cards.picture import Picture


@dataclass(frozen=True, slots=True)
class PageContext:
    """What stands around a card on a page.

    Parameters
    ----------
    action
        Address that buttons and forms are sent to.
    submit
        Text of the button that sends a form or what was chosen in a menu.
    address_of
        Returns the address of a picture or file.
    name_of
        Knows what members, roles and channels are called.
    heading_level
        Of titles, 1 to 5.
    """

    action: str
    submit: str
    address_of: Callable[[Picture], str]
    name_of: NameOf = nobody
    heading_level: int = 2
