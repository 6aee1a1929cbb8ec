"""What a person reads."""

from __future__ import annotations

import io
import sys
from itertools import product

import pytest

from imu_reps.commands._print import print_events
from imu_reps.core.events import Event, Gap, Partial, Rep, SetEnd, SetStart, SetTotal, Summary, Warn
from imu_reps.core.words import Leg, Mount
from imu_reps.display.letters import spelt
from imu_reps.display.lines import clock, event_line
from imu_reps.movements import all_movements

WHO = ("generic", Leg.LEFT, Mount.THIGH)
PARTS = (61.0, 1.1, 1.6, 1.9, 65.6, 33.14, 0.8, 61.0, 44.2)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (SetStart(1, *WHO, 12.1), "  0:12.1  set 1 begins: generic, left leg, thigh"),
        (
            Rep(1, 3, *WHO, *PARTS),
            "  1:05.6  rep   3   33.1°  out  1.1 s  hold  1.6 s  back  1.9 s  wobble 0.8°",
        ),
        (
            Partial(1, *WHO, *PARTS, "range"),
            "  1:05.6  partial   33.1°  out  1.1 s  hold  1.6 s  back  1.9 s  range too short",
        ),
        (SetEnd(2, 1, 2, 70.0), "  1:10.0  set 2 ends: 1 rep and 2 partials"),
        (Gap(3.0, 5.5), "  0:05.5  no data for 2.5 s"),
        (Warn("code", "Look here."), "warning: Look here."),
    ],
)
def test_an_event_is_a_line(event: Event, line: str) -> None:
    assert event_line(event) == line


@pytest.mark.parametrize("reason", ["range", "label"])
def test_the_longest_line_of_an_attempt_fits_eighty_columns(reason: str) -> None:
    parts = (5000.0, 12.5, 30.0, 12.5, 5055.0, 123.4, 9.9, 300.0, 300.0)
    for event in (Rep(10, 150, *WHO, *parts), Partial(10, *WHO, *parts, reason)):
        assert len(event_line(event)) <= 80


@pytest.mark.parametrize("movement", all_movements())
def test_the_longest_line_of_a_sets_start_fits_eighty_columns(movement: str) -> None:
    for leg, mount in product(Leg, Mount):
        assert len(event_line(SetStart(100, movement, leg, mount, 7199.9))) <= 80


def test_a_sign_that_an_output_has_no_letter_for_is_a_word() -> None:
    assert spelt("33.1° …", "ascii") == "33.1deg ..."
    assert spelt("33.1° ▲", "latin-1") == "33.1° ?"
    assert spelt("33.1° ▲", "utf-8") == "33.1° ▲"


def test_an_output_without_an_encoding_takes_every_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", out := io.StringIO())
    print_events([Rep(1, 3, *WHO, *PARTS)], as_json=False)
    assert "33.1°" in out.getvalue()


def test_a_summary_without_sets_says_so() -> None:
    assert "no set was seen" in event_line(Summary((), 10, 1.0, 0))


def test_the_clock_carries_over() -> None:
    assert [clock(at_s).strip() for at_s in (0, 59.96, 3600)] == ["0:00.0", "1:00.0", "60:00.0"]


def test_a_summary_tells_the_corrected_count_beside_the_counted_one() -> None:
    def total(number: int, reps: int, partials: int = 0) -> SetTotal:
        return SetTotal(number, *WHO, reps, partials, 1.0, 61.0)

    counted = (total(1, 8), total(2, 8), total(3, 4, 1), total(4, 3))
    after = (total(1, 7), total(2, 8), total(3, 5), total(0, 1))
    lines = event_line(Summary(counted, 10, 90.0, 0, after)).split("\n")[2:-1]
    assert [line.split(": ", 1)[1].split(", ")[0] for line in lines] == [
        "8 reps (7 after your corrections)",
        "8 reps",
        "4 reps and 1 partial (5 reps after your corrections)",
        "3 reps (0 after your corrections)",
        "1 rep",
    ]
    assert lines[-1].startswith("  by hand ")
