"""The report's tables: plain cells of text, which every reader and every printer can handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imu_reps.balance import Balance
from imu_reps.balance.compare import Row
from imu_reps.balance.metrics import METRICS
from imu_reps.balance.sets import SET_METRICS, DoneSet, values_of
from imu_reps.balance.steadiness import Point
from imu_reps.core.events import Partial
from imu_reps.core.words import Leg
from imu_reps.display.comparison import TITLES, decimals, lsi_text, signed
from imu_reps.display.lines import clock
from imu_reps.display.report.charts import mean_error
from imu_reps.session.afterwards.reading import Read

TREND_METRICS = [m for m in METRICS if m.name in {"hold_s", "rom_deg", "out_s", "back_s"}]


MARKS = {
    "balanced": "= balanced",
    "left_higher": "◀ left higher",
    "right_higher": "right higher ▶",
    "not_enough_data": "? not enough data",
}

NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows; the first cell of a row is its name."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def number(value: float | int | None, places: int = 1, unit: str = "") -> str:
    """The number as it is read, or a dash."""
    if value is None:
        return NONE
    text = f"{value:z.{places}f}".replace("-", "\N{MINUS SIGN}")
    return f"{text} {unit}" if unit else text


def percent(value: float | None) -> str:
    """A difference with its sign."""
    return NONE if value is None else f"{signed(value)} %".replace("-", "\N{MINUS SIGN}")


def verdicts(balance: Balance) -> Table:
    """Each metric of both legs, the difference, its interval, how many, the verdict."""
    lsi = balance.involved is not None
    heads = ["", "verdict", "left", "right", "difference", "95 % interval", "n"]
    rows = [_verdict_cells(row) for row in balance.rows]
    if lsi:
        heads.insert(5, "LSI")
        for cells, row in zip(rows, balance.rows, strict=True):
            cells.insert(5, number(row.lsi_percent, 0, "%"))
    caption = "Means over reps; n: reps of the left and the right leg, for the number of reps: sets"
    if lsi:
        caption += f"; {lsi_text(balance)}"
    return Table(caption, heads, rows)


def _verdict_cells(row: Row) -> list[str]:
    title, unit = TITLES[row.metric]
    places = decimals(row.metric)
    interval = row.ci95 and f"{percent(row.ci95[0])} to {percent(row.ci95[1])}"
    return [
        f"{title} ({unit})" if unit else title,
        MARKS[row.verdict],
        number(row.left, places),
        number(row.right, places),
        percent(row.difference_percent),
        interval or NONE,
        f"{row.n[0]}, {row.n[1]}",
    ]


def means(sets: Sequence[DoneSet]) -> Table:
    """What the dots show: mean and 95 % interval of each leg, least and largest."""
    rows = []
    for metric in METRICS:
        cells = [metric.heading]
        for leg in Leg:
            values = values_of([one for one in sets if one.leg is leg], metric)
            places = decimals(metric.name)
            if not len(values):
                cells += [NONE, NONE]
                continue
            cells.append(f"{number(values.mean(), places)} ± {number(mean_error(values), places)}")
            cells.append(f"{number(values.min(), places)} to {number(values.max(), places)}")
        rows.append(cells)
    heads = ["", "left: mean ± 95 %", "left: reps from, to", "right: mean ± 95 %"]
    return Table("Mean and range of the reps", [*heads, "right: reps from, to"], rows)


def attempts(done: DoneSet, title: str) -> Table:
    """The reps and partials of a set, one a row."""
    rows = [
        [
            "partial" if isinstance(one, Partial) else f"rep {one.number}",
            clock(one.start_s).strip(),
            number(one.out_s),
            number(one.hold_s),
            number(one.back_s),
            number(one.rom_deg),
            number(one.wobble_deg),
            f"{number(one.peak_out_dps, 0)}, {number(one.peak_back_dps, 0)}",
        ]
        for one in done.attempts
    ]
    heads = ["", "start", "out (s)", "hold (s)", "back (s)", "range (°)", "wobble (°)"]
    return Table(title, [*heads, "peak out, back (°/s)"], rows)


def leg_numbers(balance: Balance, hold_target_s: float) -> Table:
    """Counts, variation and fade of each leg."""
    names = [("sets", "sets", 0), ("partials", "partials", 0)]
    names += [(of.__name__, f"{title} ({unit})", 1) for of, (title, unit) in SET_METRICS.items()]
    if hold_target_s > 0:
        title = f"holds of {hold_target_s:g} s and more (%)"
        names.append(("hold_reached_percent", title, 0))
    names += [(f"{m.name}_fade_percent", f"fade of {m.title} (%)", 0) for m in METRICS]
    rows = [
        [title, number(balance.left[name], places), number(balance.right[name], places)]
        for name, title, places in names
    ]
    return Table("Fade: last third of a set against its first", ["", "left", "right"], rows)


def trend_table(points: Sequence[Point]) -> Table:
    """The differences of each session, and what was said of them."""
    rows = []
    for point in points:
        known = {row.metric: row for row in point.rows}
        cells = [point.day]
        for metric in TREND_METRICS:
            row = known[metric.name]
            cells.append(f"{percent(row.difference_percent)} {MARKS[row.verdict]}")
        rows.append(cells)
    heads = ["session", *(metric.title for metric in TREND_METRICS)]
    return Table("Difference of the legs over the sessions", heads, rows)


def _legs(read: Read) -> str:
    """The legs at work in a recording: both, where they changed on the way."""
    legs = sorted({done.leg for done in read.sets}) or [read.setup.leg]
    return f"{legs[0]} leg" if len(legs) == 1 else "both legs"


def data_quality(recordings: Sequence[Read]) -> Table:
    """Each recording: when, what, by which sensor, and how much of the data is there."""
    rows = []
    for read in recordings:
        summary, header = read.summary, read.header
        expected = summary.samples + summary.lost_samples
        lost = 100 * summary.lost_samples / expected if expected else 0.0
        missing_s = sum(gap.end_s - gap.start_s for gap in read.gaps)
        rate_hz = f"{header.rate_hz:g} a second" if header.rate_hz else "rate not said"
        rows.append(
            [
                read.path.name,
                (header.started_utc or "not recorded").replace("T", " ").replace("+00:00", " UTC"),
                f"{_legs(read)}, strap on the {read.setup.mount}",
                header.device or "not recorded",
                f"{summary.samples} in {clock(summary.duration_s).strip()}, {rate_hz}",
                f"{number(lost, 2)} %",
                f"{len(read.gaps)}, {number(missing_s)} s",
            ]
        )
    heads = ["recording", "begun", "set-up", "sensor", "samples", "lost", "gaps"]
    return Table("Recordings", heads, rows)
