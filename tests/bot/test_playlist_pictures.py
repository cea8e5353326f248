"""The pictures of whole playlists: their size, their colours and what strangers' words do to them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font
from PIL import Image

from bot.cards import map_picture, mix_picture
from bot.cards.fingerprint import fingerprint_alt_text, fingerprint_card
from bot.cards.genre_signs import GENRE_COLOURS, SIGNS
from bot.cards.look_words import legend
from bot.cards.picture_labels import font
from bot.cards.picture_text import drawable, shortened, width_of, worded
from bot.cards.playlist_map import map_alt_text, map_card, map_words
from bot.commands.playlists.looking import FEWEST_FOR_ODD
from bot.drawing.findings import DrawnMap, Outlier, PlaylistMap
from bot.drawing.looks import map_playlist
from bot.drawing.pictured import MapWords, MixWords, Wording
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import NAMED_GENRES, genre_mix
from bot.store.track_pages import TrackSound
from bot.texts.catalogue import ENGLISH, texts_for
from classifier.collection.outliers import LEAST_TRACKS
from tests.bot.made_tracks import sounding
from tests.bot.stores import NEW_YEAR

Pixels = npt.NDArray[np.int64]

MOST_BYTES = 120_000
HOSTILE = (
    "$\\frac{1}{0}$",
    "夜に駆ける",
    "🔥" * 40,
    "مرحبا بالعالم",
    "a" * 200,
    "$$",
    "\u202e",
    "x\u0301" * 80,
    "<@1> **b**",
)


def opened(png: bytes) -> Pixels:
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.info) == ("PNG", {})
    assert image.size[0] == map_picture.WIDTH == mix_picture.WIDTH
    assert 400 < image.size[1] < 1400
    return np.asarray(image.convert("RGB"), np.int64)


def share_of(colour: str, pixels: Pixels) -> float:
    wanted = np.array([round(255 * channel) for channel in to_rgb(colour)])
    return float((np.abs(pixels - wanted).max(axis=-1) <= 12).mean())


def drawn(tracks: Sequence[TrackSound]) -> DrawnMap:
    return map_playlist(Sounds.of(tracks), map_words(tracks), 7)


def test_those_that_sound_alike_lie_together_in_the_colour_of_their_genre() -> None:
    tracks = sounding(["rock"] * 40 + ["jazz"] * 30)
    found, picture = drawn(tracks).laid_out, drawn(tracks).picture
    pixels = opened(picture)
    assert picture == map_picture.draw(found, map_words(tracks))
    assert len(picture) < MOST_BYTES
    places = []
    for colour in GENRE_COLOURS[:2]:
        wanted = np.array([round(255 * channel) for channel in to_rgb(colour)])
        rows, columns = np.nonzero(np.abs(pixels[: map_picture.SIDE] - wanted).max(axis=-1) <= 12)
        assert rows.size > 500
        places.append((rows.mean(), columns.mean(), max(rows.std(), columns.std())))
    (x, y, spread), (other_x, other_y, other_spread) = places
    assert np.hypot(x - other_x, y - other_y) > 2 * max(spread, other_spread)
    assert [gathering.share for gathering in found.gatherings] == [1.0, 1.0]
    assert len(found.typical) == 2


def test_one_that_sounds_like_no_other_is_found_and_marked() -> None:
    tracks = [*sounding(["rock"] * 30), *sounding(["rock", "zydeco"])[1:]]
    found = drawn(tracks).laid_out
    assert [outlier.place for outlier in found.outliers] == [30]
    assert found.outliers[0].times > 2.5
    assert found.outliers[0].genres == ("rock",)
    words = map_alt_text(found, tracks)
    assert "31 tracks: the closer" in words
    assert "Genres: rock 30, zydeco 1." in words
    assert "Song 1 (zydeco) sounds like no other, and is next to rock." in words
    assert words.endswith(f"Most typical of their genre: {tracks[found.typical[0]].title} (rock).")


@pytest.mark.parametrize("count", [3, 5, 12])
def test_a_short_list_has_a_map_too(count: int) -> None:
    found = drawn(sounding(["rock"] * count))
    opened(found.picture)
    assert found.laid_out.outliers == ()


@given(titles=st.lists(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=40), min_size=12, max_size=12))
@settings(max_examples=8, deadline=None)
def test_whatever_strangers_write_is_drawn_without_boxes(titles: list[str]) -> None:
    names = (*titles[:4], "rock")
    points = tuple((number / 23, (number + 1) / 23) for number in range(0, 24, 2))
    laid_out = PlaylistMap(points, tuple(number % 5 for number in range(12)), (), tuple(range(12)), ())
    opened(map_picture.draw(laid_out, MapWords(legend(names, (*[2] * 5, 1), ENGLISH), tuple(titles))))
    known = FT2Font(str(font().get_file())).get_charmap()
    assert all(ord(letter) in known for title in titles for letter in drawable(title))


def test_what_the_font_lacks_is_left_out_or_said_otherwise() -> None:
    assert drawable("Жизнь 🔥 Ünïcødé") == "Жизнь Ünïcødé"
    assert drawable("夜に駆ける") == drawable("🔥") == ""
    assert worded(Wording("ロック 3", "rock 3")) == "rock 3"
    assert worded(Wording("Rock 3", "rock 3")) == "Rock 3"
    words = map_words(sounding(["rock"] * 3 + ["polka"]), texts_for("ja"))
    assert [worded(entry) for entry in words.legend] == ["rock 3", "polka 1"]
    assert width_of("$x$", 20) > width_of("x", 20)
    assert shortened("short", 500, 20) == "short"
    assert width_of(shortened("a title that is far too long", 150, 20), 20) <= 150


def test_columns_and_rows_are_as_long_as_their_shares() -> None:
    mix = genre_mix(sounding((["rock"] * 3 + ["jazz"]) * 14))
    words = MixWords(legend(mix.genres, mix.counts, ENGLISH), tuple(Wording(HOSTILE[0], "x") for _ in mix.members))
    png = mix_picture.draw(mix, words)
    pixels = opened(png)
    assert png == mix_picture.draw(mix, words)
    assert len(png) < MOST_BYTES
    columns = pixels[mix_picture.MARGIN : mix_picture.MARGIN + mix_picture.COLUMNS_HEIGHT, mix_picture.MARGIN + 6 :]
    rock, jazz = (share_of(colour, columns) for colour in GENRE_COLOURS[:2])
    assert rock == pytest.approx(3 * jazz, rel=0.1)
    assert rock + jazz > 0.75


def test_as_many_genres_have_signs_as_are_told_apart() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == NAMED_GENRES
    mix = genre_mix(sounding([f"genre {number}" for number in range(14)] * 3))
    entries = legend(mix.genres, mix.counts, ENGLISH)
    assert entries[-1].text == "other 12"
    opened(mix_picture.draw(mix, MixWords(entries, tuple(Wording("ann") for _ in mix.members))))
    # What is refused before anything is compared.
    assert FEWEST_FOR_ODD == LEAST_TRACKS


def test_what_is_told_beside_the_pictures_fits_whatever_genres_are_called() -> None:
    tracks = tuple(
        TrackSound(place, "~" * 200, place // 8, NEW_YEAR, f"{'*' * 40}{place % 12}", None, None, None)
        for place in range(48)
    )
    around = tuple(f"{'_' * 40}{number}" for number in range(5))
    outliers = tuple(Outlier(place, 3.0, around) for place in range(4))
    laid_out = PlaylistMap(((0.5, 0.5),) * 48, (0,) * 48, outliers, tuple(range(4, 14)), ())
    cards = (
        map_card(laid_out, tracks, playlist_name="Chill", unheard=0),
        fingerprint_card(genre_mix(tracks), playlist_name="Chill", uncounted=0),
    )
    fields = [field for card in cards for field in card.fields]
    assert len(fields) == 4
    assert all(len(field.value or "") <= 1024 for field in fields)
    assert sum((field.value or "").endswith("\n…") for field in fields) == 3
    names = dict.fromkeys(range(48), "~" * 32)
    for words in (map_alt_text(laid_out, tracks), fingerprint_alt_text(genre_mix(tracks), names)):
        assert len(words) <= 1024
