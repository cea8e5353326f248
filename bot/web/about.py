"""What the bot is and how good it is: the card of ``/about``, and the whole model card with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from aiohttp import web
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from bot.cards.about import about_card
from bot.cards.html.card import card_html
from bot.web.keys import SITE
from bot.web.language import texts_of
from classifier.location import default_model_dir

FIGURES: Final = ("reliability.png", "genres.png", "confusion.png", "robustness.png")
"""Pictures of the model card; nothing else of that folder is served."""


async def show_about(request: web.Request) -> web.Response:
    """Show what the bot is."""
    site = request.app[SITE]
    texts = texts_of(request)
    facts = site.services.facts
    return site.pages.response(
        "about.html",
        texts,
        card=card_html(about_card(facts, site.services.settings, texts), heading_level=1),
        # A model of somebody's own is not the one that the card is about.
        model_card=_model_card() if facts.headline is not None else None,
    )


async def show_figure(request: web.Request) -> web.Response:
    """Show a picture of the model card."""
    name = request.match_info["name"]
    if name not in FIGURES:
        raise web.HTTPNotFound
    return web.Response(body=_figure(name), content_type="image/png", headers={"Cache-Control": "max-age=3600"})


def _folder() -> Path:
    return default_model_dir().parent


@cache
def _figure(name: str) -> bytes:
    return (_folder() / "model_card" / name).read_bytes()


@cache
def _model_card() -> Markup:
    """Return the model card as HTML; nothing in it is HTML itself."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_without_comments((_folder() / "MODEL_CARD.md").read_text(encoding="utf-8")))
    heading = ""
    for token, after in pairwise((*tokens, tokens[-1])):
        if token.type == "heading_open":
            heading = after.content
        # Below the page's own heading.
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        if token.attrs.pop("style", None) == "text-align:right":
            # The page's policy allows no style in the text.
            token.attrSet("class", "number")
        if token.type == "table_open":
            # What is too wide is scrolled, also by the keyboard, and so it has a name.
            token.attrs |= {"class": "figures", "tabindex": "0", "role": "region", "aria-label": heading}
        for part in token.children or ():
            if part.type == "image":
                part.attrSet("src", f"/about/{Path(str(part.attrGet('src'))).name}")
                part.attrSet("loading", "lazy")
            if part.type == "link_open" and not str(part.attrGet("href")).startswith(("https://", "#")):
                # Leads to a file of the repository.
                part.attrSet("href", "#")
    reader.add_render_rule("table_open", _open_region)
    reader.add_render_rule("table_close", _close_region)
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - of a file that ships, without HTML


def _open_region(self: RendererHTML, tokens: Sequence[Token], index: int, *_: object) -> str:
    # Around the table: one that scrolls by itself is none to a screen reader.
    return f"<div{self.renderAttrs(tokens[index])}><table>\n"


def _close_region(*_: object) -> str:
    return "</table></div>\n"


def _without_comments(text: str) -> str:
    before, _, rest = text.partition("<!--")
    return before + rest.partition("-->")[2] if rest else text
