"""The live screen: draws the latest picture some times a second, and passes keys on."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Collection, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from imu_reps.display.screen.board import board
from imu_reps.display.screen.feed import Feed
from imu_reps.display.screen.keys import by_character
from imu_reps.display.screen.look import Look, Role, Row, width
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.keys import Key

DRAWN_HZ = 10.0
"""Pictures a second: a limb's movement is smooth, and a small computer has time left."""

TOLD_S = 4.0
"""What was said stands for so long, read at a glance between two reps."""

FLASH_S = 0.25
"""Long enough to be seen from the corner of an eye; three flashes a second are the most that is
safe to look at (WCAG 2.3.1), and no rep is that quick."""

_COLOURS: Mapping[Role, str] = {
    "plain": "default",
    "dim": "bright_black",
    "strong": "bold",
    "count": "bold bright_white",
    "out": "bold bright_cyan",
    "hold": "bold bright_yellow",
    "back": "bold bright_magenta",
    "good": "bold bright_green",
    "bad": "bold bright_red",
    "band": "blue",
}
"""The terminal's own sixteen, so that they suit its background."""

_NO_COLOURS: Mapping[Role, str] = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "count": "bold",
    "out": "bold",
    "hold": "bold",
    "back": "bold",
    "good": "bold reverse",
    "bad": "bold underline",
    "band": "dim",
}

_FLASH: Mapping[Kind, str] = {
    Kind.REP: "black on bright_white",
    Kind.HOLD: "black on bright_yellow",
    Kind.LAST_REP: "black on bright_green",
}

_NO_COLOUR_FLASH = "reverse bold"


class Canvas(Widget):
    """Rows of text; only those that have changed are drawn again."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 100%; }"

    def __init__(self, styles: Mapping[Role, str]) -> None:
        super().__init__()
        self._styles = {role: Style.parse(text) for role, text in styles.items()}
        self._rows: list[Row] = []
        self._flash: Style | None = None

    def draw(self, rows: list[Row], flash: str | None) -> None:
        """Show these rows from now on; `flash` is the style of the whole screen."""
        style = None if flash is None else Style.parse(flash)
        before, self._rows = self._rows, rows
        everything = style != self._flash or len(before) != len(rows)
        self._flash = style
        wide = self.size.width
        if everything:
            self.refresh()
        else:
            changed = [Region(0, y, wide, 1) for y, row in enumerate(rows) if row != before[y]]
            if changed:
                self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        row: Row = self._rows[y] if y < len(self._rows) else []
        blank = " " * max(0, self.size.width - width(row))
        flash = self._flash
        segments = [Segment(text, flash or self._styles[role]) for text, role in row]
        return Strip([*segments, Segment(blank, flash)]).crop(0, self.size.width)


class LiveScreen(App[None]):
    """Draws what the feed holds until the session is over.

    `press` is called with the keys that are asked for; only those in `keys` are shown and heard.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { overflow: hidden; background: ansi_default; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "interrupt", priority=True),
    ]

    def __init__(
        self, feed: Feed, press: Callable[[Key], None], keys: Collection[Key], look: Look
    ) -> None:
        super().__init__(ansi_color=True)
        self._feed = feed
        self._press = press
        self._look = look
        self._keys = by_character(keys)
        self._canvas = Canvas(_NO_COLOURS if self.no_color else _COLOURS)
        self._told = ""
        self._told_until = self._flash_until = 0.0
        self._flash: str | None = None
        self._rung = 0

    def compose(self) -> ComposeResult:
        yield self._canvas

    def on_mount(self) -> None:
        self.set_interval(1 / DRAWN_HZ, self.refresh_board)

    def on_resize(self) -> None:
        self.refresh_board()

    def on_key(self, event: events.Key) -> None:
        key = self._keys.get((event.character or "").lower())
        if key is not None:
            event.stop()
            self._press(key)

    def action_interrupt(self) -> None:
        """Ctrl-C, as it would be without a screen."""
        signal.raise_signal(signal.SIGINT)

    def refresh_board(self) -> None:
        """Draw what is new; leave when the session is over."""
        now = time.monotonic()
        self._notice(list(self._feed.cues()), now)
        if self._rung < self._feed.bells:
            self._rung = self._feed.bells
            self.bell()
        view = self._feed.view
        if view is not None:
            told = self._told if now < self._told_until else ""
            size = (self.size.width, self.size.height)
            rows = board(view, size, self._look, told, self._keys.values())
            self._canvas.draw(rows, self._flash if now < self._flash_until else None)
        if self._feed.is_over:
            self.exit()

    def _notice(self, cues: list[Cue], now: float) -> None:
        told = [cue for cue in cues if cue.kind is not Kind.TICK]
        if told:
            self._told, self._told_until = _line(told), now + TOLD_S
        for cue in cues:
            if cue.kind in _FLASH:
                self._flash = _NO_COLOUR_FLASH if self.no_color else _FLASH[cue.kind]
                self._flash_until = now + FLASH_S


def _line(told: list[Cue]) -> str:
    """The last of these cues; that a set is done, and what is next, are read together."""
    done = [place for place, cue in enumerate(told) if cue.kind is Kind.LAST_REP]
    return "; ".join(cue.text for cue in told[done[-1] if done else -1 :])
