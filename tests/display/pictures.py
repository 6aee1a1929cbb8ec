"""Pictures of a session's key states, and the screens that they make, kept in `screens/`.

`python -m tests.display.pictures` writes the screens anew; look at what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from imu_reps.core.movement import Tempo
from imu_reps.core.words import Leg
from imu_reps.display.screen.board import board
from imu_reps.display.screen.keys import ALL
from imu_reps.display.screen.look import ASCII, UTF8, Look, Row
from imu_reps.session.coaching.limb import Phase
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.coaching.view import LINE_S, Status, View
from imu_reps.session.planning.plan import Target
from tests.session.coaching.coached import planned
from tests.sets import a_rep

SCREENS = Path(__file__).parent / "screens"

SIZES = ((80, 24), (200, 50))

TARGET = Target(reps=8, hold_s=2.0, tempo=Tempo(1.0, 2.0, 2.0))


def a_line(ended_s: float = 0.6) -> tuple[np.ndarray, np.ndarray]:
    """Reps of 33 degrees in the last seconds, one every six; the last one begun so long ago."""
    time_s = np.arange(0.0, LINE_S, 0.02)
    at_s = (time_s - LINE_S + ended_s) % 6.0
    out = np.clip(at_s / 1.0, 0.0, 1.0)
    back = np.clip((at_s - 3.0) / 2.0, 0.0, 1.0)
    smooth = [part**3 * (10 - 15 * part + 6 * part**2) for part in (out, back)]
    return time_s, 33.0 * (smooth[0] - smooth[1])


def picture(**changes: object) -> View:
    """The fifth rep of eight is under way, on its way out."""
    plan = planned(sets=3, target=TARGET)
    first, second = plan.steps()[1:3]
    line_s, line_deg = a_line()
    view = View(
        step=first,
        upcoming=second,
        stage=Stage.SET,
        told="4 to go",
        left_s=None,
        is_paused=False,
        is_lost=False,
        reps=4,
        partials=1,
        likely=0,
        phase=Phase.OUT,
        hold_s=0.0,
        last=a_rep(Leg.LEFT, 4, hold_s=1.8),
        line_s=line_s,
        line_deg=line_deg,
        band_deg=(30.0, 36.0),
        status=Status(99.8, 3, 0.0, 3.92, "2026-05-04T180000-bridge-left.imu.csv"),
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def _held(ended_s: float, hold_s: float) -> View:
    line_s, line_deg = a_line(ended_s)
    return picture(phase=Phase.HOLD, hold_s=hold_s, line_s=line_s, line_deg=line_deg)


def _resting() -> View:
    steps = planned(sets=3, target=TARGET).steps()
    told = "now the right leg: move the strap"
    return picture(
        step=steps[2],
        upcoming=steps[3],
        stage=Stage.REST,
        told=told,
        left_s=41.4,
        reps=8,
        phase=Phase.REST,
    )


def pictures() -> dict[str, View]:
    """The key states, by name."""
    begun = {"reps": 0, "partials": 0, "last": None, "phase": Phase.REST}
    lost = Status(99.8, 3, 4.2, None, "left.imu.csv", "the sensor on /dev/ttyUSB0 is gone")
    return {
        "countdown": picture(stage=Stage.COUNTDOWN, left_s=3.2, told="get into position", **begun),
        "ready": picture(stage=Stage.READY, told="begin when you are ready", **begun),
        "not-sure-yet": picture(
            stage=Stage.READY, likely=2, told="begin when you are ready", **begun
        ),
        "out": picture(),
        "hold": _held(2.2, 1.2),
        "hold-reached": _held(3.0, 2.0),
        "rest": _resting(),
        "paused": picture(is_paused=True, phase=Phase.REST),
        "lost": picture(is_lost=True, phase=Phase.REST, status=lost),
        "over": picture(stage=Stage.OVER, told="all sets are done", reps=8, upcoming=None),
    }


def drawn(view: View, size: tuple[int, int], look: Look, told: str = "") -> list[Row]:
    """The rows of a screen."""
    return board(view, size, look, told, ALL)


def as_text(rows: Sequence[Row]) -> str:
    """Rows without their colours."""
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows) + "\n"


def screens() -> dict[str, str]:
    """Every screen that is kept, by the name of its file."""
    kept = {
        f"{name}-{columns}x{rows}.txt": as_text(drawn(view, (columns, rows), UTF8))
        for name, view in pictures().items()
        for columns, rows in SIZES
        if (columns, rows) == SIZES[0] or name in ("out", "hold", "rest")
    }
    small = {
        f"{name}-40x12-ascii.txt": as_text(drawn(view, (40, 12), ASCII))
        for name, view in pictures().items()
    }
    return kept | small


if __name__ == "__main__":
    for name, text in screens().items():
        (SCREENS / name).write_text(text, encoding="utf-8")
