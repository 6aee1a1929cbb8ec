"""Figures as SVG that belongs into a page: its colours, its font, ids that no other figure has."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, MUTED, LEFT, RIGHT, PAPER = "#000001", "#000002", "#000003", "#000004", "#000005"
"""Colours to draw with; the page's style sheet says what they are, in the light and in the dark."""

_VARIABLES = {INK: "ink", MUTED: "muted", LEFT: "left", RIGHT: "right", PAPER: "paper"}

_STYLE: Any = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
}

_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'<svg ([^>]*?)(?: width="[^"]*"| height="[^"]*")+')
_FONT = re.compile(r"font: ([\d.]+)px [^;\"]*")
_FAMILY = re.compile(r"font-family: [^;\"]*;?")
_DECIMALS = re.compile(r"(\d+\.\d\d)\d+")


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: what it shows in one line, for those who cannot see it too, and its SVG."""

    title: str
    svg: str


@contextmanager
def drawing(width_in: float, height_in: float) -> Iterator[Figure]:
    """A figure to draw on, in the house's style."""
    with mpl.rc_context(_STYLE):
        yield Figure((width_in, height_in), layout="constrained")


def chart(figure: Figure, title: str, key: str) -> Chart:
    """The figure as a part of a page; `key` is a word that no other figure of the page has."""
    out = io.StringIO()
    # A width that was said would not shrink with the page.
    figure.savefig(out, format="svg", metadata={"Date": None})
    svg = _METADATA.sub("", _HEAD.sub("", out.getvalue()))
    svg = _SIZE.sub(rf'<svg \1 role="img" aria-label="{title}"', svg, count=1)
    for mark, name in _VARIABLES.items():
        svg = svg.replace(mark, f"var(--{name})")
    svg = _FAMILY.sub("", _FONT.sub(r"font-size: \1px", svg))
    svg = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{key}-", svg)
    return Chart(title, _DECIMALS.sub(r"\1", svg))


def quiet(axes: Axes) -> None:
    """Lines to read values by, behind what is drawn."""
    axes.grid(axis="y", color=MUTED, alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=2)
