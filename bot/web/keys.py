"""What the parts of the page find in the running application."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from aiohttp import web

from bot.services import Services
from bot.web.channel import Channel
from bot.web.guard import Guard
from bot.web.layouts import Layouts
from bot.web.one_at_a_time import OneAtATime
from bot.web.pages import Pages
from bot.web.sources import Sources


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a page may need.

    Parameters
    ----------
    services
        The same as the commands call in Discord.
    channel
        The one channel.
    pages
        Fills templates in.
    guard
        Who is let in.
    sources
        Where requests come from.
    layouts
        How playlists are laid out by sound.
    large, published_large
        Whose turn it is to have something large made, here and on pages that strangers may look at: they keep nobody
        waiting who was let in.
    """

    services: Services
    channel: Channel
    pages: Pages
    guard: Guard
    sources: Sources
    layouts: Layouts
    large: OneAtATime = field(default_factory=OneAtATime)
    published_large: OneAtATime = field(default_factory=OneAtATime)

    def turn(self, *, is_public: bool) -> AbstractAsyncContextManager[None]:
        """Wait for the turn to have something large made; see `OneAtATime.turn`."""
        return (self.published_large if is_public else self.large).turn()


SITE: web.AppKey[Site] = web.AppKey("site", Site)
"""Where a request finds it: ``request.app[SITE]``."""
