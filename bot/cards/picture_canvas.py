"""What every picture is drawn on, and how it becomes a file: with matplotlib, for worker processes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

BACKGROUND: Final = "#17181c"
"""Its own, because a picture is not told whether it is shown on dark or on light."""

DIM_TEXT: Final = "#b5bac1"

GENRE_COLOURS: Final = ("#56b4e9", "#d55e00", "#f0e442", "#0072b2")
"""Of Okabe and Ito's palette, the four that stay furthest apart (CIELAB distance 24 and more, `OTHER_COLOUR` included)
for people without one of the three kinds of cones, as Machado, Oliveira and Fernandes (2009) simulate them."""

FURTHER_COLOURS: Final = ("#e69f00", "#009e73", "#f2f3f5", "#a06cd5")
"""Of more genres, in another shape: for the same people, they stay as far apart from each other."""

LAST_COLOURS: Final = ("#ff9da7", "#8c6d46")
"""Of still more, in a third shape."""

OTHER_COLOUR: Final = "#4b4f58"


@contextmanager
def canvas(width: int, height: int) -> Iterator[Axes]:
    """Give something to draw on.

    Parameters
    ----------
    width, height
        In pixels. One pixel is one point, and one unit of the axes.

    Yields
    ------
    Axes
        Without lines of its own; 0 is at the left and at the bottom.
    """
    with mpl.rc_context():
        # Whoever runs the bot may have a matplotlibrc of their own.
        mpl.rcdefaults()
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=BACKGROUND)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0, width), ylim=(0, height))
        axes.set_axis_off()
        yield axes


def png_of(axes: Axes, *, colours: int) -> bytes:
    """Turn what was drawn into a file, inside of the context of its canvas.

    Parameters
    ----------
    axes
        Of the canvas.
    colours
        Of the file. A palette makes a third of it, and nobody sees the difference.

    Returns
    -------
    bytes
        A PNG file without metadata.
    """
    pixels = io.BytesIO()
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.savefig(pixels, format="rgba")
    size = round(axes.get_xlim()[1]), round(axes.get_ylim()[1])
    image = Image.frombytes("RGBA", size, pixels.getvalue()).convert("RGB")
    picture = io.BytesIO()
    image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(picture, "PNG", optimize=True)
    return picture.getvalue()
