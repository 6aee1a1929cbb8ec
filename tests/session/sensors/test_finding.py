"""The sensor on ports that nobody has named: real pseudo-terminals, each with a sender."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from serial.tools import list_ports

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note, Piece
from imu_reps.devices import device_named
from imu_reps.ports.serial_port import SerialPort
from imu_reps.session.sensors.finding import Wanted, find
from imu_reps.session.sensors.listener import Found
from tests.devices.wires import WIRES, leg
from tests.ports.boards import Board
from tests.ports.test_names import listed

RATE_HZ = 100.0
Plug = Callable[..., Board]


def _never() -> bool:
    return False


class Sending:
    """A board that sends a wire's frames, sensible only at its own baud rate."""

    def __init__(self, board: Board, wire: str, baud: int | None) -> None:
        (self._wire,) = (each for each in WIRES if each.name == wire)
        self._board = board
        self._baud = baud
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        rng = np.random.default_rng(1)
        for frame in self._wire.frames(leg(3000, RATE_HZ, rng)):
            if self._over.wait(1 / RATE_HZ):
                return
            right = self._baud is None or self._board.baud == self._baud
            self._board.send(frame if right else rng.bytes(len(frame)))


@pytest.fixture
def plug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plug]:
    """Plugs in boards that the system lists; one without a wire is silent."""
    boards: list[Board] = []
    sending: list[Sending] = []
    monkeypatch.setattr(list_ports, "comports", lambda: [listed(board.port) for board in boards])

    def plug_in(wire: str | None = None, baud: int | None = None) -> Board:
        boards.append(Board(tmp_path / f"ttyUSB{len(boards)}"))
        if wire is not None:
            sending.append(Sending(boards[-1], wire, baud))
        return boards[-1]

    yield plug_in
    for each in sending:
        each.end()
    for board in boards:
        board.unplug()


def _found(wanted: Wanted) -> tuple[Found, list[str], float]:
    said: list[str] = []
    begin_s = time.monotonic()
    found = find(wanted, said.append, _never)
    assert found is not None
    found.port.close()
    return found, said, time.monotonic() - begin_s


def test_the_only_port_is_taken(plug: Plug) -> None:
    board = plug("native with hello")
    found, said, after_s = _found(Wanted())
    assert found.sensor.device.name == "imu-reps-frame"
    assert said == [f"listening to {board.port}"]
    assert str(found).endswith(f"on {board.port}, 115200 baud")
    # Two seconds, and three times as much again for a machine that has other things to do.
    assert after_s < 8.0


def test_of_several_ports_the_only_one_that_speaks_is_taken(plug: Plug) -> None:
    plug()
    board = plug("wit 51 52 53", 9600)
    plug()
    found, said, _ = _found(Wanted())
    assert found.port.name == board.port
    assert (found.sensor.device.name, found.port.baud) == ("witmotion", 9600)
    assert len(said) == 1


def test_two_sensors_are_listed(plug: Plug) -> None:
    boards = [plug("bno08x"), plug("wit ble")]
    with pytest.raises(BadInput, match="there are 2 sensors") as told:
        find(Wanted(), lambda _: None, _never)
    assert all(board.port in str(told.value) for board in boards)
    assert "--port left=" in str(told.value)


def test_ports_on_which_nothing_speaks_are_listed(
    plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imu_reps.session.sensors.finding.WAIT_S", 0.5)
    boards = [plug(), plug()]
    with pytest.raises(BadInput, match="no sensor speaks on any port") as told:
        find(Wanted(), lambda _: None, _never)
    assert all(f"{board.port}: silent" in str(told.value) for board in boards)


def test_without_any_port_the_cable_is_asked_about(plug: Plug) -> None:
    assert plug is not None
    with pytest.raises(BadInput, match="a charge-only USB cable shows no port"):
        find(Wanted(), lambda _: None, _never)


def test_the_baud_rate_is_found_by_itself(plug: Plug) -> None:
    board = plug("wit 51 52 53", 9600)
    found, _, after_s = _found(Wanted(board.port))
    assert found.port.baud == 9600
    assert after_s < 8.0


def test_a_baud_rate_that_the_port_does_not_know_is_passed_over(
    plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = plug("x-imu3 binary", 921600)
    set_baud = SerialPort.set_baud
    monkeypatch.setattr(
        SerialPort, "set_baud", lambda port, baud: baud != 230400 and set_baud(port, baud)
    )
    found, _, _ = _found(Wanted(board.port))
    assert found.port.baud == 921600


def test_a_forced_baud_rate_that_is_wrong_is_told_with_the_right_one(plug: Plug) -> None:
    board = plug("wit 51 52 53", 9600)
    with pytest.raises(BadInput, match="bytes arrive at 115200 baud but nothing decodes") as told:
        find(Wanted(board.port, baud=115200), lambda _: None, _never)
    assert "9600 decodes as WitMotion" in str(told.value)


def test_noise_is_shown_and_can_be_kept(plug: Plug) -> None:
    board = plug("wit 51 52 53", 12)
    heard: list[Piece | Note] = []
    with pytest.raises(BadInput, match="no decoder makes sense of them") as told:
        find(Wanted(board.port), lambda _: None, _never, heard.append)
    first = b"".join(piece.data for piece in heard if isinstance(piece, Piece))[:64]
    assert first.hex(" ") in str(told.value)
    assert "--capture" in str(told.value)


@pytest.mark.parametrize(
    ("line", "every_s", "mend"),
    [
        (b"ypr\t10.20\t-3.10\t0.44\r\n", 0.02, "let the sketch print ax, ay and az"),
        (b"9.80\r\n", 0.01, "with one number each; let the sketch print ax, ay and az in one line"),
        (b"ax: 0.01 ay: 0.02 az: 0.99\r\n", 0.4, "only 2 a second; let the sketch print 50"),
    ],
)
def test_text_without_an_acceleration_is_told_soon_and_shown(
    plug: Plug, line: bytes, every_s: float, mend: str
) -> None:
    board = plug()
    said: list[str] = []
    over = threading.Event()

    def print_on() -> None:
        while not over.wait(every_s):
            board.send(line)

    printing = threading.Thread(target=print_on)
    printing.start()
    try:
        with pytest.raises(BadInput, match=f"lines of text come, such as .*{mend}"):
            find(Wanted(board.port, baud=115200), said.append, _never)
    finally:
        over.set()
        printing.join()
    assert sum(f"such as '{line.decode()[:2]}" in text for text in said) == 1


def test_a_named_device_is_the_only_one_tried(plug: Plug) -> None:
    board = plug("x-imu3 ascii")
    found, _, _ = _found(Wanted(board.port, device=device_named("text-lines")))
    assert found.sensor.device.name == "text-lines"


def test_a_device_that_is_another_is_told_with_the_right_one(plug: Plug) -> None:
    board = plug("wit 51 52 53")
    wanted = Wanted(board.port, device=device_named("imu-reps-frame"))
    with pytest.raises(BadInput, match=r"does not decode as .* but as WitMotion") as told:
        find(wanted, lambda _: None, _never)
    assert str(told.value).endswith("say --device witmotion")


def test_a_few_bytes_are_not_called_silence(plug: Plug) -> None:
    board = plug()
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        if text.startswith("listening"):
            board.send(b"only a few")

    assert find(Wanted(board.port), say, lambda: len(said) == 3) is None
    _, first, then = said
    assert "sent a few bytes, and then nothing more" in first
    assert "too few bytes came to tell" in then


def test_a_silent_port_is_told_after_one_second_and_what_to_try_after_three(plug: Plug) -> None:
    board = plug()
    said: list[tuple[float, str]] = []
    begin_s = time.monotonic()

    def say(text: str) -> None:
        said.append((time.monotonic() - begin_s, text))

    assert find(Wanted(board.port), say, lambda: len(said) == 3) is None
    (_, _), (first_s, first), (then_s, then) = said
    assert "nothing comes yet" in first
    assert "Is the cable one for data?" in then
    assert 1.0 <= first_s < 3.0
    assert 3.0 <= then_s < 8.0


def test_one_that_goes_away_while_it_is_heard_is_told(plug: Plug) -> None:
    board = plug()
    threading.Timer(0.3, board.unplug).start()
    with pytest.raises(BadInput, match=r"is gone .*; plug the sensor in again"):
        find(Wanted(board.port), lambda _: None, _never)


def test_a_byte_of_noise_is_no_sensor(plug: Plug) -> None:
    board = plug()
    said: list[str] = []
    threading.Timer(0.2, board.send, args=(b"x",)).start()
    assert find(Wanted(board.port), said.append, lambda: len(said) == 2) is None
    assert "sent a few bytes, and then nothing more" in said[1]
