"""What stands in the report: sections of sentences, charts and tables; and the file made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from imu_reps.balance.sets import DoneSet
from imu_reps.balance.steadiness import Point
from imu_reps.display.report.charts import dots, excursion, trend
from imu_reps.display.report.drawing import Chart
from imu_reps.display.report.tables import (
    TREND_METRICS,
    Table,
    attempts,
    data_quality,
    leg_numbers,
    means,
    trend_table,
    verdicts,
)
from imu_reps.display.report.texts import (
    blind,
    days,
    did,
    found,
    reasons,
    recordings_text,
    steady,
    titled,
    unseen,
)
from imu_reps.session.afterwards.reading import Read
from imu_reps.session.afterwards.summarize import Compared

CURVES = 12
"""So many sets are drawn over time: the file stays small, the table has all of them."""

LEAST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A chart, and the same as a table."""

    chart: Chart | None
    table: Table | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said before its charts and tables, and after them."""

    title: str
    texts: Sequence[str] = ()
    parts: Sequence[Part] = field(default_factory=tuple)
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """All of one movement."""

    title: str
    lead: Sequence[str]
    sections: Sequence[Section]


def report_html(
    found_in: Sequence[Compared], trends: Mapping[str, Sequence[Point]], software: str
) -> str:
    """The report of these recordings; `trends` has the sessions so far of each movement."""
    environment = Environment(
        loader=PackageLoader("imu_reps.display.report", "."),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    chapters = [
        _chapter(one, trends.get(one.movement.name, ()), f"m{number}")
        for number, one in enumerate(found_in)
    ]
    page = environment.get_template("page.html")
    return page.render(chapters=chapters, software=software, day=days(found_in))


def _chapter(compared: Compared, points: Sequence[Point], key: str) -> Chapter:
    balance = compared.balance
    sets = [(read, done) for read in compared.recordings for done in read.sets]
    return Chapter(
        titled(compared.movement),
        (did(compared), *blind(compared.recordings), found(balance)),
        [
            Section(
                "Left against right",
                [],
                [Part(None, verdicts(balance))],
                [f"{balance.formula}.", *reasons(balance)],
            ),
            _every_rep([done for _, done in sets], key),
            Section("The sets over time", _over_time_texts(len(sets)), _curves(sets, key)),
            Section(
                "What else is known of each leg",
                ["Numbers without a verdict: a set gives only one of each."],
                [Part(None, leg_numbers(balance, compared.hold_target_s))],
            ),
            _trend_section(points, key),
            Section(
                "Set-up and data",
                [],
                [Part(None, data_quality(compared.recordings))],
                recordings_text(compared.recordings),
            ),
        ],
    )


def _every_rep(sets: Sequence[DoneSet], key: str) -> Section:
    title = "Every rep"
    if not any(done.reps for done in sets):
        return Section(title, ["No rep was counted."])
    texts = ["Each dot is a rep, in the order in which they were done.", *unseen(sets)]
    return Section(title, texts, [Part(dots(sets, f"{key}-dots"), means(sets))])


def _over_time_texts(sets: int) -> list[str]:
    texts = [
        "The line is the excursion: the angle between gravity now and in the rest pose. A number "
        "is a counted rep, the bar under it its hold, a triangle a partial."
    ]
    if sets > CURVES:
        texts.append(f"The first {CURVES} of {sets} sets are drawn; the tables have all of them.")
    return texts if sets else ["No set was seen."]


def _curves(sets: Iterable[tuple[Read, DoneSet]], key: str) -> list[Part]:
    parts = []
    for number, (read, done) in enumerate(sets, start=1):
        title = f"Set {number}: {done.leg} leg, strap on the {done.mount}"
        time_s, deg = read.trace.excursion(done)
        drawn = number <= CURVES and len(time_s) > 0
        curve = excursion(time_s, deg, done, title, f"{key}-set{number}") if drawn else None
        parts.append(Part(curve, attempts(done, title)))
    return parts


def _trend_section(points: Sequence[Point], key: str) -> Section:
    if len(points) < LEAST_POINTS:
        text = "There are not yet two sessions of this movement with both legs in the history."
        return Section("Over the sessions", [text])
    drawn = trend(points, TREND_METRICS, f"{key}-trend")
    return Section(
        "Over the sessions",
        [
            "Within the grey band the legs differ by less than 10 %. A filled mark is a session "
            "that called a leg higher: round for left, square for right.",
            steady(points),
        ],
        [Part(drawn, trend_table(points))],
    )
