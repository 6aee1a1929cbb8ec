"""The whole screen as rows of text: a picture of a session in, nothing else; made for any size.

From three metres one sees the count, the bar of the hold and the flash; the rest is for who is
near.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from imu_reps.display.screen.digits import big
from imu_reps.display.screen.keys import key_row
from imu_reps.display.screen.look import Look, Role, Row, centred, cut, spread, width, wrapped
from imu_reps.display.screen.panel import PANEL_COLUMNS, panel
from imu_reps.display.screen.plot import plot
from imu_reps.session.coaching.keys import Key
from imu_reps.session.coaching.limb import Phase
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.coaching.view import View

LOW_ROWS = 18
"""With fewer there is no room for the line, and the bar of the hold is one row high."""


def board(
    view: View, size: tuple[int, int], look: Look, told: str, keys: Collection[Key]
) -> list[Row]:
    """The rows of a screen of `size` columns and rows; `told` is what was said just now."""
    columns, rows = size
    is_low = rows < LOW_ROWS
    bar_rows = 1 if is_low else max(2, rows // 12)
    plot_rows = 0 if is_low else max(4, rows // 5 + 1)
    said = _told(view, told, columns, look)
    # Who is told so much has no hold to look at.
    bar_rows -= len(said) - 1
    foot = [
        *said,
        _status(view, columns, look),
        cut(key_row(keys, columns), columns, look),
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
    panel_columns = min(PANEL_COLUMNS, PANEL_COLUMNS * columns // 80)
    left_columns = columns - panel_columns - 1
    number, role, label = _number(view)
    lines = big(number, left_columns, rows, look)
    left = [centred([(line, role)], left_columns, look) for line in lines]
    left.append(centred([(label, "strong")], left_columns, look))
    beside = [cut(row, panel_columns, look) for row in panel(view, panel_columns, look)][:rows]
    out: list[Row] = []
    for row, other in zip(_middle(left, rows), _middle(beside, rows), strict=True):
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
    if _is_unsure(view):
        return str(view.likely), "dim", "seen, not counted yet"
    wanted = view.step.target.reps
    label = "reps" if wanted is None else f"of {wanted} reps"
    role: Role = "good" if wanted is not None and view.reps >= wanted else "count"
    return str(view.reps), role, label


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
    if view.step.target.hold_s is None:
        words = f"{held_s:.1f} s"
    room = max(0, columns - 5 - 14)
    filled = round(part * room)
    role: Role = "good" if reached else "hold"
    bar: Row = [(look.full * filled, role), (look.empty * (room - filled), "dim")]
    first: Row = [("hold ", "strong"), *bar, (f" {words:>13}", "strong" if held_s else "dim")]
    other: Row = [("     ", "plain"), *bar]
    return [first, *[other for _ in range(rows - 1)]][:rows]


def _told(view: View, told: str, columns: int, look: Look) -> list[Row]:
    if _is_unsure(view):
        told = f"{view.likely} seen, not counted yet; go on"
    return wrapped([(told or view.told, "strong")], columns, 2, look)


def _is_unsure(view: View) -> bool:
    """Whether something was seen and nothing is counted yet: a set is sure after some reps."""
    waits = view.stage in (Stage.COUNTDOWN, Stage.READY) and not view.is_paused
    return waits and view.likely > 0 and not view.reps and not view.partials


def _status(view: View, columns: int, look: Look) -> Row:
    status = view.status
    warning: Row = [] if status.warning is None else [(f"! {status.warning}", "bad")]
    facts = [
        "no samples now" if status.rate_hz is None else f"{status.rate_hz:.0f} Hz",
        f"{status.lost_samples} lost",
        f"heard {status.age_s:.1f} s ago",
    ]
    if status.battery_v is not None:
        facts.append(f"battery {status.battery_v:.2f} V")
    if status.recording is not None:
        facts.append(f"recording {status.recording}")
    facts_row: Row = [(look.between.join(facts), "bad" if view.is_lost else "dim")]
    return _shared(warning, facts_row, columns, look)


def _shared(warning: Row, facts: Row, columns: int, look: Look) -> Row:
    """A warning may take half of the line, or what the facts leave."""
    if not warning:
        return cut(facts, columns, look)
    room = max(columns // 2, columns - width(facts) - len(look.between))
    return cut([*cut(warning, room, look), (look.between, "dim"), *facts], columns, look)
