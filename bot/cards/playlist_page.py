"""A page of a playlist."""

from __future__ import annotations

from typing import Final

import discord

from bot.cards.analysis import safe_name
from bot.cards.track_words import genre_words, linked, safe_genre, track_address, track_emoji
from bot.playlists.place import Place
from bot.playlists.playlist import DESCRIPTION_LIMIT as ABOUT_LIMIT
from bot.playlists.playlist import Playlist
from bot.playlists.track import Track
from bot.playlists.wanted import Sort, Wanted
from bot.store.track_pages import PAGE_SIZE, Page
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import percent
from bot.wording import tag_name
from classifier.result import Verdict

DESCRIPTION_LIMIT: Final = 4096
"""Characters that Discord takes for the text of a card."""

MARKED: Final = "👉 "
"""Before the track that somebody jumped to."""

CONFIDENCES: Final = {
    Verdict.CLEAR: "confidence-clear",
    Verdict.CLOSE_CALL: "confidence-close-call",
    Verdict.UNSURE: "confidence-unsure",
}
"""Messages with what a member can choose for how sure the bot has to be."""


def page_card(playlist: Playlist, page: Page, place: Place, texts: Texts = ENGLISH) -> discord.Embed:
    """Show a page of a playlist.

    Parameters
    ----------
    playlist
        The playlist.
    page
        Its tracks.
    place
        What is shown, and the track that is marked.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
        What the playlist is about, the filters in words, and a few short lines for each track; where there is
        none, what to do.
    """
    about = [safe_name(playlist.description, limit=ABOUT_LIMIT), ""] if playlist.description else []
    head = [*_head(playlist, page, place.wanted, texts), ""]
    lines = _empty(place.wanted, texts) if not page.tracks else _lines(playlist, page, place, texts)
    bare = lines if not page.tracks else _lines(playlist, page, place, texts, with_links=False)
    # Ten of the longest addresses do not fit; the titles alone always do.
    for shown in ([*about, *head, lines], [*about, *head, bare], [*head, bare]):
        description = "\n".join(shown)
        if len(description) <= DESCRIPTION_LIMIT:
            break
    return discord.Embed(title=safe_name(playlist.name), description=description, colour=discord.Colour.blurple())


def _head(playlist: Playlist, page: Page, wanted: Wanted, texts: Texts) -> list[str]:
    if wanted.is_filtered:
        tracks = texts("page-tracks-of", count=page.total, all=playlist.tracks)
    else:
        tracks = texts("page-tracks", count=page.total)
    number = texts("page-number", number=page.number + 1, all=page.pages)
    lines = [f"{number} · {tracks} · {texts(f'sort-{wanted.sort.value}')}"]
    if wanted.is_filtered:
        lines.append(texts("page-only", filters=" · ".join(filters_in_words(wanted, texts))))
    return lines


def filters_in_words(wanted: Wanted, texts: Texts = ENGLISH) -> list[str]:
    """Say which tracks are wanted.

    Parameters
    ----------
    wanted
        The filters.
    texts
        The reader's language.

    Returns
    -------
    list of str
        A few words for each filter.
    """
    words = []
    if wanted.genre is not None:
        words.append(texts("filter-genre", genre=safe_genre(wanted.genre, texts)))
    if wanted.tag is not None:
        words.append(texts("filter-tag", tag=safe_name(tag_name(wanted.tag, texts))))
    if wanted.adder is not None:
        words.append(texts("filter-adder", who=f"<@{wanted.adder}>"))
    if wanted.verdict in CONFIDENCES:
        words.append(texts("filter-confidence", confidence=texts(CONFIDENCES[wanted.verdict])))
    if wanted.disputed:
        words.append(texts("filter-disputed"))
    if wanted.text is not None:
        words.append(texts("filter-text", text=safe_name(wanted.text)))
    return words


def _empty(wanted: Wanted, texts: Texts) -> str:
    if wanted.is_filtered:
        return texts("page-nothing-fits", filter=texts("button-filter"), everything=texts("button-all-tracks"))
    return texts("page-empty")


def _lines(playlist: Playlist, page: Page, place: Place, texts: Texts, *, with_links: bool = True) -> str:
    lines = []
    for number, track in enumerate(page.tracks, page.number * PAGE_SIZE + 1):
        address = track_address(track, playlist.guild) if with_links else None
        mark = MARKED if track.id == place.marked else ""
        details = " · ".join(track_details(track, place.wanted.sort, texts))
        lines.append(f"{mark}{track_emoji(track)} {number}. **{linked(track.title, address)}**\n{details}")
    return "\n".join(lines)


def track_details(track: Track, sort: Sort, texts: Texts = ENGLISH) -> list[str]:
    """Say what there is to say of a track in a list.

    Parameters
    ----------
    track
        The track.
    sort
        What the list is ordered by: that is told, too.
    texts
        The readers' language.

    Returns
    -------
    list of str
        A few words each, in Discord's markup.
    """
    details = [genre_words(track, texts)]
    match sort:
        case Sort.NEWEST | Sort.OLDEST:
            details.append(discord.utils.format_dt(track.added_at, "R"))
        case Sort.FAST | Sort.SLOW if track.tempo is not None:
            details.append(texts("track-bpm", number=round(track.tempo)))
        case Sort.ENERGY | Sort.CALM if track.energy is not None:
            details.append(texts("track-energy-share", share=percent(track.energy, texts)))
        case _:
            pass
    if track.adder is not None:
        details.append(f"<@{track.adder}>")
    return details
