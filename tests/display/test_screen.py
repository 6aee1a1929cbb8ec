"""The live screen, drawn by the real application without a terminal."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from imu_reps.display.screen.app import Canvas, LiveScreen
from imu_reps.display.screen.board import board
from imu_reps.display.screen.digits import big
from imu_reps.display.screen.feed import Feed
from imu_reps.display.screen.keys import ALL
from imu_reps.display.screen.look import ASCII, UTF8, Look, look_here, width
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.keys import Key
from imu_reps.session.coaching.view import View
from tests.display.pictures import SCREENS, drawn, picture, pictures, screens

Step = Callable[[LiveScreen, Pilot[None]], Any]


def _shown(view: View, size: tuple[int, int], *steps: Step, press: Any = lambda _: None) -> str:
    """What the application shows of a picture, after these steps."""
    feed = Feed()
    feed.show(view)
    app = LiveScreen(feed, press, ALL, UTF8)

    async def run() -> str:
        async with app.run_test(size=size) as pilot:
            app.refresh_board()
            await pilot.pause()
            for step in steps:
                await step(app, pilot)
            return _text(app)

    return asyncio.run(run())


def _text(app: LiveScreen) -> str:
    canvas = app.query_one(Canvas)
    lines = [canvas.render_line(y).text.rstrip() for y in range(canvas.size.height)]
    return "\n".join(lines) + "\n"


def test_the_kept_screens_are_those_that_are_drawn() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in SCREENS.glob("*.txt")}
    assert kept == screens()


@pytest.mark.parametrize("name", list(pictures()))
def test_the_application_shows_what_is_drawn(name: str) -> None:
    kept = (SCREENS / f"{name}-80x24.txt").read_text(encoding="utf-8")
    assert _shown(pictures()[name], (80, 24)) == kept


def test_resizing_draws_anew() -> None:
    async def resize(app: LiveScreen, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(200, 50)
        for _ in range(100):
            if _text(app) == kept:
                break
            await pilot.pause(0.05)

    kept = (SCREENS / "out-200x50.txt").read_text(encoding="utf-8")
    assert _shown(picture(), (80, 24), resize) == kept


@pytest.mark.parametrize("look", [UTF8, ASCII], ids=["utf8", "ascii"])
@pytest.mark.parametrize("size", [(1, 1), (20, 6), (40, 12), (80, 24), (81, 25), (300, 90)])
def test_any_size_is_filled_and_never_overfilled(look: Look, size: tuple[int, int]) -> None:
    for view in pictures().values():
        rows = drawn(view, size, look)
        assert len(rows) == size[1]
        assert max(map(width, rows)) <= size[0]


def test_ascii_is_ascii() -> None:
    for view in pictures().values():
        for row in drawn(view, (80, 24), ASCII):
            assert all(text.isascii() for text, _ in row)


def test_the_count_grows_with_the_terminal() -> None:
    heights = [len(big("12", columns, rows, UTF8)) for columns, rows in ((46, 12), (160, 30))]
    assert heights == [11, 28]


def test_every_number_can_be_drawn_large() -> None:
    for number in range(1000):
        lines = big(str(number), 60, 12, UTF8)
        assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("environment", "look"),
    [
        ({"LANG": "de_DE.UTF-8"}, UTF8),
        ({"LANG": "de_DE.ISO-8859-1"}, ASCII),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, ASCII),
    ],
)
def test_the_locale_tells_what_can_be_shown(environment: dict[str, str], look: object) -> None:
    assert look_here(environment) is look


def test_keys_are_passed_on() -> None:
    async def type_all(_app: LiveScreen, pilot: Pilot[None]) -> None:
        await pilot.press("space", "l", "U", "plus", "m", "r", "x", "q")

    pressed: list[Key] = []
    _shown(picture(), (80, 24), type_all, press=pressed.append)
    assert pressed == list(ALL)


@pytest.mark.parametrize("colours", ["on", "off"])
def test_a_rep_flashes_the_whole_screen(colours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if colours == "off":
        monkeypatch.setenv("NO_COLOR", "1")
    flashed: list[bool] = []

    async def rep(app: LiveScreen, _pilot: Pilot[None]) -> None:
        app._feed.say(Cue(Kind.REP, "5, 3 to go", 1.0))
        app.refresh_board()
        strips = [app.query_one(Canvas).render_line(y) for y in range(24)]
        styles = {segment.style for strip in strips for segment in strip if segment.text}
        flashed.append(
            len(styles) == 1 and all(s is not None and (s.bgcolor or s.reverse) for s in styles)
        )

    assert "5, 3 to go" in _shown(picture(), (80, 24), rep)
    assert flashed == [True]


def test_without_colour_no_colour_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    colours: set[object] = set()

    async def look(app: LiveScreen, _pilot: Pilot[None]) -> None:
        for y in range(24):
            for segment in app.query_one(Canvas).render_line(y):
                if segment.style is not None:
                    colours.update({segment.style.color, segment.style.bgcolor})

    kept = (SCREENS / "lost-80x24.txt").read_text(encoding="utf-8")
    assert _shown(pictures()["lost"], (80, 24), look) == kept
    assert colours == {None}


def test_a_bell_is_rung_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr(LiveScreen, "bell", lambda _: rung.append(1))

    async def ring(app: LiveScreen, _pilot: Pilot[None]) -> None:
        app._feed.ring()
        app.refresh_board()
        app.refresh_board()

    _shown(picture(), (80, 24), ring)
    assert rung == [1]


def test_the_screen_leaves_when_the_session_is_over() -> None:
    feed = Feed()

    async def run() -> None:
        app = LiveScreen(feed, lambda _: None, ALL, UTF8)
        async with app.run_test() as pilot:
            feed.is_over = True
            app.refresh_board()
            await pilot.pause()
        assert not app.is_running

    asyncio.run(run())


def test_what_was_said_takes_the_place_of_what_is_to_be_done() -> None:
    said = board(picture(), (80, 24), UTF8, "hold reached", ALL)
    assert [text for text, _ in said[-3]] == ["hold reached"]
    assert re.match("4 to go", board(picture(), (80, 24), UTF8, "", ALL)[-3][0][0])


@pytest.mark.parametrize(
    "told",
    [
        "8, set done; rest 60 s; now the right leg: move the strap to the left thigh",
        "next the ball-curl, right leg: strap on the ankle",
        "paused: nothing counts until space is pressed again",
    ],
)
@pytest.mark.parametrize("look", [UTF8, ASCII], ids=["utf8", "ascii"])
def test_what_is_to_be_done_can_be_read_on_the_smallest_screen(look: Look, told: str) -> None:
    for rows in (
        drawn(pictures()["rest"], (40, 12), look, told),
        drawn(replace(pictures()["rest"], told=told), (40, 12), look),
    ):
        lines = ["".join(text for text, _ in row) for row in rows]
        assert told in " ".join(lines)
        assert len(lines) == 12
        assert max(map(len, lines)) <= 40
        assert "next: right leg," in lines[2]


def test_more_than_two_rows_are_not_told() -> None:
    rows = drawn(picture(), (40, 12), UTF8, "word " * 40)
    assert next(text for text, _ in rows[-3]).endswith("…")
    assert len(rows) == 12
