"""A track in words: its title as a link, and what the bot and the community say of its genre."""

from __future__ import annotations

from typing import Final

from bot.cards.analysis import safe_name
from bot.cards.emoji import GENRE_EMOJI, NOT_MUSIC, OTHER_GENRE, UNSURE
from bot.playlists.track import Track
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name, percent
from classifier.result import Verdict

WORD_LIMIT: Final = 30
"""Characters of a genre or a tag: a file may have told any."""

ENDS_A_LINK: Final = frozenset("<>\"'\\")
"""Characters that no address holds as we keep it, and that would end one in Discord's markup."""

BRACKETS: Final = str.maketrans("[]", "()")
PARENTHESES: Final = str.maketrans({"(": "%28", ")": "%29"})


def track_address(track: Track, guild_id: int) -> str | None:
    """Return where a track can be heard.

    Parameters
    ----------
    track
        The track.
    guild_id
        Discord's id of its server.

    Returns
    -------
    str or None
        Its link, or the message that its file was in; None where there is neither.
    """
    if track.link is not None:
        usable = (
            track.link.startswith("https://")
            and track.link.isprintable()
            and " " not in track.link
            and ENDS_A_LINK.isdisjoint(track.link)
        )
        return track.link.translate(PARENTHESES) if usable else None
    if track.source is not None:
        return f"https://discord.com/channels/{guild_id}/{track.source.channel}/{track.source.message}"
    return None


def linked(title: str, address: str | None) -> str:
    """Return a title that leads somewhere.

    Parameters
    ----------
    title
        As strangers wrote it; made safe here.
    address
        Of `track_address`.

    Returns
    -------
    str
        The safe title alone where there is no address.
    """
    if address is None:
        return safe_name(title)
    # Brackets in a title could end the link, and begin one of the title's own.
    return f"[{safe_name(title.translate(BRACKETS))}]({address})"


def safe_genre(genre: str, texts: Texts = ENGLISH) -> str:
    """Return a genre as people write it, whoever told it.

    Parameters
    ----------
    genre
        Of a model, or of a file.
    texts
        The readers' language.

    Returns
    -------
    str
    """
    return safe_name(genre_name(genre, texts), limit=WORD_LIMIT)


def plain_genre(genre: str, texts: Texts = ENGLISH) -> str:
    """Return a genre as people write it, for what knows no markup: pictures, their descriptions, and pages.

    Parameters
    ----------
    genre
        Of a model, or of a file.
    texts
        The readers' language.

    Returns
    -------
    str
    """
    return printable(genre_name(genre, texts), limit=WORD_LIMIT)


def track_emoji(track: Track) -> str:
    """Return the emoji of the genre that is shown."""
    if track.settled is not None:
        return GENRE_EMOJI.get(track.settled, OTHER_GENRE)
    match track.verdict:
        case Verdict.UNSURE:
            return UNSURE
        case Verdict.NOT_MUSIC:
            return NOT_MUSIC
        case _:
            return GENRE_EMOJI.get(track.genre or "", OTHER_GENRE)


def genre_words(track: Track, texts: Texts = ENGLISH) -> str:
    """Say what a track's genre is, and what the bot heard where its community has settled on another one.

    Parameters
    ----------
    track
        The track.
    texts
        The readers' language.

    Returns
    -------
    str
        Such as ``rock 87%`` or ``**reggae** by vote · I heard rock (87%)``.
    """
    if track.settled is None or track.settled == track.genre:
        return _own_words(track, texts)
    settled = texts("track-settled", genre=safe_genre(track.settled, texts))
    if track.genre is None and track.verdict is None:
        return settled
    return f"{settled} · {_own_words(track, texts, beside=True)}"


def _own_words(track: Track, texts: Texts, *, beside: bool = False) -> str:
    if track.verdict is Verdict.NOT_MUSIC:
        return texts("track-not-music-beside" if beside else "track-not-music")
    if track.genre is None or track.probability is None:
        return texts("track-unheard")
    words = {"genre": safe_genre(track.genre, texts), "share": percent(track.probability, texts)}
    if track.model_key is None:
        return texts("track-told", **words)
    return texts("track-heard-beside" if beside else "track-heard", **words)
