"""Events on standard output, as they happen; warnings on standard error, where a person looks."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from imu_reps.core.events import Event, Warn
from imu_reps.display.lines import event_line


def print_events(events: Iterable[Event], *, as_json: bool) -> None:
    """One line an event, each flushed, so that a person or a script sees it at once."""
    for event in events:
        if as_json:
            click.echo(json.dumps(event.as_dict()))
        if isinstance(event, Warn) or not as_json:
            click.echo(event_line(event), err=isinstance(event, Warn))
