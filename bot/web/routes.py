"""The addresses of the channel, and what each does."""

from __future__ import annotations

import json

from aiohttp import web

from bot.buttons.forms import take_answer_form
from bot.buttons.under_answer import press
from bot.cards.failure import failure_card
from bot.cards.html.modal import FORM
from bot.cards.html.view import PRESS
from bot.failing import log_failure
from bot.media.in_message import MOST_CLIPS
from bot.playlists.errors import NothingToAddTo
from bot.store.answers import PostedAnswer
from bot.surfaces.surface import Reply
from bot.web.channel import Message
from bot.web.clicks import Said, WebClick
from bot.web.events import state_of
from bot.web.forms import filled_form_of, form_of
from bot.web.fragments import wants_fragment
from bot.web.guard import COOKIE
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.looking import look_values
from bot.web.pages import asked_of
from bot.web.sources import LINK_BITS
from classifier.result import Analysis


async def show_channel(request: web.Request) -> web.Response:
    """Show the channel."""
    site = request.app[SITE]
    settings = site.services.settings
    return site.pages.response(
        "channel.html",
        texts_of(request),
        messages=[site.pages.message(message) for message in site.channel.messages],
        is_under_way=any(message.is_under_way for message in site.channel.messages),
        seen=state_of(site.channel),
        megabytes=f"{settings.max_upload_mb:g}",
        at_once=min(settings.jobs_per_member, MOST_CLIPS),
        max_bytes=settings.max_upload_bytes,
    )


async def take_click(request: web.Request) -> web.Response:
    """Do what a button is there for, or a form that it opened."""
    site = request.app[SITE]
    texts = texts_of(request)
    message = _message(request)
    fields = await form_of(request)
    pressed, form_id = fields.get(PRESS, ""), fields.get(FORM, "")
    click = WebClick(site.channel, message, texts, site.services)
    with site.services.requests.one():
        try:
            if form_id:
                filled = filled_form_of(fields)
                known = await take_answer_form(form_id, click, filled)
            else:
                known = await press(pressed, click)
        except NothingToAddTo:
            click.said = Said(Reply(content=texts("web-make-one", playlists=texts("web-playlists"))))
            known = True
        except Exception as error:  # noqa: BLE001 - it is told, and logged in full where nobody expected it
            log_failure(error)
            click.said = Said(Reply(failure_card(error, texts)))
            known = True
    if not known:
        raise web.HTTPBadRequest
    said = site.pages.said(click.said, message, texts)
    if wants_fragment(request):
        return web.Response(text=said, content_type="text/html") if said else web.Response(status=204)
    if not said:
        raise web.HTTPSeeOther(f"/#m{message.id}")
    return site.pages.response("said.html", texts, said=said, back=f"/#m{message.id}")


async def show_picture(request: web.Request) -> web.Response:
    """Show the picture of a message."""
    picture = _message(request).reply.picture
    if picture is None or picture.name != request.match_info["name"]:
        raise web.HTTPNotFound
    return web.Response(body=picture.data, content_type="image/png")


async def show_look(request: web.Request) -> web.Response:
    """Look closer at an answer."""
    site = request.app[SITE]
    texts = texts_of(request)
    posted, analysis = await _answer(request)
    message = None if posted.message is None else site.channel.get(posted.message)
    return site.pages.part(
        "look",
        request,
        texts,
        asked=None if message is None else asked_of(message),
        back="/" if message is None else f"/#m{message.id}",
        **look_values(posted, analysis, texts),
    )


async def send_analysis(request: web.Request) -> web.Response:
    """Send an analysis as JSON."""
    posted, analysis = await _answer(request)
    return web.Response(
        text=json.dumps(analysis.to_dict(), indent=2),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="analysis-{posted.id}.json"'},
    )


async def show_login(request: web.Request) -> web.Response:
    """Ask for the password."""
    site = request.app[SITE]
    if not site.guard.asks:
        raise web.HTTPSeeOther("/")
    return site.pages.response("login.html", texts_of(request), problem=None)


async def log_in(request: web.Request) -> web.Response:
    """Let a browser in that knows the password."""
    site = request.app[SITE]
    texts = texts_of(request)
    fields = await form_of(request)
    if not site.guard.asks:
        raise web.HTTPSeeOther("/")
    source = site.sources.of(request, bits=LINK_BITS)
    if site.guard.has_to_wait(source):
        return site.pages.response("login.html", texts, status=429, problem=texts("web-too-many-attempts"))
    session = site.guard.log_in(fields.get("password", ""), source)
    if session is None:
        return site.pages.response("login.html", texts, status=403, problem=texts("web-wrong-password"))
    response = web.HTTPSeeOther("/")
    public = site.services.settings.public_url
    # On a network of one's own there may be no https.
    secure = public is not None and public.scheme == "https" and request.host == public.host_port_subcomponent
    response.set_cookie(COOKIE, session, httponly=True, samesite="Strict", secure=secure)
    raise response


async def log_out(request: web.Request) -> web.Response:
    """Forget a browser that was let in."""
    request.app[SITE].guard.log_out(request)
    response = web.HTTPSeeOther("/login")
    response.del_cookie(COOKIE)
    raise response


def _message(request: web.Request) -> Message:
    message = request.app[SITE].channel.get(int(request.match_info["message"]))
    if message is None:
        raise web.HTTPNotFound
    return message


async def _answer(request: web.Request) -> tuple[PostedAnswer, Analysis]:
    """Return an answer of the channel."""
    site = request.app[SITE]
    store = site.services.store
    posted = await store.answers.get(int(request.match_info["answer"]))
    # Those of other channels, in Discord or of another page, are not for whoever looks at this one.
    if posted is None or posted.channel != site.channel.number:
        raise web.HTTPNotFound
    # Nor is one that made room for others. (Of a new one, it may not be noted yet where it stands.)
    if posted.message is not None and site.channel.get(posted.message) is None:
        raise web.HTTPNotFound
    analysis = await store.analyses.get(posted.digest, posted.model_key)
    if analysis is None:
        raise web.HTTPNotFound
    return posted, analysis
