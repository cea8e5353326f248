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
