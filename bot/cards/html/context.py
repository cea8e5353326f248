"""What a page knows that no card does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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
    hidden
        Fields that are sent with every form and not shown, by name.
    heading_level
        Of titles, 1 to 5.
    """

    action: str
    submit: str
    address_of: Callable[[Picture], str]
    name_of: NameOf = nobody
    hidden: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    heading_level: int = 2
