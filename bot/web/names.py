"""What members are called on the page, which does not know Discord's names."""

from __future__ import annotations

from bot.cards.fingerprint import id_in_short
from bot.cards.html.inline import NameOf
from bot.texts.catalogue import Texts
from bot.web.here import MEMBER


def name_of(member: int, texts: Texts) -> str:
    """Return what a member is called on the page.

    Parameters
    ----------
    member
        Discord's id, or `bot.web.here.MEMBER`.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    return texts("web-you") if member == MEMBER else id_in_short(member)


def naming(texts: Texts) -> NameOf:
    """Return what names the members in cards; see `name_of`."""
    return lambda member: name_of(int(member), texts)
