"""The report's three charts: every rep of both legs, a set over time, and balance over sessions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from scipy.special import stdtrit

from imu_reps.balance.compare import BALANCED_PERCENT
from imu_reps.balance.metrics import METRICS, Metric
from imu_reps.balance.sets import DoneSet, values_of
from imu_reps.balance.steadiness import Point
from imu_reps.core.events import Attempt, Rep
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg
from imu_reps.display.report.drawing import (
    INK,
    LEFT,
    MUTED,
    PAPER,
    RIGHT,
    Chart,
    chart,
    drawing,
    quiet,
)

WIDTH_IN = 7.2
COLUMNS = 4

BUCKETS = 250
"""A curve of a set is drawn by the least and largest value in so many pieces of its time."""

COLOUR = {Leg.LEFT: LEFT, Leg.RIGHT: RIGHT}
MARKER = {Leg.LEFT: "o", Leg.RIGHT: "s"}


def dots(sets: Sequence[DoneSet], key: str) -> Chart:
    """Every rep of both legs, metric by metric, in its order; mean and 95 % interval beside it."""
    lines = -(-len(METRICS) // COLUMNS)
    with drawing(WIDTH_IN, 1.5 * lines) as figure:
        places = figure.subplots(lines, COLUMNS).flat
        for axes, metric in zip(places, METRICS, strict=False):
            _metric(axes, metric, sets)
        for axes in list(places)[len(METRICS) :]:
            axes.set_axis_off()
        _legend(figure.axes[-1])
        title = "Every rep of both legs, in its order, with mean and 95 % interval"
        return chart(figure, title, key)


def _metric(axes: Axes, metric: Metric, sets: Sequence[DoneSet]) -> None:
    for place, leg in enumerate(Leg):
        values = values_of([one for one in sets if one.leg is leg], metric)
        n = len(values)
        if not n:
            continue
        spread = np.linspace(-0.32, 0.12, n) if n > 1 else np.zeros(1)
        axes.plot(
            place + spread,
            values,
            MARKER[leg],
            color=COLOUR[leg],
            markersize=3.6,
            markerfacecolor=PAPER if leg is Leg.RIGHT else COLOUR[leg],
        )
        axes.errorbar(
            place + 0.3,
            values.mean(),
            yerr=mean_error(values),
            fmt="_",
            color=INK,
            markersize=9,
            capsize=2.5,
            linewidth=1.2,
        )
    axes.set_title(metric.heading)
    axes.set_xlim(-0.5, 1.5)
    axes.set_ylim(0, 1.06 * max(axes.get_ylim()[1], 1e-3))
    axes.set_xticks([0, 1], [leg.value for leg in Leg])
    quiet(axes)


def mean_error(values: Floats) -> float:
    """Half of the 95 % interval of the mean of these values (n,), by Student's t; 0 for one."""
    n = len(values)
    return float(stdtrit(n - 1, 0.975) * values.std(ddof=1) / np.sqrt(n)) if n > 1 else 0.0


def _legend(axes: Axes) -> None:
    axes.set_axis_off()
    for leg, y in ((Leg.LEFT, 0.75), (Leg.RIGHT, 0.52)):
        face = PAPER if leg is Leg.RIGHT else COLOUR[leg]
        axes.plot(
            [0.08],
            [y],
            MARKER[leg],
            color=COLOUR[leg],
            markerfacecolor=face,
            markersize=5,
            transform=axes.transAxes,
        )
        axes.text(0.2, y, f"a rep, {leg} leg", va="center", transform=axes.transAxes)
    axes.errorbar(
        [0.08], [0.24], yerr=[0.09], fmt="_", color=INK, capsize=2.5, transform=axes.transAxes
    )
    axes.text(0.2, 0.24, "mean, 95 %\ninterval", va="center", transform=axes.transAxes)


def excursion(time_s: Floats, deg: Floats, done: DoneSet, title: str, key: str) -> Chart:
    """One set over time: the excursion (n,), n > 0; the reps, each with its number and hold, and
    the partials.
    """
    with drawing(WIDTH_IN, 2.0) as figure:
        axes = figure.subplots()
        colour = COLOUR[done.leg]
        axes.plot(*_thinned(time_s, deg), color=colour, linewidth=1.1)
        top = max(float(deg.max()), *(one.rom_deg for one in done.attempts))
        for one in done.attempts:
            _attempt(axes, one, top)
        axes.set_ylim(min(float(deg.min()), 0.0) - 0.03 * top, 1.32 * top)
        axes.set_xlim(float(time_s[0]), float(time_s[-1]))
        axes.set_xlabel("seconds from the recording's first sample")
        axes.set_ylabel("excursion (°)")
        axes.set_title(title)
        quiet(axes)
        return chart(figure, title, key)


def _attempt(axes: Axes, one: Attempt, top: float) -> None:
    """A rep's number, or a triangle for a partial; the hold as a bar at the far end."""
    begin_s = one.start_s + one.out_s
    high = one.rom_deg + 0.05 * top
    axes.plot([begin_s, begin_s + one.hold_s], [high, high], color=INK, linewidth=2.4)
    middle_s = begin_s + one.hold_s / 2
    if isinstance(one, Rep):
        axes.text(middle_s, high + 0.04 * top, str(one.number), ha="center", va="bottom")
        return
    axes.plot([middle_s], [high + 0.12 * top], "v", color=INK, markerfacecolor=PAPER, markersize=5)
    axes.text(middle_s, high + 0.2 * top, "partial", ha="center", va="bottom", fontsize=8)


def _thinned(time_s: Floats, values: Floats) -> tuple[Floats, Floats]:
    """The curve (n,) by its extremes, and a break where data are missing."""
    step_s = np.median(np.diff(time_s)) if len(time_s) > 1 else 0.0
    breaks = np.flatnonzero(np.diff(time_s) > 5 * step_s) + 1
    rows = np.arange(len(values))
    if len(values) > 2 * BUCKETS:
        kept = [
            edge
            for piece in np.array_split(rows, BUCKETS)
            for edge in (piece[np.argmin(values[piece])], piece[np.argmax(values[piece])])
        ]
        rows = np.unique(np.concatenate([kept, breaks - 1, breaks]).astype(int))
    gaps = np.searchsorted(rows, breaks)
    return np.insert(time_s[rows], gaps, np.nan), np.insert(values[rows], gaps, np.nan)


def trend(points: Sequence[Point], metrics: Sequence[Metric], key: str) -> Chart:
    """The difference of the legs in each session, with its interval, metric by metric."""
    with drawing(WIDTH_IN, 1.9 * len(metrics) / 2 + 0.3) as figure:
        places = figure.subplots(-(-len(metrics) // 2), 2).flat
        for axes, metric in zip(places, metrics, strict=True):
            _trend(axes, metric, points)
        return chart(figure, "Difference of the legs over the sessions, in percent", key)


def _trend(axes: Axes, metric: Metric, points: Sequence[Point]) -> None:
    axes.axhspan(-BALANCED_PERCENT, BALANCED_PERCENT, color=MUTED, alpha=0.13, linewidth=0)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    rows = [next((r for r in point.rows if r.metric == metric.name), None) for point in points]
    for place, row in enumerate(rows):
        if row is None or row.difference_percent is None:
            continue
        higher = Leg.RIGHT if row.difference_percent > 0 else Leg.LEFT
        sure = row.verdict.endswith("higher")
        axes.plot(
            place,
            row.difference_percent,
            MARKER[higher],
            color=COLOUR[higher] if sure else MUTED,
            markerfacecolor=COLOUR[higher] if sure else PAPER,
            markersize=5,
            zorder=3,
        )
        if row.ci95 is not None:
            axes.plot([place, place], row.ci95, color=INK, linewidth=1.0)
    axes.set_xticks(range(len(points)), [point.day[5:] for point in points])
    axes.tick_params(axis="x", labelrotation=45 if len(points) > 6 else 0)
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.set_title(metric.title)
    low, high = axes.get_ylim()
    reach = 20.0 * np.ceil(max(-low, high, 20.0) / 20.0)
    axes.set_ylim(-reach, reach)
    axes.set_yticks([-reach / 2, 0, reach / 2])
    axes.set_yticklabels([f"left {reach / 2:.0f} %", "0", f"right {reach / 2:.0f} %"])
    quiet(axes)
