"""What the drawing process does: pure functions, which load what they need only there."""

from __future__ import annotations

from bot.drawing.findings import DrawnMap, Neighbour, Oddest, PlaylistMap, RunningOrder
from bot.drawing.pictured import MapWords, MixWords
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import GenreMix


def lay_out_playlist(sounds: Sounds, seed: int) -> PlaylistMap:
    """Lay out a playlist by sound.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    seed
        Chooses among equally good maps: the same for the same list.

    Returns
    -------
    PlaylistMap
    """
    from bot.drawing.mapping import map_of

    return map_of(sounds, seed)


def map_playlist(sounds: Sounds, words: MapWords, seed: int) -> DrawnMap:
    """Lay out a playlist by sound and draw it.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    words
        What is written on the picture.
    seed
        As in `lay_out_playlist`.

    Returns
    -------
    DrawnMap
    """
    from bot.cards.map_picture import draw

    laid_out = lay_out_playlist(sounds, seed)
    return DrawnMap(laid_out, draw(laid_out, words))


def draw_mix(mix: GenreMix, words: MixWords) -> bytes:
    """Draw the genres of a playlist over time and by member.

    Parameters
    ----------
    mix
        What they are.
    words
        What is written on the picture.

    Returns
    -------
    bytes
        A PNG file.
    """
    from bot.cards.mix_picture import draw

    return draw(mix, words)


def find_oddest(sounds: Sounds) -> Oddest | None:
    """Find the track that sounds least like the others.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.

    Returns
    -------
    Oddest or None
        None where there are too few.
    """
    from bot.drawing.comparing import oddest_of

    return oddest_of(sounds)


def find_neighbours(sounds: Sounds, place: int, count: int) -> tuple[Neighbour, ...]:
    """Find the tracks that sound most like one.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    place
        Of the track among them.
    count
        How many others are wanted.

    Returns
    -------
    tuple of Neighbour
        Nearest first.
    """
    from bot.drawing.comparing import neighbours_of

    return neighbours_of(sounds, place, count)


def put_in_order(sounds: Sounds) -> RunningOrder:
    """Find a running order without large jumps.

    Parameters
    ----------
    sounds
        Of any tracks.

    Returns
    -------
    RunningOrder
    """
    from bot.drawing.comparing import order_of

    return order_of(sounds)
