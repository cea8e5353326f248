"""A page of a playlist with all that turns it: buttons, menus, and the form with the filters.

What a page shows stands in the database, and its number in the custom ids. Whoever did not open a page gets one of
their own from its buttons, which nobody else sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Final, Self

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.buttons.filled_form import FilledForm
from bot.buttons.playlists.filter_form import filter_form, filters_of
from bot.buttons.playlists.here import playlist_here
from bot.buttons.playlists.track_card import send_track
from bot.cards.playlist_page import page_card
from bot.cards.track_words import track_emoji
from bot.playlists.errors import NoSuchTrack
from bot.playlists.place import Place
from bot.playlists.playlist import MOST_TRACKS, Playlist
from bot.playlists.track import Track
from bot.playlists.wanted import Sort, Wanted
from bot.services import Services
from bot.store.track_pages import Page
from bot.text import printable, sentence_case
from bot.texts.catalogue import ENGLISH, Texts, texts_for
from bot.texts.phrases import genre_name

VIEW: Final = r"(?P<view>[0-9]{1,18})"
"""What the custom ids carry: the number of what is shown."""

FILTER_FORM: Final = re.compile(rf"genre-bot:page-filters:{VIEW}")
"""Custom id of the form with the filters."""

OPTION_LIMIT: Final = 100
"""Characters of a choice of a menu, and of what stands under it."""

TURNS: Final[dict[str, Callable[[int], int]]] = {
    "first": lambda _: 0,
    "previous": lambda page: page - 1,
    "next": lambda page: page + 1,
    # Further than any: what is shown is the nearest page that there is.
    "last": lambda _: MOST_TRACKS,
}


class TurnButton(ui.DynamicItem[ui.Button[Any]], template=rf"genre-bot:page-(?P<turn>{'|'.join(TURNS)}):{VIEW}"):
    """Turns to another page.

    Parameters
    ----------
    view_id
        What is shown.
    turn
        One of `TURNS`.
    texts
        The reader's language.
    enabled
        Whether there is such a page.
    """

    def __init__(self, view_id: int, turn: str, texts: Texts = ENGLISH, *, enabled: bool = True) -> None:
        self._view_id = view_id
        self._turn = turn
        super().__init__(
            ui.Button(
                label=texts(f"button-{turn}"),
                custom_id=f"genre-bot:page-{turn}:{view_id}",
                disabled=not enabled,
                row=0,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["view"]), match["turn"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show that page."""
        turned = TURNS[self._turn]
        await _change(interaction, self._view_id, lambda place: replace(place, page=turned(place.page)))


class _PageItem(ui.DynamicItem[ui.Button[Any]], template="genre-bot:no-button"):
    """A button under a page that carries nothing but what is shown."""

    action: ClassVar[str]
    label: ClassVar[str]

    def __init__(self, view_id: int, texts: Texts = ENGLISH) -> None:
        self._view_id = view_id
        super().__init__(ui.Button(label=texts(self.label), custom_id=f"genre-bot:page-{self.action}:{view_id}", row=3))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["view"]))


class FilterButton(_PageItem, template=rf"genre-bot:page-filter:{VIEW}"):
    """Opens the form with the filters."""

    action = "filter"
    label = "button-filter"

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the form, with what is chosen now and what the playlist has."""
        services: Services = interaction.client.services
        view = await services.store.playlist_views.get(self._view_id)
        playlist = await playlist_here(interaction, view.playlist_id)
        tracks = services.store.track_pages
        form = filter_form(
            f"genre-bot:page-filters:{view.id}",
            view.place.wanted,
            genres=await tracks.suggest_genres(playlist.id, ""),
            tags=await tracks.suggest_tags(playlist.id, ""),
            texts=texts_for(interaction.locale),
        )
        await interaction.response.send_modal(form)


class AllTracksButton(_PageItem, template=rf"genre-bot:page-all:{VIEW}"):
    """Takes all filters away."""

    action = "all"
    label = "button-all-tracks"

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show all tracks, from the first."""
        await _change(interaction, self._view_id, lambda place: Place(Wanted(sort=place.wanted.sort)))


class SortMenu(ui.DynamicItem[ui.Select[Any]], template=rf"genre-bot:page-sort:{VIEW}"):
    """Chooses what comes first.

    Parameters
    ----------
    view_id
        What is shown.
    sort
        What is chosen now.
    texts
        The reader's language.
    """

    def __init__(self, view_id: int, sort: Sort | None = None, texts: Texts = ENGLISH) -> None:
        self._view_id = view_id
        options = [
            discord.SelectOption(
                label=sentence_case(texts(f"sort-{choice.value}")), value=choice.value, default=choice is sort
            )
            for choice in Sort
        ]
        super().__init__(ui.Select(custom_id=f"genre-bot:page-sort:{view_id}", options=options, row=2))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> SortMenu:
        """Make the menu of a choice."""
        menu = cls(int(match["view"]))
        assert isinstance(item, ui.Select)
        menu.item = item
        return menu

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the first page in that order."""
        sort = next((choice for choice in Sort if [choice.value] == self.item.values), Sort.NEWEST)
        await _change(interaction, self._view_id, lambda place: Place(replace(place.wanted, sort=sort)))


class TrackMenu(ui.DynamicItem[ui.Select[Any]], template=rf"genre-bot:page-track:{VIEW}"):
    """Opens the card of a track of this page.

    Parameters
    ----------
    view_id
        What is shown.
    tracks
        Those of the page, at least one; empty for the menu of a choice, which Discord knows already.
    texts
        The reader's language.
    """

    def __init__(self, view_id: int, tracks: tuple[Track, ...] = (), texts: Texts = ENGLISH) -> None:
        options = [
            discord.SelectOption(
                label=printable(track.title, limit=OPTION_LIMIT),
                value=str(track.id),
                description=_shown_genre(track, texts),
                emoji=track_emoji(track),
            )
            for track in tracks
        ]
        super().__init__(
            ui.Select(
                custom_id=f"genre-bot:page-track:{view_id}",
                placeholder=texts("page-choose-track"),
                options=options,
                row=1,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> TrackMenu:
        """Make the menu of a choice."""
        menu = cls(int(match["view"]))
        assert isinstance(item, ui.Select)
        menu.item = item
        return menu

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the card to the one who chose."""
        (chosen,) = self.item.values
        if not (chosen.isascii() and chosen.isdecimal()):
            raise NoSuchTrack
        await send_track(interaction, int(chosen))


PAGE_ITEMS = (TurnButton, TrackMenu, SortMenu, FilterButton, AllTracksButton)
"""Everything under a page that has to work after a restart."""


async def open_page(
    interaction: discord.Interaction[Any], playlist: Playlist, place: Place, *, private: bool = False
) -> None:
    """Answer with a page.

    Parameters
    ----------
    interaction
        A command, or a click by somebody who did not open the page that it is under.
    playlist
        The playlist.
    place
        What to show; the nearest page there is.
    private
        Whether nobody else sees it.

    Raises
    ------
    NoSuchPlaylist
        If it was deleted meanwhile.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    page = await services.store.track_pages.page(playlist.id, place.wanted, place.page)
    place = replace(place, page=page.number)
    view_id = await services.store.playlist_views.open(playlist.id, interaction.user.id, place)
    texts = texts_for(interaction.locale)
    await interaction.response.send_message(
        embed=page_card(playlist, page, place, texts),
        view=_page_view(view_id, page, place, texts),
        ephemeral=private,
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def take_filter(interaction: discord.Interaction[Any], match: re.Match[str], form: FilledForm) -> None:
    """Show what the form with the filters asks for.

    Parameters
    ----------
    interaction
        The form; not answered yet.
    match
        Of `FILTER_FORM`.
    form
        What stands in it.

    Raises
    ------
    PageForgotten
        If nobody remembers what was shown.
    NoSuchPlaylist
        If it was deleted meanwhile.
    StoreFailed
        If the database fails.
    """
    await _change(interaction, int(match["view"]), lambda place: Place(filters_of(form, place.wanted)))


async def _change(interaction: discord.Interaction[Any], view_id: int, change: Callable[[Place], Place]) -> None:
    services: Services = interaction.client.services
    store = services.store
    view = await store.playlist_views.get(view_id)
    playlist = await playlist_here(interaction, view.playlist_id)
    place = change(view.place)
    if view.opener != interaction.user.id:
        await open_page(interaction, playlist, place, private=True)
        return
    page = await store.track_pages.page(playlist.id, place.wanted, place.page)
    place = replace(place, page=page.number)
    await store.playlist_views.change(view.id, place)
    texts = texts_for(interaction.locale)
    await interaction.response.edit_message(
        embed=page_card(playlist, page, place, texts), view=_page_view(view.id, page, place, texts)
    )


def _page_view(view_id: int, page: Page, place: Place, texts: Texts) -> ui.View:
    """Return what stands under a page; what could do nothing there is left out."""
    view = ui.View(timeout=None)
    if page.pages > 1:
        for turn in TURNS:
            further = page.number > 0 if turn in {"first", "previous"} else page.number < page.pages - 1
            view.add_item(TurnButton(view_id, turn, texts, enabled=further))
    if page.tracks:
        view.add_item(TrackMenu(view_id, page.tracks, texts))
    if page.total > 1:
        view.add_item(SortMenu(view_id, place.wanted.sort, texts))
    if page.total > 0 or place.wanted.is_filtered:
        view.add_item(FilterButton(view_id, texts))
    if place.wanted.is_filtered:
        view.add_item(AllTracksButton(view_id, texts))
    return view


def _shown_genre(track: Track, texts: Texts) -> str | None:
    if track.shown_genre is None:
        return None
    return sentence_case(printable(genre_name(track.shown_genre, texts), limit=OPTION_LIMIT - 1))
