"""What the drawing process does: pure functions, which load what they need only there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drawing.pictured import MapWords, MixWords
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import GenreMix


@dataclass(frozen=True, slots=True)
class Outlier:
    """A track that sounds like no other.

    Parameters
    ----------
    place
        Where it stands among the tracks.
    times
        How many times as far as usual it is from those that sound most like it.
    genres
        Of those that sound most like it: the most frequent first. Empty where they have none.
    """

    place: int
    times: float
    genres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Oddest:
    """The track of a list that sounds least like the others.

    Parameters
    ----------
    outlier
        Which it is.
    stands_out
        Whether it is really odd; where it is not, neither is any other.
    """

    outlier: Outlier
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Gathering:
    """How close together the tracks of a genre lie on the map.

    Parameters
    ----------
    genre
        Which genre.
    share
        Of the tracks next to one of them, how many are of the same genre.
    """

    genre: str
    share: float


@dataclass(frozen=True, slots=True)
class PlaylistMap:
    """A playlist laid out by sound.

    Parameters
    ----------
    picture
        A PNG file.
    outliers
        The tracks that stand out, the oddest first; numbered from 1 on the picture.
    typical
        Places of the most typical track of each genre that has enough of them; numbered behind the outliers.
    gatherings
        Of the genres that have enough tracks, the closest together first.
    """

    picture: bytes
    outliers: tuple[Outlier, ...]
    typical: tuple[int, ...]
    gatherings: tuple[Gathering, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A track that sounds like another.

    Parameters
    ----------
    place
        Where it stands among the tracks.
    distance
        How differently it sounds: see `classifier.collection.space.sound_space`.
    """

    place: int
    distance: float


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """An order without large jumps.

    Parameters
    ----------
    places
        Which of the tracks comes first, second and so on.
    before, after
        The mean jump from one track to the next in the order given and in this one, from 0, none, to 1, the largest in
        genre, tempo, energy and sound.
    """

    places: tuple[int, ...]
    before: float
    after: float


def map_playlist(sounds: Sounds, words: MapWords, seed: int) -> PlaylistMap:
    """Lay out a playlist by sound and draw it.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    words
        What is written on the picture.
    seed
        Chooses among equally good maps: the same for the same list.

    Returns
    -------
    PlaylistMap
    """
    from bot.drawing.mapping import map_of

    return map_of(sounds, words, seed)


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
