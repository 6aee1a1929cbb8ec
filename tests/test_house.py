"""The habits of the house: format, lint, types and who may import whom; and its documents."""

from __future__ import annotations

import importlib.util
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import imu_reps
from imu_reps.commands import imu_reps as command_line

HOME = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "check",
    [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["importlinter.cli", "lint_imports"],
    ],
    ids=["format", "lint", "types", "imports"],
)
def test_checks_pass(check: list[str]) -> None:
    if check[0].startswith("importlinter"):
        code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        command = [sys.executable, "-c", code]
    else:
        command = [sys.executable, "-m", *check]
    assert importlib.util.find_spec(check[0].split(".")[0]) is not None
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_is_in_the_readme() -> None:
    readme = (HOME / "README.md").read_text()
    names = command_line.list_commands(command_line.make_context("imu-reps", ["demo", "--help"]))
    assert [name for name in names if f"imu-reps {name}" not in readme] == []


@pytest.mark.parametrize("folder", ["imu_reps", "imu_reps/session"])
def test_every_room_is_in_the_guide(folder: str) -> None:
    guide = (HOME / "CONTRIBUTING.md").read_text()
    rooms = {path.parent.name for path in (HOME / folder).glob("*/__init__.py")}
    assert rooms
    assert [room for room in sorted(rooms) if f"| `{room}/` | " not in guide] == []


def test_every_dependency_earns_a_line_in_the_readme() -> None:
    project = (HOME / "pyproject.toml").read_text()
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert listed is not None
    readme = (HOME / "README.md").read_text()
    names = re.findall(r'"([\w-]+)', listed[1])
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_the_library_has_what_it_promises() -> None:
    assert all(getattr(imu_reps, name) is not None for name in imu_reps.__all__)
    assert {"replay", "summarize", "Rep"} <= set(dir(imu_reps))
    with pytest.raises(AttributeError):
        _ = imu_reps.nothing


def test_help_needs_no_numbers() -> None:
    code = (
        "import sys; from imu_reps.commands import imu_reps\n"
        "imu_reps.main(['--help'], standalone_mode=False)\n"
        "sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_replay_loads_no_library_that_it_does_without() -> None:
    code = (
        "import sys; from imu_reps.commands import imu_reps\n"
        "told = 'recordings/bridge-thigh-left-easy.imu.csv'\n"
        "imu_reps.main(['replay', told, '--json'], standalone_mode=False)\n"
        "heavy = {'scipy', 'matplotlib', 'textual', 'rich', 'jinja2', 'pyarrow', 'serial'}\n"
        "heavy.add('imu_reps.session.coaching.guide')\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_missing_tilt_filter_says_what_it_needs() -> None:
    code = (
        "import sys; sys.modules['vqf'] = None\n"
        "sys.argv = ['imu-reps', 'replay', 'recordings/bridge-thigh-left-easy.imu.csv']\n"
        "from imu_reps.commands import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs a C++ compiler" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_every_file_that_the_documents_name_is_there() -> None:
    pages = [*HOME.glob("*.md"), *(HOME / "docs").glob("*.md")]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"`((?:\w+/)+\w+\.py)`", page.read_text(encoding="utf-8"))
    }
    lost = [
        (page, name)
        for page, name in named
        if not (HOME / name).exists() and not (HOME / "imu_reps" / name).exists()
    ]
    assert len(named) > 20
    assert not lost


def test_the_picture_of_counting_is_drawn_of_what_is_counted_now(tmp_path: Path) -> None:
    drawn = tmp_path / "counting.svg"
    runpy.run_path(str(HOME / "docs" / "make_counting.py"))["draw"](drawn)
    names = re.compile(r">(\d|partial|typical)</text>")
    kept = (HOME / "docs" / "counting.svg").read_text(encoding="utf-8")
    assert names.findall(drawn.read_text(encoding="utf-8")) == names.findall(kept)
    assert names.findall(kept).count("partial") == 2
