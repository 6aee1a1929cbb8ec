"""`imu-reps devices`: the serial ports, what speaks on each, and how well it is heard."""

from __future__ import annotations

import json

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import json_option, say
from imu_reps.display.console import results
from imu_reps.display.port_table import print_ports
from imu_reps.ports.explain import ports_in_words
from imu_reps.ports.names import there_are
from imu_reps.session.sensors.survey import surveyed
from imu_reps.session.stopping import stopping


@click.command(
    cls=WithExamples,
    examples=[
        ("devices", "every port, and what speaks there"),
        ("devices --port /dev/ttyUSB0 --json", "one port, for scripts"),
    ],
)
@click.option("--port", "ports", multiple=True, help="Only this one, or pyserial URL; may repeat.")
@json_option
def command(ports: tuple[str, ...], as_json: bool) -> int:
    """List the serial ports: what speaks there, rate, loss, battery. Takes some five seconds."""
    names = list(ports) or [port.name for port in there_are()]
    if not names:
        say(f"no serial port: {ports_in_words()}; plug the sensor in")
    with stopping() as stop:
        found = []
        for each in surveyed(names, stop):
            found.append(each)
            if as_json:
                click.echo(json.dumps(each.as_dict()))
    if found and not as_json:
        print_ports(found, results())
    # Who names a port asks whether a sensor is there; who names none asks what there is.
    return stop.status or int(any(each.problem is not None for each in found if ports))
