"""The command line. One file, one command: a file that defines `command` is found."""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from imu_reps.core.errors import BadUsage, ImuRepsError
from imu_reps.core.words import unknown
from imu_reps.display.letters import SPELT


class _Commands(click.Group):
    """A group that imports a command's file only when that command is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        names = [info.name for info in pkgutil.iter_modules(__path__)]
        return [name.replace("_", "-") for name in names if not name.startswith("_")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first line of each file: nothing need be imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = self.list_commands(ctx)
        if cmd_name not in known:
            raise unknown("command", cmd_name, known)
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


def _first_line(name: str) -> str:
    source = Path(__file__).with_name(f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
    return source.split("`: ", 1)[1].split('"""', 1)[0].rstrip(".")


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="imu-reps")
@click.pass_context
def imu_reps(ctx: click.Context) -> None:
    """Count reps, time holds and compare left and right from one IMU on the leg."""
    if ctx.invoked_subcommand is None:
        from imu_reps.commands._welcome import welcome  # noqa: PLC0415

        for line in welcome():
            click.echo(line)


def main() -> None:
    """Run the command line; every error of ours ends here, in one line and an exit status."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ended)
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stdout = sys.stdout or _Closed()
    # What a terminal has no letter for, in a file's name or a unit, is no reason to fail.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=SPELT)
    sys.exit(_status())


class _Closed(io.TextIOBase):
    """A standard output that is closed: nothing is lost there without a word."""

    encoding = "utf-8"

    @property
    def buffer(self) -> _Closed:
        return self

    def write(self, _: object) -> int:
        raise ImuRepsError("standard output is closed; send results to a file, or to /dev/null")


def _ended(number: int, _frame: FrameType | None) -> None:
    """End as after Ctrl-C, so that half of a file is taken away again."""
    sys.exit(128 + number)


def _status() -> int:
    try:
        return imu_reps.main(prog_name="imu-reps", standalone_mode=False) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except click.ClickException as error:
        return _told(error.format_message(), error.exit_code)
    except ImuRepsError as error:
        return _told(str(error), 2 if isinstance(error, BadUsage) else 1)
    except OSError as error:
        return _system_failed(error)


def _system_failed(error: OSError) -> int:
    """A full disk, a folder that has gone: whatever no room has explained better."""
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has gone; nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return _told(f"{error.filename or 'the system'}: {error.strerror or error}", 1)


def _told(text: str, status: int) -> int:
    click.echo(f"error: {' '.join(text.split())}", err=True)
    return status
