"""`imu-reps history`: the sessions so far, and how the balance has moved."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from imu_reps.balance.sets import sets_of
from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, json_option, say
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.formats.exports import KINDS, Kind, Record, table
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.tables import REP_NAMES, rep_records
from imu_reps.session.history import History, Session, Taken, history, sessions_of, trends_of
from imu_reps.session.places import recordings_folder

LAST = 20


@click.command(
    cls=WithExamples,
    examples=[
        ("history", "the last sessions, and how left and right have compared"),
        ("history --movement bridge --last 5", "of one movement"),
        ("history --export csv > reps.csv", "every rep there ever was"),
    ],
)
@click.option("--movement", help="Only this movement.")
@click.option(
    "--last", type=click.IntRange(1), default=LAST, show_default=True, help="How many sessions."
)
@click.option("--add", type=PATH, multiple=True, help="Take this recording in.")
@click.option("--delete", metavar="SESSION", help="Forget a session; its recordings stay.")
@click.option("--rebuild", is_flag=True, help="Count every recording again.")
@click.option("--recordings", type=PATH, help="Where they are; else your data folder.")
@click.option("--db", type=PATH, help="Another history than your own.")
@click.option("--export", "kind", type=click.Choice(KINDS), help="All reps, to standard output.")
@click.option("--plain", is_flag=True, help="Lines instead of tables, for a screen reader.")
@json_option
def command(
    movement: str | None,
    last: int,
    add: Sequence[Path],
    delete: str | None,
    rebuild: bool,
    recordings: Path | None,
    db: Path | None,
    kind: Kind | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Show the sessions so far, and how left and right have compared in each movement.

    New recordings in your data folder are taken in first. A leg is called higher over sessions
    only if it was in each of the last three.
    """
    wanted = None if movement is None else movement_named(movement).name
    with history(db) as known:
        if db is None or rebuild or recordings is not None:
            _take_in(known, _recordings_in(recordings), anew=rebuild)
        if add:
            _add(known, add)
        if delete is not None:
            _delete(known, delete)
        kept = known.kept()
    if kind is not None:
        records: list[Record] = []
        for one in (one for one in kept if wanted in (None, one.movement)):
            records += rep_records(str(one.path), one.started_utc, sets_of(one.events))
        _export(records, kind)
        return
    sessions = _of(wanted, sessions_of(kept))
    if as_json:
        for session in sessions[-last:]:
            click.echo(json.dumps(_as_dict(session)))
        return
    _print(sessions, last, plain=plain)


def _of(movement: str | None, sessions: Sequence[Session]) -> Sequence[Session]:
    """As much of the sessions as is of this movement; all of them, where it is None."""
    if movement is None:
        return sessions
    return [session.of(movement) for session in sessions if movement in session.movements]


def _recordings_in(folder: Path | None) -> list[Path]:
    """Those in a folder that a user has named, else in the user's own."""
    if folder is not None and not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder; name where recordings are")
    return sorted((folder or recordings_folder()).glob("*.imu.csv"))


def _add(known: History, paths: Sequence[Path]) -> None:
    taken = known.take_in(paths, anew=True, deleted_too=True)
    _tell(taken, aloud=False)
    if taken.failed:
        raise BadInput("not taken in: " + "; ".join(taken.failed))


def _take_in(known: History, paths: Sequence[Path], *, anew: bool) -> None:
    if anew:
        there = {path.resolve() for path in paths}
        elsewhere = [path for path in known.paths() if path not in there]
        paths = [*paths, *(path for path in elsewhere if path.is_file())]
    _tell(known.take_in(paths, anew=anew), aloud=anew)
    gone = [path for path in known.paths() if anew and not path.is_file()]
    if gone:
        say(f"kept as they were, their recordings being gone: {len(gone)}")


def _tell(taken: Taken, *, aloud: bool) -> None:
    if taken.new:
        say(f"recordings taken in: {taken.new}")
    if not aloud and taken.failed:
        say(f"recordings that cannot be counted: {len(taken.failed)} (--rebuild says why)")
    for failed in taken.failed if aloud else ():
        say(f"not taken in: {failed}")


def _delete(known: History, name: str) -> None:
    sessions = sessions_of(known.kept())
    meant = [session for session in sessions if session.name == name]
    if not meant:
        names = ", ".join(session.name for session in sessions[-5:]) or "none"
        raise BadUsage(f"there is no session {name!r} in the history; the last ones are {names}")
    paths = dict.fromkeys(one.path for session in meant for one in session.recordings)
    known.delete(paths)
    say(f"forgot {name}; its recordings stay where they are, and --add takes them in again:")
    for path in paths:
        say(f"  {path}")


def _export(records: list[Record], kind: Kind) -> None:
    if kind == "parquet" and sys.stdout.isatty():
        raise BadUsage("Parquet is not for a terminal; send it to a file: > history.parquet")
    sys.stdout.buffer.write(table(records, REP_NAMES, kind))


def _as_dict(session: Session) -> dict[str, object]:
    return {
        "session": session.name,
        "recordings": list(dict.fromkeys(str(one.path) for one in session.recordings)),
        "balances": [balance.as_dict() for balance in session.balances()],
    }


def _print(sessions: Sequence[Session], last: int, *, plain: bool) -> None:
    # Tables are drawn by a library that exports and JSON can do without.
    from imu_reps.display.console import results  # noqa: PLC0415
    from imu_reps.display.history_table import history_lines, print_history  # noqa: PLC0415

    console = results()
    told = [(session, session.balances()) for session in sessions[-last:]]
    # What held over sessions does not hang on how many of them are shown.
    trends = trends_of(sessions)
    if plain or not console.is_terminal:
        for line in history_lines(told, trends):
            click.echo(line)
    else:
        print_history(told, trends, console)
