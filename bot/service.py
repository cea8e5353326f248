"""Puts the bot together, runs it until it is told to stop, and takes it apart again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bot.analyzer import LocalAnalyzer
from bot.application import named_discord_failures, read_application
from bot.client import GenreBot
from bot.facts import model_key, read_facts
from bot.health import heartbeat
from bot.illustrator import TimelineIllustrator
from bot.logs import get_logger
from bot.media.attachments import Fetch, fetch_over
from bot.media.clip_folder import clip_folder
from bot.media.guarded_http import GuardedHttp
from bot.media.linked_clip import LinkReader
from bot.media.sites import Sites
from bot.memory import StoredMemory
from bot.services import Services
from bot.settings import Settings
from bot.store.database import Store, open_store
from bot.store.restores import noticing_restores
from bot.store.sweeping import sweeping
from bot.version import installed_version
from bot.web.address import Address, open_socket
from bot.web.server import serving
from bot.winding_down import wind_down
from classifier.workers import AnalysisWorkers, WorkerConfig

log = get_logger(__name__)

Announce = Callable[[Address], None]
"""Is told where the page is found."""


async def serve(settings: Settings, *, token: str | None, announce: Announce | None = None) -> None:
    """Run the bot until SIGTERM or SIGINT, then let running jobs finish and leave nothing behind.

    Parameters
    ----------
    settings
        What the operator chose.
    token
        Of the Discord application's bot; None for a bot that is not on Discord.
    announce
        Told where the page will be found, before anything else; None where there is to be no page.

    Raises
    ------
    WebRefused, WebUnavailable
        If the page cannot be served.
    BadToken
        If Discord refuses the token.
    DiscordUnreachable, DiscordRefused
        If there is no connection, or none is allowed.
    StoreUnavailable, ModelError, DecoderUnavailable
        If the bot could not do its work.
    """
    stop = _stop_on_signals()
    # The bot never speaks, so what voice would need is nobody's concern.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with AsyncExitStack() as resources:
        page = None
        if announce is not None:
            # First of all: whoever opens it now waits until it is served.
            page = open_socket(settings)
            resources.enter_context(page[0])
            announce(page[1])
        store = await resources.enter_async_context(open_store(settings.database_url))
        await resources.enter_async_context(
            sweeping(
                store,
                keep=settings.keep,
                at_most=settings.cache_entries,
                undo=settings.undo,
                leave_grace=settings.leave_grace,
            )
        )
        await resources.enter_async_context(noticing_restores(store.restores))
        session = await resources.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        folder = resources.enter_context(clip_folder())
        workers = AnalysisWorkers(
            WorkerConfig(
                settings.model_dir, settings.decode_options, settings.job_timeout, illustrator=TimelineIllustrator()
            ),
            count=settings.workers,
        )
        resources.push_async_callback(asyncio.to_thread, workers.close)
        health = _Health()
        await resources.enter_async_context(heartbeat(settings.health_file, alive=health.is_alive))
        services = build_services(
            settings,
            workers=workers,
            store=store,
            fetch=fetch_over(session, timeout=settings.download_timeout),
            links=link_reader(settings, folder=folder),
            folder=folder,
        )
        resources.push_async_callback(services.drawing.close)
        if page is not None:
            # While the model is loaded: the first clip waits for that.
            await resources.enter_async_context(serving(services, *page))
            # However the bot ends, from now on: somebody may wait for an answer there.
            resources.push_async_callback(_wind_down_at_last, services)
        log.info("loading the model", workers=settings.workers)
        warming = asyncio.create_task(asyncio.to_thread(workers.warm_up))
        if not await _done_before(stop, warming):
            return
        if token is not None:
            await _be_on_discord(services, token, stop, health)
        else:
            health.is_ready = True
            await stop.wait()
    log.info("stopped")


async def _wind_down_at_last(services: Services) -> None:
    # Beside Discord, that has been done where the bot left it.
    if services.analyzer.is_admitting:
        await wind_down(services, grace=services.settings.shutdown_grace)


class _Health:
    """What is alive of the bot."""

    def __init__(self) -> None:
        self.is_ready = False
        self.bot: GenreBot | None = None

    def is_alive(self) -> bool:
        return self.is_ready or (self.bot is not None and self.bot.is_connected)


async def _be_on_discord(services: Services, token: str, stop: asyncio.Event, health: _Health) -> None:
    with named_discord_failures():
        asking = asyncio.create_task(read_application(token))
        if not await _done_before(stop, asking):
            asking.cancel()
            await asyncio.wait({asking})
            return
        bot = health.bot = GenreBot(services, reads_messages=asking.result().may_read_messages)
        async with AsyncExitStack() as resources:
            resources.push_async_callback(bot.close)
            connection = asyncio.create_task(bot.start(token))
            if not await _done_before(stop, connection):
                await bot.shut_down(grace=services.settings.shutdown_grace)
                # It may still log in, or wait to try again: nobody needs that any more.
                connection.cancel()
                await asyncio.wait({connection})


def build_services(
    settings: Settings, *, workers: AnalysisWorkers, store: Store, fetch: Fetch, links: LinkReader, folder: Path
) -> Services:
    """Put together what the commands call.

    Parameters
    ----------
    settings
        What the operator chose.
    workers
        The processes that listen; they stay the caller's to close.
    store
        What outlives a restart.
    fetch
        Where attachments are read from.
    links
        What links are read with.
    folder
        Private folder for clips that are being analysed.

    Returns
    -------
    Services

    Raises
    ------
    ModelError
        If there is no model.
    """
    facts = read_facts(settings, installed_version())
    analyzer = LocalAnalyzer(
        workers,
        at_once=settings.workers,
        queue_limit=settings.queue_limit,
        jobs_per_member=settings.jobs_per_member,
        jobs_per_server=settings.jobs_per_server,
        member_cooldown=settings.member_cooldown,
        server_cooldown=settings.server_cooldown,
        memory=StoredMemory(store.analyses, model_key(facts, settings)),
    )
    return Services(
        settings=settings,
        analyzer=analyzer,
        store=store,
        fetch=fetch,
        links=links,
        clip_folder=folder,
        facts=facts,
    )


def link_reader(settings: Settings, *, folder: Path) -> LinkReader:
    """Return what links are read with.

    Parameters
    ----------
    settings
        What the operator chose.
    folder
        Private folder for clips that are being analysed.

    Returns
    -------
    LinkReader
    """
    sites = Sites(
        settings.sites,
        max_bytes=settings.max_upload_bytes,
        max_seconds=settings.max_seconds,
        timeout=settings.link_timeout,
        # A page is read as fast as a clip is heard, more or less.
        at_once=settings.workers,
        cookies_file=settings.cookies_file,
        js_runtime=settings.runtime,
    )
    return LinkReader(
        GuardedHttp(timeout=settings.link_timeout), sites, folder=folder, max_bytes=settings.max_upload_bytes
    )


def _stop_on_signals() -> asyncio.Event:
    """Return an event that the first SIGTERM or SIGINT sets; a second Ctrl-C ends the program at once."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def request_stop() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, request_stop)
    return stop


async def _done_before(stop: asyncio.Event, task: asyncio.Task[Any]) -> bool:
    """Wait for whichever comes first; raise what the task raised; leave an unfinished task running."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({stopping, task}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        task.result()
        return True
    return False
