"""`imu-reps doctor`: what is wrong with port, sensor or disk, and what mends it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import json_option, say, sensor_options
from imu_reps.devices import Device
from imu_reps.display.finding_lines import finding_line
from imu_reps.ports.names import there_are
from imu_reps.session.doctor.checkup import Finding
from imu_reps.session.doctor.diagnosis import diagnosed, disk, no_port, speaking
from imu_reps.session.places import recordings_folder
from imu_reps.session.sensors.finding import Wanted
from imu_reps.session.stopping import Stop, stopping


@click.command(
    cls=WithExamples,
    examples=[
        ("doctor", "from the port to the disk; lay the sensor still"),
        ("doctor --port /dev/ttyUSB0 --json", "one port, for scripts"),
    ],
)
@click.option("--port", "ports", multiple=True, help="The port, or pyserial URL; else each.")
@sensor_options
@json_option
def command(ports: tuple[str, ...], device: Device | None, baud: int | None, as_json: bool) -> int:
    """Check port, sensor and disk. Lay the sensor still, switched on; it takes ten seconds.

    Each line ends in ok, or in what to do. The exit status is 1 if there is something to do.
    """
    wanted = Wanted(None, device, baud)
    names = list(ports) or [port.name for port in there_are()]
    to_mend = 0
    if names and not as_json:
        say("the sensor should lie still now; each port is heard for some eight seconds")
    with stopping() as stop:
        for name, finding in _findings(names, wanted, stop):
            to_mend += not finding.is_ok
            if as_json:
                click.echo(json.dumps({"port": name} | finding.as_dict()))
            else:
                click.echo(finding_line(finding))
    if to_mend:
        say("1 thing to mend" if to_mend == 1 else f"{to_mend} things to mend")
    return stop.status or int(to_mend > 0)


def _findings(names: list[str], wanted: Wanted, stop: Stop) -> Iterator[tuple[str | None, Finding]]:
    if not names:
        yield None, no_port()
    for name in speaking(names, wanted, stop):
        for finding in diagnosed(name, wanted, stop):
            yield name, finding
    yield None, disk(recordings_folder())
