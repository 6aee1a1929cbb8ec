"""What is said over sessions, however many and whichever of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imu_reps.core.events import Event
from imu_reps.core.words import Leg
from imu_reps.display.history_table import history_lines
from imu_reps.display.report.texts import steady
from imu_reps.session.history import Session, sessions_of, trends_of
from imu_reps.session.history.store import Kept
from tests.sets import a_set

BRIDGE, CURL = "single-leg-bridge", "single-leg-ball-curl"
LONG_S, SHORT_S = (2.0, 2.1, 2.05, 1.95, 2.0), (1.0, 1.1, 1.05, 0.95, 1.0)


def _recording(day: int, movement: str, holds_s: Sequence[Sequence[float]], hour: int = 10) -> Kept:
    """Both legs' sets in one recording, the left one's first."""
    sides = zip(Leg, holds_s, strict=True)
    events: list[Event] = [e for leg, s in sides for e in a_set(leg, s, movement=movement)]
    started_utc = f"2026-03-{day:02}T{hour}:00:00+00:00"
    return Kept(Path(f"{day}-{movement}"), started_utc, movement, 600.0, tuple(events), ())


def _bridges(*days: int) -> list[Kept]:
    return [_recording(day, BRIDGE, (LONG_S, SHORT_S)) for day in days]


def _last(sessions: Sequence[Session], count: int) -> list[str]:
    told = [(one, one.balances()) for one in sessions[-count:]]
    return list(history_lines(told, trends_of(sessions)))


def test_what_held_does_not_hang_on_how_many_sessions_are_shown() -> None:
    sessions = sessions_of(_bridges(1, 2, 3, 4))
    held = f"{BRIDGE}: in each of the last 3 sessions that could be compared, hold left higher"
    for count in (1, 2, 4):
        assert any(line.startswith(held) for line in _last(sessions, count))


def test_a_rare_movement_has_its_trend_after_many_sessions_of_another() -> None:
    curls = [_recording(day, CURL, (LONG_S, LONG_S)) for day in range(5, 20)]
    sessions = sessions_of([*_bridges(1, 2, 3), *curls, *_bridges(20)])
    told = "\n".join(_last(sessions, 1))
    assert "that could be compared, hold left higher" in told
    assert CURL not in told
    assert [point.day for point in trends_of(sessions)[BRIDGE]] == [
        "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-20",
    ]  # fmt: skip


def test_what_once_held_and_holds_no_more_is_not_denied() -> None:
    even = [_recording(day, BRIDGE, (LONG_S, LONG_S)) for day in (4, 5)]
    sessions = sessions_of([*_bridges(1, 2, 3), *even])
    assert "in each of the last 3 sessions." in _last(sessions, 5)[-2]
    assert steady(trends_of(sessions)[BRIDGE]).endswith("in each of the last 3 sessions.")


def test_the_report_calls_no_leg_higher_over_two_sessions_and_says_what_it_takes() -> None:
    points = trends_of(sessions_of(_bridges(1, 2)))[BRIDGE]
    assert steady(points) == "It takes 3 sessions to call a leg higher over sessions."


def test_the_history_and_the_report_say_the_same_of_the_number_of_reps() -> None:
    many, few = [2.0] * 9, [2.0] * 5
    sets = [_recording(day, BRIDGE, (many, few)) for day in (1, 2, 3) for _ in range(3)]
    sessions = sessions_of(sets)
    assert "reps left higher" in _last(sessions, 3)[-2]
    assert "left higher in reps" in steady(trends_of(sessions)[BRIDGE])


def test_a_movement_of_a_session_is_still_of_that_session() -> None:
    curl = _recording(1, CURL, (LONG_S, LONG_S), hour=11)
    later = _recording(1, BRIDGE, (LONG_S, LONG_S), hour=12)
    (session,) = sessions_of([*_bridges(1), curl, later])
    assert session.of(CURL).name == session.name
    assert session.of(BRIDGE).balances()[0].left["reps"] == 10
