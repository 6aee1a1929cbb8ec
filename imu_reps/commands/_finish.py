"""What is told when a session is over: left against right, the report's path, the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from imu_reps.balance.steadiness import Point
from imu_reps.commands._options import say
from imu_reps.core.errors import ImuRepsError
from imu_reps.formats.files import created
from imu_reps.session.afterwards.summarize import Asked, Compared, compared, read_of_a_leg
from imu_reps.session.history import history, sessions_of, trends_of
from imu_reps.session.setup import Wishes

LAST = 3
"""Sessions of the history that are shown."""


def keep(paths: Sequence[Path]) -> None:
    """Take recordings into the history; they are safe whatever becomes of that."""
    try:
        with history() as known:
            for path in paths:
                known.add(read_of_a_leg(path, Wishes()))
    except ImuRepsError as error:
        say(f"not in the history: {error}")


def tell_balance(paths: Sequence[Path], hold_s: float | None, *, plain: bool) -> None:
    """The comparison of the legs, if both have worked: table, report and the last sessions."""
    try:
        known = compared(paths, Wishes(), Asked(hold_s))
    except ImuRepsError as error:
        say(f"no comparison: {error}")
        return
    found = [one for one in known if one.balance.has_both]
    if not found:
        return
    from imu_reps.display.balance_table import show_balance  # noqa: PLC0415
    from imu_reps.display.console import results  # noqa: PLC0415

    for one in found:
        show_balance(one, results(), plain=plain)
    _tell_history(found, paths[0])


def _tell_history(found: Sequence[Compared], recording: Path) -> None:
    from imu_reps.display.console import results  # noqa: PLC0415
    from imu_reps.display.history_table import history_lines  # noqa: PLC0415

    try:
        with history() as known:
            sessions = sessions_of(known.kept())
    except ImuRepsError:
        # Told already, when the session could not be kept.
        sessions = []
    trends = trends_of(sessions)
    _write_report(found, trends, recording)
    console = results()
    console.print()
    told = [(session, session.balances()) for session in sessions[-LAST:]]
    for line in history_lines(told, trends):
        console.print(line, soft_wrap=not console.is_terminal, markup=False)


def _write_report(
    found: Sequence[Compared], trends: Mapping[str, Sequence[Point]], recording: Path
) -> None:
    # Charts take a second to import: only a report is made to wait for them.
    from imu_reps.display.report import report_html  # noqa: PLC0415

    html = report_html(list(found), trends, f"imu-reps {version('imu-reps')}")
    try:
        with created(_report_path(recording)) as file:
            file.write(html)
        click.echo(f"report: {_report_path(recording)}")
    except (ImuRepsError, OSError) as error:
        say(f"no report: {error}")


def _report_path(recording: Path) -> Path:
    return recording.with_name(recording.name.removesuffix(".imu.csv") + ".html")
