"""Draws docs/counting.svg: what the counter makes of a recording of this project.

python docs/make_counting.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from imu_reps.core.events import Attempt, Event, Rep, attempts_in
from imu_reps.core.samples import Samples
from imu_reps.counting import RepCounter
from imu_reps.motion.vectors import angles_deg
from imu_reps.session.setup import Wishes
from imu_reps.session.stream.replay import replayed
from imu_reps.session.trace import Trace, Tracer

HOME = Path(__file__).parent.parent
RECORDING = HOME / "recordings" / "bridge-thigh-left-hard.imu.csv"

FROM_S, TO_S = 8.0, 70.0
"""The part of it that is drawn."""

INK, REP, PARTIAL = "#7d8590", "#2da44e", "#d4760a"
"""Seen on a white page and on a dark one."""

STYLE: Any = {"svg.fonttype": "none", "svg.hashsalt": "counting", "font.size": 9}

STEP = 10
"""Samples at a time, as a sensor's arrive."""


def counted() -> tuple[Trace, list[tuple[float, Event]]]:
    """Where the segment pointed, and the events with the moment at which each was told."""
    tracer, told = Tracer(), list[tuple[float, Event]]()
    with replayed(RECORDING, Wishes()) as replay:
        setup = replay.setup
        counter = RepCounter(setup.movement, setup.leg, setup.mount)
        for item in tracer.watching(replay.samples()):
            for piece in _pieces(item) if isinstance(item, Samples) else []:
                told += [(float(piece.time_s[-1]), event) for event in counter.update(piece)]
    return tracer.trace(), told


def _pieces(samples: Samples) -> list[Samples]:
    return [samples[first : first + STEP] for first in range(0, len(samples), STEP)]


def draw(path: Path) -> None:
    """The figure, as SVG."""
    trace, told = counted()
    attempts = attempts_in(event for _, event in told)
    rest_up = trace.rest_up(attempts[:1])
    assert rest_up is not None
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9.5, 3.4), layout="constrained")
        axes = figure.add_subplot()
        rows = trace.rows(FROM_S, TO_S)
        axes.plot(trace.time_s[rows], angles_deg(trace.up[rows], rest_up), color=INK, lw=0.9)
        for attempt in attempts:
            _mark(axes, attempt)
        for time_s in sorted({time_s for time_s, event in told if event in attempts}):
            axes.plot(time_s, -3.4, marker="^", color=INK, ms=4)
        typical_deg = sorted(one.rom_deg for one in attempts if isinstance(one, Rep))[3]
        for part, name in ((1.0, "typical"), (0.6, "60 %"), (0.2, "20 %")):
            axes.axhline(part * typical_deg, color=INK, lw=0.5, ls=":")
            axes.text(FROM_S, part * typical_deg, f" {name}", color=INK, va="bottom", fontsize=7.5)
        _frame(axes)
        figure.savefig(path, format="svg", transparent=True, metadata={"Date": None})


def _mark(axes: Axes, attempt: Attempt) -> None:
    """The attempt's span, and its hold, which is darker."""
    color = REP if isinstance(attempt, Rep) else PARTIAL
    hold_s = attempt.start_s + attempt.out_s
    axes.axvspan(attempt.start_s, attempt.end_s, color=color, alpha=0.18, lw=0)
    axes.axvspan(hold_s, hold_s + attempt.hold_s, color=color, alpha=0.28, lw=0)
    name = str(attempt.number) if isinstance(attempt, Rep) else "partial"
    middle_s = (attempt.start_s + attempt.end_s) / 2
    axes.text(middle_s, 41.0, name, color=color, ha="center", fontweight="bold", fontsize=8)


def _frame(axes: Axes) -> None:
    axes.set_xlim(FROM_S, TO_S)
    axes.set_ylim(-5, 45)
    axes.set_xlabel("seconds", color=INK)
    axes.set_ylabel("degrees from rest", color=INK)
    axes.tick_params(colors=INK)
    for name, spine in axes.spines.items():
        spine.set_visible(name in {"left", "bottom"})
        spine.set_color(INK)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "docs" / "counting.svg")
