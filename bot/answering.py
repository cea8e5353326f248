"""Listens to clips and answers them, wherever they were asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.asking import Asking, asking
from bot.buttons.under_answer import answer_view
from bot.cards.analysis import answer_card
from bot.errors import NotAdmitted, StoreFailed
from bot.failing import tell_failure
from bot.heard import Heard
from bot.logs import get_logger
from bot.media.clip import Clip
from bot.services import Services
from bot.store.votes import GenreVotes
from bot.surfaces.surface import Reply, Surface

log = get_logger(__name__)

Send = Callable[[Reply], Awaitable[int | None]]
"""Sends a reply and returns Discord's id of its message; None where it was deleted before it was there."""


async def answer_clip(request: Asking, clip: Clip, services: Services, *, genres: int | None = None) -> None:
    """Listen to a clip and answer it.

    Parameters
    ----------
    request
        What asked for it.
    clip
        What to listen to.
    services
        What it takes.
    genres
        How many genres to show; as many as are worth it if None.

    Raises
    ------
    BotError, ClassifierError
        If there is no answer; the caller tells why.
    discord.HTTPException
        If Discord does not take it.
    """
    heard = await request.analyze(clip.on_disk)
    await post_answer(
        heard, request.surface, services, send=request.answer, clip_name=clip.name, link=clip.link, genres=genres
    )


async def answer_all(clips: Sequence[Clip], surfaces: Sequence[Surface], services: Services) -> None:
    """Listen to clips one after the other, each with an answer of its own.

    It ends early where one is not admitted, and where the message that they are of was deleted.

    Parameters
    ----------
    clips
        What to listen to.
    surfaces
        Where each is answered.
    services
        What it takes.
    """
    # Counted as a whole: a failure still has to be told when its request has ended.
    with services.requests.one():
        for number, (clip, surface) in enumerate(zip(clips, surfaces, strict=True), 1):
            try:
                async with asking(surface, services, counted=(number, len(clips))) as request:
                    await answer_clip(request, clip, services)
                if request.is_all_gone:
                    return
            except NotAdmitted as refusal:
                # The others would be refused, too: once is enough.
                await tell_failure(refusal, surface)
                return
            except discord.Forbidden:
                log.info("not allowed to answer where somebody asks")
                return
            except Exception as error:  # noqa: BLE001 - it is told, and the other clips have nothing to do with it
                await tell_failure(error, surface)


async def post_answer(
    heard: Heard,
    surface: Surface,
    services: Services,
    *,
    send: Send,
    clip_name: str | None,
    link: str | None = None,
    genres: int | None = None,
    note: str | None = None,
) -> None:
    """Send the card of an answer, with buttons that work as long as the answer is remembered.

    Parameters
    ----------
    heard
        What was heard in the clip.
    surface
        Where the card goes.
    services
        What it takes.
    send
        Sends the card there.
    clip_name
        As strangers called it; None where it is not known any more.
    link
        Where the clip can be heard; None for a file.
    genres
        How many genres to show; as many as are worth it if None.
    note
        What else became of the clip; None for nothing.

    Raises
    ------
    discord.HTTPException
        If Discord does not take it.
    """
    store = services.store
    texts = surface.texts
    votes: tuple[GenreVotes, ...] = ()
    answer_id = None
    try:
        answer_id = await store.answers.post(
            heard.digest,
            services.model_key,
            asker=surface.owner.member,
            community=surface.community,
            channel=surface.channel_id,
        )
        votes = await store.votes.tally(heard.digest, surface.community)
    except StoreFailed as error:
        log.warning("an answer goes without buttons", exc_info=error)
    embed, picture = answer_card(
        heard, clip_name=clip_name, genres=genres, votes=votes, link=link, note=note, texts=texts
    )
    analysis = heard.answer.analysis
    view = None
    if answer_id is not None:
        in_server = surface.owner.server is not None
        view = answer_view(answer_id, analysis, texts, private=surface.private, collects=in_server)
    message_id = None
    try:
        message_id = await send(Reply(embed, picture, view))
    finally:
        if answer_id is not None:
            await note_message(answer_id, message_id, services)


async def note_message(answer_id: int, message_id: int | None, services: Services) -> None:
    """Note in which message an answer is; one without a message is forgotten.

    Parameters
    ----------
    answer_id
        Number of the answer.
    message_id
        Discord's id of the message; None where there is none.
    services
        What it takes.
    """
    try:
        if message_id is None:
            await services.store.answers.remove(answer_id)
        else:
            await services.store.answers.place(answer_id, message_id)
    except StoreFailed as error:
        log.warning("the message of an answer could not be noted", exc_info=error)
