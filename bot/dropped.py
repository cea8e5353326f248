"""Listens to audio that is dropped into a channel, and answers as its admin chose."""

from __future__ import annotations

from typing import Final

import discord

from bot.answering import note_message, post_answer
from bot.asking import Asking, asking
from bot.buttons.under_answer import answer_view
from bot.cards.analysis import answer_card
from bot.cards.emoji import COLLECTED, emoji_of
from bot.clips import dropped_clips
from bot.collecting import collect, collected_words, title_of
from bot.errors import AlreadyAnswered, NotAdmitted, RequestError, StoreFailed
from bot.failing import log_failure, tell_failure
from bot.heard import Heard
from bot.logs import get_logger
from bot.media.clip import Clip
from bot.media.linked_clip import LinkedClip
from bot.playlists.errors import NoSuchPlaylist
from bot.playlists.track import Source
from bot.services import Services
from bot.store.answers import PostedAnswer
from bot.store.channels import ChannelSetting, ListeningMode
from bot.surfaces.dropped import DroppedSurface
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, deliver, reply_in
from bot.texts.catalogue import Texts
from classifier.errors import EmptyFile, NoSound, NotAudio, SilentAudio, TooShort
from classifier.result import Verdict

log = get_logger(__name__)

NOTHING_TO_SAY: Final = (NotAudio, NoSound, EmptyFile, SilentAudio, TooShort)
"""What nobody wants to read of where nobody asked: it is no audio, or none that could have a genre."""


async def answer_dropped(
    message: discord.Message, setting: ChannelSetting, services: Services, *, feeds: int | None = None
) -> None:
    """Answer the audio in a message, if there is any.

    Parameters
    ----------
    message
        In a channel that is listened to.
    setting
        How to answer there.
    services
        What it takes.
    feeds
        Id of the playlist that the channel feeds; None for none.
    """
    clips = dropped_clips(message, services, links=setting.links or feeds is not None)
    # Counted as a whole: a failure still has to be told when its request has ended.
    with services.requests.one():
        for position, clip in enumerate(clips):
            surface = DroppedSurface(message, setting.mode)
            try:
                async with asking(surface, services, counted=(position + 1, len(clips))) as request:
                    await _answer(request, clip, surface, position=position, services=services, feeds=feeds)
                if request.is_all_gone:
                    return
            except NOTHING_TO_SAY as reason:
                log.debug("dropped audio was left alone", reason=type(reason).__name__)
            except discord.Forbidden:
                log.info("not allowed to answer in a channel that is listened to", mode=setting.mode.value)
                return
            except discord.NotFound:
                log.info("what was dropped was deleted before the answer was there")
                return
            except Exception as error:  # noqa: BLE001 - it is logged, and told where a word is wanted
                if setting.mode is ListeningMode.REACTION or isinstance(clip, LinkedClip):
                    log_failure(error)
                else:
                    await tell_failure(error, surface)
                if isinstance(error, NotAdmitted):
                    # The others would be refused, too: once is enough.
                    return


async def _answer(
    request: Asking,
    clip: Clip,
    surface: DroppedSurface,
    *,
    position: int,
    services: Services,
    feeds: int | None,
) -> None:
    heard = await request.analyze(clip.on_disk)
    if request.is_gone:
        return
    fed = None if feeds is None else await _feed(heard, clip, surface, feeds, position=position, services=services)
    if surface.mode is not ListeningMode.REACTION:
        await surface.open(clip.name)
        await post_answer(heard, surface, services, send=request.answer, clip_name=clip.name, link=clip.link, note=fed)
        return
    try:
        answer_id = await services.store.answers.post(
            heard.digest,
            services.model_key,
            asker=surface.owner.member,
            community=surface.community,
            channel=surface.channel_id,
            source=surface.source_id,
            position=position,
        )
    except AlreadyAnswered:
        return
    except StoreFailed as error:
        log.warning("a reaction goes without details", exc_info=error)
        answer_id = None
    try:
        await surface.react(emoji_of(heard.answer.analysis))
        if fed is not None:
            await surface.react(COLLECTED)
    except DELIVERY_ERRORS:
        if answer_id is not None:
            await note_message(answer_id, None, services)
        raise


async def _feed(
    heard: Heard, clip: Clip, surface: DroppedSurface, playlist_id: int, *, position: int, services: Services
) -> str | None:
    """Add a clip to the playlist that its channel feeds, and say so; None where there is nothing to say."""
    if heard.answer.analysis.verdict is Verdict.NOT_MUSIC:
        return None
    try:
        playlist = await services.store.playlists.get(playlist_id)
        added = await collect(
            heard,
            playlist_id,
            services,
            title=title_of(clip.name),
            adder=surface.owner.member,
            link=clip.link,
            source=None if clip.link is not None else Source(surface.channel_id, surface.source_id, position),
        )
    except NoSuchPlaylist:
        # It was deleted while the clip was listened to.
        return None
    except RequestError as error:
        log_failure(error)
        return str(error)
    return collected_words(added, playlist, surface.texts)


async def show_details(
    channel: discord.PartialMessageable,
    posted: PostedAnswer,
    services: Services,
    *,
    emoji: str,
    guild_id: int,
    texts: Texts,
) -> None:
    """Show the card of an answer that was no more than a reaction, if that is the reaction that was clicked.

    Parameters
    ----------
    channel
        Where the reaction is.
    posted
        The answer; it has no message yet.
    services
        What it takes.
    emoji
        What was clicked.
    guild_id
        Discord's id of the server.
    texts
        The language of the server.

    Raises
    ------
    StoreFailed
        If the database fails.
    discord.HTTPException
        If Discord does not take the card.
    """
    answer = await services.store.analyses.recall(posted.digest, posted.model_key)
    if answer is None or posted.source is None or emoji_of(answer.analysis) != emoji:
        return
    votes = await services.store.votes.tally(posted.digest, posted.community)
    heard = Heard(posted.digest, answer, recalled=False)
    embed, picture = answer_card(heard, clip_name=None, votes=votes, texts=texts)
    view = answer_view(posted.id, answer.analysis, texts, private=False, collects=True)
    reference = discord.MessageReference(
        message_id=posted.source, channel_id=channel.id, guild_id=guild_id, fail_if_not_exists=False
    )

    async def send(reply: Reply) -> int:
        return (await reply_in(channel, reply, reference)).id

    message_id = await deliver(Reply(embed, picture, view), send)
    await note_message(posted.id, message_id, services)
