"""The whole screen as rows of text: a picture of a session in, nothing else; made for any size.

From three metres one sees the count, the bar of the hold and the flash; the rest is for who is
near.
"""

from __future__ import annotations

import math

from imu_reps.core.events import Partial
from imu_reps.core.movement import Tempo
from imu_reps.display.screen.digits import big
from imu_reps.display.screen.look import Look, Role, Row, centred, cut, spread, width
from imu_reps.display.screen.plot import plot
from imu_reps.session.coach import Stage
from imu_reps.session.cues import change_text, step_text
from imu_reps.session.labels import Attempt
from imu_reps.session.limb import Phase
from imu_reps.session.plan import tempo_text
from imu_reps.session.view import View

LOW_ROWS = 18
"""With fewer there is no room for the line, and the bar of the hold is one row high."""

PANEL_COLUMNS = 34
"""Beside the count; a narrow terminal gives half of itself."""

_PHASE_ROLE: dict[Phase, Role] = {
    Phase.REST: "dim",
    Phase.OUT: "out",
    Phase.HOLD: "hold",
    Phase.BACK: "back",
}


def board(view: View, size: tuple[int, int], look: Look, told: str, keys: Row) -> list[Row]:
    """The rows of a screen of `size` columns and rows; `told` is what was said just now."""
    columns, rows = size
    is_low = rows < LOW_ROWS
    bar_rows = 1 if is_low else max(2, rows // 12)
    plot_rows = 0 if is_low else max(4, rows // 5 + 1)
    foot = [
        _told(view, told, columns, look),
        _status(view, columns, look),
        cut(keys, columns, look),
    ]
    main_rows = rows - 1 - bar_rows - plot_rows - len(foot)
    out = [_header(view, columns, look)]
    out += _main(view, columns, main_rows, look)
    out += _hold_bar(view, columns, bar_rows, look)
    if not is_low:
        out += plot(view, columns, plot_rows, look)
    return [*out, *foot][:rows]


def _header(view: View, columns: int, look: Look) -> Row:
    setup = view.step.exercise.setup
    name = "movement to be told" if setup.is_auto else setup.movement.title
    left: Row = [(name, "strong"), (f"{look.between}strap on the {setup.mount}", "dim")]
    of = "" if view.step.sets is None else f" of {view.step.sets}"
    right: Row = [
        (f"{view.step.leg.upper()} leg", "strong"),
        (f"  set {view.step.number}{of}", "plain"),
    ]
    return spread(left, right, columns, look)


def _main(view: View, columns: int, rows: int, look: Look) -> list[Row]:
    if rows < 1:
        return []
    panel_columns = min(PANEL_COLUMNS, columns // 2)
    left_columns = columns - panel_columns - 1
    number, role, label = _number(view)
    lines = big(number, left_columns, rows, look)
    left = [centred([(line, role)], left_columns, look) for line in lines]
    left.append(centred([(label, "strong")], left_columns, look))
    panel = [cut(row, panel_columns, look) for row in _panel(view, panel_columns, look)][:rows]
    out: list[Row] = []
    for row, other in zip(_middle(left, rows), _middle(panel, rows), strict=True):
        room = " " * (left_columns + 1 - width(row))
        out.append([*row, (room, "plain"), *other])
    return out


def _middle(lines: list[Row], rows: int) -> list[Row]:
    above = max(0, (rows - len(lines)) // 2)
    padded = [*[[] for _ in range(above)], *lines]
    return [*padded, *[[] for _ in range(rows - len(padded))]][:rows]


def _number(view: View) -> tuple[str, Role, str]:
    """The huge number, its role, and what it counts."""
    if view.is_paused:
        return str(view.reps), "dim", "PAUSED"
    if view.left_s is not None and view.stage in (Stage.COUNTDOWN, Stage.REST):
        what = "s: GET READY" if view.stage is Stage.COUNTDOWN else "s of REST left"
        return str(math.ceil(view.left_s)), "back", what
    wanted = view.step.target.reps
    label = "reps" if wanted is None else f"of {wanted} reps"
    role: Role = "good" if wanted is not None and view.reps >= wanted else "count"
    return str(view.reps), role, label


def _panel(view: View, columns: int, look: Look) -> list[Row]:
    return [*_now(view, look), [], *_last(view, columns, look)]


def _now(view: View, look: Look) -> list[Row]:
    wanted = view.step.target.reps
    if view.is_lost:
        return [[("SENSOR SILENT", "bad")], [("check its cable and power", "plain")]]
    if view.stage is Stage.COUNTDOWN:
        return [[("GET INTO POSITION", "back")], _next(view)]
    if view.stage is Stage.READY:
        return [[("BEGIN WHEN READY", "good")], _next(view)]
    if view.stage is Stage.REST:
        return [[("REST", "back")], *_after(view)]
    if view.stage is Stage.OVER:
        return [[("ALL SETS DONE", "good")]]
    arrow = look.arrow[view.phase]
    phase: Row = [(f"{arrow} {view.phase.upper()}", _PHASE_ROLE[view.phase])]
    to_go: Row = [] if wanted is None else [(f"{max(0, wanted - view.reps)} to go", "strong")]
    partials: Row = [(f"{view.partials} too short", "bad")] if view.partials else []
    return [phase, to_go, partials]


def _next(view: View) -> Row:
    return [(step_text(view.step), "plain")]


def _after(view: View) -> list[Row]:
    """What comes after the rest, and what is to be moved for it."""
    done = view.reps > 0 or view.partials > 0
    after = view.upcoming if done else view.step
    if after is None:
        return []
    change = change_text(view.step, after) if done else None
    rows: list[Row] = [[(f"next: {step_text(after)}", "plain")]]
    return [*rows, [(change, "strong")]] if change else rows


def _last(view: View, columns: int, look: Look) -> list[Row]:
    """The last attempt beside the target."""
    target, last = view.step.target, view.last
    title = "partial" if isinstance(last, Partial) else "last rep"
    band = "" if view.band_deg is None else f"{view.band_deg[0]:.0f}-{view.band_deg[1]:.0f}"
    hold = "" if target.hold_s is None else f"{target.hold_s:.1f}"
    tempo = "" if target.tempo is None else tempo_text(target.tempo)
    told = ("-", "-", "-") if last is None else _told_of(last)
    names = (f"range{look.degree if len(look.degree) == 1 else ''}", "hold s", "tempo")
    rows = zip(names, told, (band, hold, tempo), strict=True)
    if columns < PANEL_COLUMNS:
        return [[(f"{name:<7}", "dim"), (seen, "strong")] for name, seen, _ in rows]
    head: Row = [(f"{'':7}{title:>12}{'target':>11}", "dim")]
    return [head, *[_values(*values) for values in rows]]


def _told_of(last: Attempt) -> tuple[str, str, str]:
    parts_s = (round(s, 1) for s in (last.out_s, last.hold_s, last.back_s))
    return f"{last.rom_deg:.0f}", f"{last.hold_s:.1f}", tempo_text(Tempo(*parts_s))


def _values(name: str, seen: str, wanted: str) -> Row:
    return [(f"{name:<7}", "dim"), (f"{seen:>12}", "strong"), (f"{wanted:>11}", "plain")]


def _hold_bar(view: View, columns: int, rows: int, look: Look) -> list[Row]:
    """A bar that fills while the hold lasts; empty rows where no hold is asked for."""
    setup = view.step.exercise.setup
    wanted_s = view.step.target.hold_s or setup.movement.tempo.hold_s
    if not wanted_s:
        return [[] for _ in range(rows)]
    held_s = view.hold_s if view.phase is Phase.HOLD else 0.0
    part = min(1.0, held_s / wanted_s)
    reached = part >= 1.0
    words = "hold reached" if reached else f"{held_s:.1f} of {wanted_s:g} s"
    room = max(0, columns - 5 - 14)
    filled = round(part * room)
    role: Role = "good" if reached else "hold"
    bar: Row = [(look.full * filled, role), (look.empty * (room - filled), "dim")]
    first: Row = [("hold ", "strong"), *bar, (f" {words:>13}", "strong" if held_s else "dim")]
    other: Row = [("     ", "plain"), *bar]
    return [first, *[other for _ in range(rows - 1)]]


def _told(view: View, told: str, columns: int, look: Look) -> Row:
    return cut([(told or view.told, "strong")], columns, look)


def _status(view: View, columns: int, look: Look) -> Row:
    status = view.status
    row: Row = []
    if status.warning is not None:
        row += [(f"! {status.warning}", "bad"), (look.between, "dim")]
    facts = [
        "no samples yet" if status.rate_hz is None else f"{status.rate_hz:.0f} Hz",
        f"{status.lost_samples} lost",
        f"{status.age_s:.1f} s ago",
    ]
    if status.battery_percent is not None:
        facts.append(f"battery {status.battery_percent:.0f} %")
    if status.recording is not None:
        facts.append(f"recording {status.recording}")
    facts_row: Row = [(look.between.join(facts), "bad" if view.is_lost else "dim")]
    return _shared(row, facts_row, columns, look)


def _shared(warning: Row, facts: Row, columns: int, look: Look) -> Row:
    """A warning may take half of the line."""
    if not warning:
        return cut(facts, columns, look)
    return cut(
        [*cut(warning, max(columns // 2, columns - width(facts)), look), *facts], columns, look
    )
