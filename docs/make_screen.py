"""Draws docs/screen.svg: the live screen in the middle of a recording of this project.

python docs/make_screen.py [COLUMNSxROWS] [SECONDS] [OUT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from imu_reps.core.events import Rep
from imu_reps.core.samples import Samples
from imu_reps.display.screen.board import board
from imu_reps.display.screen.keys import ALL
from imu_reps.display.screen.look import UTF8, Role, Row
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.view import View
from imu_reps.session.planning.plan import Exercise, Plan, target, tempo_named
from imu_reps.session.setup import Wishes
from imu_reps.session.stream.replay import replayed
from imu_reps.session.stream.steps import paced, watched

HOME = Path(__file__).parent.parent
RECORDING = HOME / "recordings" / "bridge-thigh-left-easy.imu.csv"
AT_S = 26.0
"""In the hold of the fifth rep."""

WIDE, HIGH = 9.0, 18.0
"""One cell, in the units of the drawing."""

COLOURS: Mapping[Role, str] = {
    "plain": "#d0d0d0",
    "dim": "#8a8a8a",
    "strong": "#ffffff",
    "count": "#ffffff",
    "out": "#5fd7ff",
    "hold": "#ffd75f",
    "back": "#ff87ff",
    "good": "#5fff87",
    "bad": "#ff6b6b",
    "band": "#4a6fb5",
}
_BOLD = {"strong", "count", "out", "hold", "back", "good", "bad"}
_BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5), "▄": (0.5, 1.0), "░": (0.0, 1.0)}


def view_at(time_s: float) -> View:
    """The picture of the recording's session at a moment."""
    seen: list[View] = []
    with replayed(RECORDING, Wishes()) as replay:
        wanted = target(6, None, tempo_named("1-2-2"))
        plan = Plan((Exercise(replay.setup, (replay.setup.leg,), 3, wanted, 60.0),))
        now = [0.0]
        sinks = Sinks(seen.append, lambda _: None)
        guide = Guide(Coach(plan), lambda _kind, _fields: None, lambda: now[0], sinks)
        guide.begin(RECORDING, replay.lost_samples)

        def take(item: object) -> None:
            if isinstance(item, Samples) and item.time_s[-1] < time_s:
                now[0] = float(item.time_s[-1])
                guide.take(item)

        stream = paced(replay.samples(), 1.0, lambda: 1e9, lambda _: None)
        for event in replay.events(watched(stream, take)):
            if isinstance(event, Rep) and event.end_s > time_s:
                break
            guide.event(event)
    return seen[-1]


def svg(rows: list[Row], columns: int) -> str:
    """Rows of the screen as a drawing without fonts or files of others."""
    wide, high = columns * WIDE + 20, len(rows) * HIGH + 20
    shapes = [shape for y, row in enumerate(rows) for shape in _row(row, y)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" '
        f'font-family="monospace" font-size="15" role="img" aria-label="the live screen">\n'
        f'<rect width="{wide:g}" height="{high:g}" rx="8" fill="#14161a"/>\n'
        f'<g transform="translate(10 10)">\n' + "\n".join(shapes) + "\n</g>\n</svg>\n"
    )


def _row(row: Row, y: int) -> Iterator[str]:
    column = 0
    for text, role in row:
        for kind, group in groupby(text, lambda mark: mark if mark in _BLOCKS else " "):
            run = "".join(group)
            if kind in _BLOCKS:
                yield _block(kind, column, y, len(run), role)
            elif run.strip():
                yield _text(run, column, y, role)
            column += len(run)


def _block(kind: str, column: int, y: int, count: int, role: Role) -> str:
    top, bottom = _BLOCKS[kind]
    opacity = ' opacity="0.35"' if kind == "░" else ""
    return (
        f'<rect x="{column * WIDE:g}" y="{(y + top) * HIGH:g}" width="{count * WIDE:g}" '
        f'height="{(bottom - top) * HIGH:g}" fill="{COLOURS[role]}"{opacity}/>'
    )


def _text(run: str, column: int, y: int, role: Role) -> str:
    left = column + len(run) - len(run.lstrip())
    text = run.strip()
    weight = ' font-weight="bold"' if role in _BOLD else ""
    return (
        f'<text x="{left * WIDE:g}" y="{(y + 0.75) * HIGH:g}" fill="{COLOURS[role]}"{weight} '
        f'textLength="{len(text) * WIDE:g}" xml:space="preserve">{escape(text)}</text>'
    )


def main() -> None:
    """Draw it."""
    size, at_s, out = [*sys.argv[1:], *("80x24", str(AT_S), "")[len(sys.argv) - 1 :]]
    columns, rows = map(int, size.split("x"))
    view = view_at(float(at_s))
    view = replace(view, status=replace(view.status, age_s=0.0))
    drawn = board(view, (columns, rows), UTF8, "", ALL)
    path = Path(out) if out else HOME / "docs" / "screen.svg"
    path.write_text(svg(drawn, columns), encoding="utf-8")


if __name__ == "__main__":
    main()
