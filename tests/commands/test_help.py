"""First use: what the program says to who asks for nothing, or for help."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from imu_reps.commands import imu_reps
from imu_reps.commands._help import WithExamples
from imu_reps.ports.names import PortInfo

COMMANDS = imu_reps.list_commands(imu_reps.make_context("imu-reps", ["demo", "--help"]))


def _run(*words: str) -> str:
    done = CliRunner().invoke(imu_reps, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_alone_it_says_what_it_is_what_is_plugged_in_and_what_to_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = [PortInfo("/dev/ttyUSB3", "CP2102 USB to UART")]
    monkeypatch.setattr("imu_reps.commands._welcome.there_are", lambda: ports)
    said = _run()
    assert "counts reps" in said
    assert "Plugged in: /dev/ttyUSB3 (CP2102 USB to UART)" in said
    assert [line.split()[1] for line in said.splitlines() if line.startswith("  imu-reps")] == [
        "demo",
        "live",
        "history",
    ]


def test_alone_without_a_sensor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imu_reps.commands._welcome.there_are", list)
    assert "no serial port" in _run()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_starts_with_examples(name: str) -> None:
    context = imu_reps.make_context("imu-reps", [name, "--help"])
    command = imu_reps.get_command(context, name)
    assert isinstance(command, WithExamples)
    lines = _run(name, "--help").splitlines()
    assert lines[0] == "Examples:"
    assert lines[1].startswith(f"  imu-reps {name}")
    assert any(line.startswith("Usage:") for line in lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_there_are(name: str) -> None:
    context = imu_reps.make_context("imu-reps", [name, "--help"])
    command = imu_reps.get_command(context, name)
    assert isinstance(command, WithExamples)
    known = {option for parameter in command.params for option in parameter.opts}
    for line, _ in command.examples:
        assert {word for word in line.split() if word.startswith("--")} <= known, line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_set_up(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from imu_reps.commands import main; main()"],
        env={"_IMU_REPS_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_imu_reps_completion" in done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("imu-reps rep", "replay"),
        ("imu-reps live --pl", "--plan"),
        ("imu-reps live --movement ball", "ball-curl"),
        ("imu-reps replay a.csv --mount free-a", "free-ankle"),
    ],
)
def test_completion_offers_commands_options_and_words(words: str, offered: str) -> None:
    environment = {
        "_IMU_REPS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-c", "from imu_reps.commands import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"plain,{offered}" in done.stdout.splitlines()


def test_a_default_is_told_as_it_is_typed() -> None:
    assert "[default: left]" in _run("simulate", "--help")
