"""`imu-reps live`: count from a sensor, and record what it sends."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from imu_reps.commands._both import Files, count_both
from imu_reps.commands._finish import keep, tell_balance
from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, json_option, say, setup_options
from imu_reps.commands._plan import plan_from, plan_options, words_of
from imu_reps.commands._print import print_events
from imu_reps.commands._show import Counting, Show
from imu_reps.commands._sound import sound_of, sound_options
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Summary
from imu_reps.devices import device_named
from imu_reps.formats.files import folder_at
from imu_reps.formats.raw import beside, is_capture
from imu_reps.ports.reader import Taken
from imu_reps.session.capturing import capturing
from imu_reps.session.coach import Coach
from imu_reps.session.finding import find
from imu_reps.session.guide import Guide, Sinks
from imu_reps.session.live import reading
from imu_reps.session.places import recording_path, recordings_folder
from imu_reps.session.plan import Exercise, Plan
from imu_reps.session.run import Inbox
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import stopping
from imu_reps.session.training import Wiring, trained
from imu_reps.session.words import plan_text
from imu_reps.session.worn import with_leg, worn


@click.command(
    cls=WithExamples,
    examples=[
        ("live", "find the sensor, ask for the rest"),
        ("live --movement bridge --leg left --mount thigh", "count the left leg until q"),
        (
            "live --movement bridge --sets 3 --reps 8 --hold 2 --tempo 1-2-2 --rest 60",
            "a whole session: both legs, rests, and the comparison at its end",
        ),
        ("live --plan monday.toml", "several movements; see docs/SESSION.md"),
        ("live --port left=/dev/ttyUSB0 --port right=/dev/ttyUSB1", "a sensor on each leg"),
    ],
)
@click.option(
    "--port",
    "ports",
    multiple=True,
    help="The sensor's serial port, or a pyserial URL; else it is found. Twice for both legs.",
)
@click.option("--device", help="What sensor it is; else told from what it sends.")
@click.option("--baud", type=click.IntRange(min=300), help="Its baud rate; else found.")
@setup_options
@plan_options
@click.option("--record", type=PATH, help="Record here; else in your data folder.")
@click.option(
    "--capture",
    type=PATH,
    is_flag=False,
    flag_value=Path(),
    help="Keep the raw bytes, too: in FILE.imu.raw, or beside the recording.",
)
@click.option("--plain", is_flag=True, help="Lines instead of the screen, for a screen reader.")
@sound_options
@json_option
def command(
    ports: tuple[str, ...],
    device: str | None,
    baud: int | None,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    sets: int | None,
    reps: int | None,
    hold_s: float | None,
    tempo: str | None,
    rest_s: float | None,
    alternate: bool,
    plan_file: Path | None,
    record: Path | None,
    capture: Path | None,
    plain: bool,
    quiet: bool,
    voice: bool,
    as_json: bool,
) -> int:
    """Count the reps that the sensor sees, until q or Ctrl-C; record what it sends.

    With no option the port, the baud rate and the kind of sensor are found from what it sends. At a
    terminal there is a screen to be read from three metres; its keys are shown on it.
    """
    _check(record, capture)
    sensors = worn(ports, None if device is None else device_named(device), baud)
    wishes = with_leg(Wishes(movement, leg, mount), sensors)
    sound = sound_of(quiet=quiet, voice=voice)
    words = words_of(
        movement=wishes.movement,
        leg=wishes.leg,
        mount=wishes.mount,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        tempo=tempo,
        rest_s=rest_s,
        alternate=alternate,
        plan_file=plan_file,
    )
    show = Show(sound, as_json=as_json, plain=plain)
    if len(sensors) > 1:
        return count_both(sensors, words, Files(record, capture), show)
    plan = plan_from(words)
    places = _Places(record, plan, show.ends_by)
    if capture is not None and not capture.name:
        capture = beside(places.first)
    chosen = plan.exercises[0].setup
    with stopping() as stop, capturing(capture, sensors[0].wanted, chosen, say) as kept:
        found = find(sensors[0].wanted, say, stop, kept.tap)
        say(f"counting {plan_text(plan)}")
        if found is None:
            print_events([Summary((), 0, 0.0, 0)], as_json=as_json)
            return stop.status
        say(str(found))
        if found.sensor.remark is not None:
            say(found.sensor.remark)
        try:
            with reading(found, Taken(), kept.tap, show.gather_s) as sensor:
                sensor.listen(stop)

                def count(sinks: Sinks) -> Counting:
                    inbox = Inbox()
                    guide = Guide(Coach(plan), inbox.put, time.monotonic, sinks)
                    wiring = Wiring(sensor, guide, inbox, kept.sink)
                    return Counting(guide, lambda: trained(wiring, places, stop))

                show.session(count)
        finally:
            keep(places.made)
    if sensor.bad_frames:
        say(f"{sensor.bad_frames} damaged frames were left out")
    if not as_json:
        tell_balance(places.made, plan.exercises[0].target.hold_s, plain=show.plain)
    return stop.status


class _Places:
    """Where each recording of a session is made."""

    def __init__(self, record: Path | None, plan: Plan, ends_by: str) -> None:
        if record is not None and len(plan.exercises) > 1:
            raise BadUsage("--record names one file and the plan has several movements; leave it")
        self.first = record or self._new(plan.exercises[0])
        self._ends_by = ends_by
        self._taken: list[Path] = []

    @property
    def made(self) -> list[Path]:
        """The recordings that there are by now."""
        return [path for path in self._taken if path.exists()]

    def __call__(self, exercise: Exercise) -> Path:
        path = self._new(exercise) if self._taken else self.first
        say(f"recording to {path} ({self._ends_by} ends)")
        self._taken.append(path)
        return path

    def _new(self, exercise: Exercise) -> Path:
        folder, movement = folder_at(recordings_folder()), exercise.setup.movement
        return recording_path(folder, movement, exercise.legs, datetime.now(UTC))


def _check(record: Path | None, capture: Path | None) -> None:
    """Whether files can be begun there, before anything else is done."""
    if capture is not None and capture.name:
        if not is_capture(capture):
            raise BadUsage(f"{capture}: raw bytes are kept in captures; name it .imu.raw")
        _check_new(capture)
    if record is None:
        return
    if not record.name.lower().endswith(".imu.csv"):
        raise BadUsage(f"{record}: live records native recordings; name it .imu.csv")
    _check_new(record)


def _check_new(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path}: exists and is not overwritten; choose another name")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no such folder; make it or name another")
