"""Fills in the templates of the page."""

from __future__ import annotations

from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.buttons.under_answer import answer_of
from bot.cards.failure import failure_card
from bot.cards.html.context import PageContext
from bot.cards.html.modal import modal_html
from bot.cards.html.reply import reply_html
from bot.cards.picture import Picture
from bot.failing import log_failure
from bot.media.links import MAX_LINK_LENGTH
from bot.playlists.playlist import DESCRIPTION_LIMIT, NAME_LIMIT
from bot.playlists.wanted import TEXT_LIMIT
from bot.surfaces.surface import Reply
from bot.text import printable
from bot.texts.catalogue import Texts
from bot.version import installed_version
from bot.web.assets import Assets
from bot.web.channel import Message
from bot.web.clicks import Said
from bot.web.fragments import FRAGMENT, wants_fragment
from bot.web.names import naming

ASKED_SHOWN: Final = 80
"""Characters of what a clip is called that are shown above its answer."""


LONGEST: Final = {
    "name": NAME_LIMIT,
    "description": DESCRIPTION_LIMIT,
    "text": TEXT_LIMIT,
    "link": MAX_LINK_LENGTH,
}
"""Characters of what is typed into a field."""


class Pages:
    """The templates.

    Parameters
    ----------
    assets
        Stylesheets and scripts that pages refer to.
    asks_for_password
        Whether there is a way to log out.
    """

    def __init__(self, assets: Assets, *, asks_for_password: bool) -> None:
        self._environment = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=assets.address,
            version=installed_version(),
            asks_for_password=asks_for_password,
            longest=LONGEST,
        )

    def html(self, template: str, texts: Texts, **values: Any) -> str:
        """Fill a template in.

        Parameters
        ----------
        template
            Name of its file.
        texts
            The reader's language.
        **values
            What stands in it.

        Returns
        -------
        str
        """
        return self._environment.get_template(template).render(texts=texts, **values)

    def response(self, template: str, texts: Texts, *, status: int = 200, **values: Any) -> web.Response:
        """Answer with a template.

        Parameters
        ----------
        template, texts, **values
            As for `html`.
        status
            Of the answer.

        Returns
        -------
        aiohttp.web.Response
        """
        return web.Response(
            text=self.html(template, texts, **values),
            status=status,
            content_type="text/html",
            headers={"Content-Language": texts.language, "Vary": f"Accept-Language, {FRAGMENT}"},
        )

    def part(self, name: str, request: web.Request, texts: Texts, **values: Any) -> web.Response:
        """Answer with what stands in a page: alone for a script, which puts it into its own, else in one of its own.

        Parameters
        ----------
        name
            Of the two templates: that of the page, and the other with ``_fragment``.
        request
            By a script or not.
        texts, **values
            As for `html`.

        Returns
        -------
        aiohttp.web.Response
        """
        return self.response(f"{name}_fragment.html" if wants_fragment(request) else f"{name}.html", texts, **values)

    def message(self, message: Message) -> str:
        """Return a message of the channel.

        Parameters
        ----------
        message
            The message.

        Returns
        -------
        str
            In the language that it is answered in.
        """
        # Many may look at it, again and again.
        if message.written is None or message.written[0] != message.revision:
            try:
                html = self._write(message, message.reply)
            except Exception as error:  # noqa: BLE001 - it is logged in full, and the others are still read
                log_failure(error)
                html = self._write(message, Reply(failure_card(error, message.texts)))
            message.written = message.revision, html
        return message.written[1]

    def _write(self, message: Message, reply: Reply) -> str:
        return self.html(
            "message.html",
            message.texts,
            message=message,
            asked=asked_of(message),
            reply=reply_html(reply, _context(message)),
            answer=answer_of(reply.view),
        )

    def said(self, said: Said, message: Message, texts: Texts) -> Markup:
        """Return what a click was answered with.

        Parameters
        ----------
        said
            A text, a card or a form.
        message
            What was clicked under.
        texts
            The language of the one who clicked.

        Returns
        -------
        Markup
        """
        context = _context(message, texts)
        if said.form is not None:
            return modal_html(said.form, context)
        return Markup() if said.reply is None else reply_html(said.reply, context)


def asked_of(message: Message) -> str:
    """Return what the clip of a message is called, short enough to stand above its answer."""
    return printable(message.asked, limit=ASKED_SHOWN)


def _context(message: Message, texts: Texts | None = None) -> PageContext:
    def address_of(picture: Picture) -> str:
        # A message may have another picture later, under the same name.
        return f"/messages/{message.id}/files/{picture.name}?{message.revision}"

    return PageContext(
        action=f"/messages/{message.id}/press",
        submit=(texts or message.texts)("web-submit"),
        address_of=address_of,
        heading_level=3,
        name_of=naming(texts or message.texts),
    )
