"""Tells browsers what has changed in the channel, as it changes."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Final

from aiohttp import web

from bot.failing import log_failure
from bot.web.channel import Channel
from bot.web.keys import SITE
from bot.web.pages import Pages

MOST_LISTENERS: Final = 50
"""Pages that are told at the same time; each holds a connection."""

ALIVE_EVERY_SECONDS: Final = 20.0
"""How often something is sent where nothing happens, in seconds: proxies close what is silent, and so one that is gone
is noticed."""

RETRY: Final = b"retry: 1000\n\n"
"""How soon a browser comes back after the connection was lost, in milliseconds."""

STATE: Final = re.compile(r"([0-9]{1,13})\.([0-9]{1,15})")
"""What a browser has seen: the number of a channel, and a revision."""


def state_of(channel: Channel) -> str:
    """Return what a browser has seen that shows the whole channel now; matches `STATE`."""
    return f"{channel.number}.{channel.revision}"


async def tell_changes(request: web.Request) -> web.StreamResponse:
    """Send each message that changes, as server-sent events, until the browser goes away.

    Parameters
    ----------
    request
        Says what the browser has seen: as it was told last, or in the address.

    Returns
    -------
    aiohttp.web.StreamResponse
        ``welcome`` or, where too many are listening, ``full``; ``message`` with the HTML of a message, ``gone`` with
        the id of one that was deleted, ``seen``, by whose id a browser goes on, and ``restarted`` where it has to
        begin anew: after a restart, or too long away.
    """
    site = request.app[SITE]
    channel = site.channel
    seen = STATE.fullmatch(request.headers.get("Last-Event-ID") or request.query.get("seen", ""))
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    if channel.listeners >= MOST_LISTENERS:
        # No error: a browser would not tell its script which.
        await response.prepare(request)
        await response.write(_event("full", ""))
        return response
    with channel.listening() as listener:
        await response.prepare(request)
        await response.write(RETRY + _event("welcome", ""))
        missed = None if seen is None or int(seen[1]) != channel.number else channel.changed_since(int(seen[2]))
        if missed is None:
            await response.write(_event("restarted", ""))
            return response
        for message_id in missed:
            listener.tell(message_id)
        while True:
            try:
                async with asyncio.timeout(ALIVE_EVERY_SECONDS):
                    changed = await listener.changed()
            except TimeoutError:
                changed = ()
            if changed is None or site.guard.refusal(request) is not None:
                # The bot stops, or whoever looks has logged out meanwhile.
                return response
            if not changed:
                await response.write(b": still here\n\n")
                continue
            # What changes while these are sent is told by the next ones.
            state = state_of(channel)
            try:
                changes = b"".join(_change(message_id, channel, site.pages) for message_id in changed)
            except Exception as error:  # noqa: BLE001 - it is logged; a page that says so would stand in the stream
                log_failure(error)
                return response
            await response.write(changes)
            await response.write(f"id: {state}\nevent: seen\ndata:\n\n".encode())


def _change(message_id: int, channel: Channel, pages: Pages) -> bytes:
    message = channel.get(message_id)
    return _event("gone", str(message_id)) if message is None else _event("message", pages.message(message))


def _event(kind: str, data: str) -> bytes:
    # In JSON, so that no line of it can be taken for one of the protocol.
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()
