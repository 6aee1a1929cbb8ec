"""Makes `docs/METRICS.md` of the metrics' own definitions: `python docs/make_metrics.py`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from imu_reps.balance.compare import FORMULA
from imu_reps.balance.metrics import METRICS
from imu_reps.balance.sets import (
    SET_METRICS,
    fade_percent,
    hold_reached_percent,
    partials,
    reps,
)

PAGE = Path(__file__).with_name("METRICS.md")

HEAD = """# What is measured

Made of the definitions in `imu_reps/balance/` by `python docs/make_metrics.py`; the names are those
of `--json`, `history --export` and `export`. All of it comes from the excursion: the angle between
gravity now and in the rest pose, in the sensor's frame. Nothing here was measured on people doing
these movements; how exact counts, times and ranges are is in [ACCURACY](ACCURACY.md). It says what
the sensor saw; it is not a diagnosis, and it tells nothing of strength or of the risk of an injury.

A leg's number is the mean over all its reps, unless it says otherwise. A session is all sets of
one movement with both legs; its rows compare the legs by

    {formula}

with a verdict for each row marked `verdict`; [BALANCE](BALANCE.md) has the rule.
"""


def page() -> str:
    """The whole page."""
    per_rep = [
        (
            metric.name,
            metric.of.__doc__,
            f"verdict; the sensor tells {metric.tells:g} {metric.unit}",
        )
        for metric in METRICS
    ]
    per_set = [(of.__name__, of.__doc__, "") for of in (reps, partials, *SET_METRICS)]
    others = [
        (hold_reached_percent.__name__, hold_reached_percent.__doc__, ""),
        ("NAME_" + fade_percent.__name__, fade_percent.__doc__, "for every metric of a rep"),
    ]
    parts = [
        HEAD.format(formula=FORMULA),
        _table("Of every rep", per_rep),
        _table("Of sets and legs", per_set + others),
    ]
    return "\n".join(parts)


def _table(title: str, rows: Iterable[tuple[str, str | None, str]]) -> str:
    lines = [f"## {title}\n", "| name | definition | |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {' '.join((doc or '').split())} | {note} |" for name, doc, note in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
