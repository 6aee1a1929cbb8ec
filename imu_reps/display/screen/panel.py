"""Beside the count: what happens now, what comes next, and the last rep beside the target."""

from __future__ import annotations

from imu_reps.core.events import Attempt, Partial
from imu_reps.core.movement import Tempo
from imu_reps.display.screen.look import Look, Role, Row, wrapped
from imu_reps.session.coaching.cues import change_text, step_text
from imu_reps.session.coaching.limb import Phase
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.coaching.view import View
from imu_reps.session.planning.plan import tempo_text

PANEL_COLUMNS = 34
"""In 80 columns and more; a narrower terminal gives the same part of itself."""

_PHASE_ROLE: dict[Phase, Role] = {
    Phase.REST: "dim",
    Phase.OUT: "out",
    Phase.HOLD: "hold",
    Phase.BACK: "back",
}


def panel(view: View, columns: int, look: Look) -> list[Row]:
    """The rows, those of the last rep longer than the columns where there are very few."""
    now = [line for row in _now(view, columns, look) for line in wrapped(row, columns, 2, look)]
    return [*now, [], *_last(view, columns, look)]


def _now(view: View, columns: int, look: Look) -> list[Row]:
    if view.is_paused:
        return [[("PAUSED", "back")], [("space goes on", "plain")]]
    if view.is_lost:
        return [[("SENSOR SILENT", "bad")], [("check its cable and power", "plain")]]
    step: Row = [(step_text(view.step), "plain")]
    if view.stage is Stage.READY and view.phase is not Phase.REST:
        # The counter is not sure yet; the first reps are told together.
        return [_phase(view, look), step]
    told: dict[Stage, list[Row]] = {
        Stage.COUNTDOWN: [[("GET INTO POSITION", "back")], step],
        Stage.READY: [[("BEGIN WHEN READY", "good")], step],
        Stage.REST: [[("REST", "back")], *_after(view, columns)],
        Stage.OVER: [[("ALL SETS DONE", "good")]],
    }
    return told.get(view.stage) or _set(view, look)


def _set(view: View, look: Look) -> list[Row]:
    wanted = view.step.target.reps
    to_go: Row = [] if wanted is None else [(f"{max(0, wanted - view.reps)} to go", "strong")]
    partials: Row = [(f"{view.partials} too short", "bad")] if view.partials else []
    return [_phase(view, look), to_go, partials]


def _phase(view: View, look: Look) -> Row:
    return [(f"{look.arrow[view.phase]} {view.phase.upper()}", _PHASE_ROLE[view.phase])]


def _after(view: View, columns: int) -> list[Row]:
    """What comes after the rest, and what is to be moved for it; where there is room for both."""
    done = view.reps > 0 or view.partials > 0
    after = view.upcoming if done else view.step
    if after is None:
        return []
    change = change_text(view.step, after) if done else None
    rows: list[Row] = [[(f"next: {step_text(after)}", "plain")]]
    return [*rows, [(change, "strong")]] if change and columns >= PANEL_COLUMNS else rows


def _last(view: View, columns: int, look: Look) -> list[Row]:
    """The last attempt beside the target."""
    target, last = view.step.target, view.last
    title = "partial" if isinstance(last, Partial) else "last rep"
    band = "" if view.band_deg is None else f"{view.band_deg[0]:.0f}-{view.band_deg[1]:.0f}"
    hold = "" if target.hold_s is None else f"{target.hold_s:.1f}"
    tempo = "" if target.tempo is None else tempo_text(target.tempo)
    told = ("-", "-", "-") if last is None else _told_of(last)
    names = ("range" + look.degree, "hold s", "tempo")
    rows = zip(names, told, (band, hold, tempo), strict=True)
    if columns < PANEL_COLUMNS:
        return [[(f"{name[:5]:<6}", "dim"), (seen, "strong")] for name, seen, _ in rows]
    head: Row = [(f"{'':7}{title:>12}{'target':>11}", "dim")]
    return [head, *[_values(*values) for values in rows]]


def _told_of(last: Attempt) -> tuple[str, str, str]:
    parts_s = (round(s, 1) for s in (last.out_s, last.hold_s, last.back_s))
    return f"{last.rom_deg:.0f}", f"{last.hold_s:.1f}", tempo_text(Tempo(*parts_s))


def _values(name: str, seen: str, wanted: str) -> Row:
    return [(f"{name:<7}", "dim"), (f"{seen:>12}", "strong"), (f"{wanted:>11}", "plain")]
