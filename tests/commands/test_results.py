"""What is done with results: history, report, labels, tables, as a person or a script sees it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from imu_reps.commands import main

HOME = Path(__file__).parent.parent.parent

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def legs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("legs")
    paths = [str(folder / "left.imu.csv"), str(folder / "right.imu.csv")]
    for path in paths:
        leg = Path(path).name.split(".")[0]
        words = ["simulate", "bridge", path, "--leg", leg, "--reps", "5", "--rate", "50"]
        subprocess.run([sys.executable, "-m", "imu_reps", *words], check=True, capture_output=True)
    return paths


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """The command line, in a home of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    def called(*words: str, status: int = 0) -> subprocess.CompletedProcess[bytes]:
        monkeypatch.setattr(sys, "argv", ["imu-reps", *words])
        with pytest.raises(SystemExit) as done:
            main()
        out, err = capsysbinary.readouterr()
        assert done.value.code == status, err.decode()
        return subprocess.CompletedProcess(words, status, out, err)

    return called


def _at_a_terminal(*words: str, columns: int = 80, encoding: str = "utf-8") -> str:
    """What the command line prints on a terminal so wide, which knows these letters."""
    near, far = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm", "NO_COLOR": "1"}
    environment["PYTHONIOENCODING"] = encoding
    command = [sys.executable, "-m", "imu_reps", *words]
    out = b""
    with subprocess.Popen(command, stdout=far, stderr=subprocess.PIPE, env=environment) as process:
        while process.poll() is None or select.select([near], [], [], 0.1)[0]:
            if select.select([near], [], [], 0.1)[0]:
                out += os.read(near, 1 << 16)
    os.close(far)
    os.close(near)
    assert process.returncode == 0
    return out.decode()


def _lines(done: subprocess.CompletedProcess[bytes]) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["summary", "LEFT", "--involved", "middle"], 2, "unknown leg 'middle'"),
        (["summary", "LEFT", "--hold", "nan"], 2, "nan"),
        (["summary", "LEFT", "--html", "/nowhere/x.html"], 1, "there is no such folder"),
        (["summary", "LEFT", "--html", "LEFT"], 1, "not overwritten"),
        (["history", "--delete", "2020-01-01T10:00"], 2, "the last ones are none"),
        (["history", "--movement", "squat"], 2, "unknown movement 'squat'"),
        (["history", "--db", "LEFT"], 1, "is no history"),
        (["history", "--db", "/dev/null/x"], 1, "no history can be kept there"),
        (["history", "--export", "xls"], 2, "csv"),
        (["label", "LEFT", "--remove", "noon"], 2, "say 32.5 or 0:32.5"),
        (["label", "LEFT", "--remove", "9:00"], 2, "nothing was counted at 540.0 s"),
        (["export", "LEFT", "--reps", "x.xls"], 2, "end it in one of .csv, .json, .parquet"),
        (["export", "LEFT", "--sets", "/nowhere/x.csv"], 1, "there is no such folder"),
        (["history", "--add", "/nowhere/x.imu.csv"], 1, "not taken in: /nowhere/x.imu.csv: there"),
        (["history", "--recordings", "/nowhere/x"], 1, "/nowhere/x: there is no such folder"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    run: Run, legs: list[str], words: list[str], status: int, told: str
) -> None:
    done = run(*(legs[0] if word == "LEFT" else word for word in words), status=status)
    (line,) = [x for x in done.stderr.decode().splitlines() if x.startswith("error:")]
    assert told in line
    assert done.stdout == b""


def test_the_history_grows_forgets_and_is_made_anew(
    run: Run, legs: list[str], tmp_path: Path
) -> None:
    assert b"The history is empty" in run("history").stdout
    folder = tmp_path / "imu-reps" / "recordings"
    folder.mkdir(parents=True)
    for leg in legs:
        (folder / Path(leg).name).write_bytes(Path(leg).read_bytes())
    (session,) = _lines(run("history", "--json"))
    assert len(session["recordings"]) == 2
    assert session["balances"][0]["left"]["reps"] == 5
    text = run("history").stdout.decode()
    assert "left 5 reps, right 5 reps" in text
    assert "it takes 3 to call a leg higher" in text
    assert b"stay where they are" in run("history", "--delete", session["session"]).stderr
    assert _lines(run("history", "--json")) == []
    run("history", "--add", str(folder / "left.imu.csv"))
    (again,) = _lines(run("history", "--json"))
    assert again["recordings"] == session["recordings"][:1]
    assert b"recordings taken in: 1" in run("history", "--rebuild").stderr
    assert _lines(run("history", "--json", "--movement", "deadlift")) == []


def test_a_recording_that_has_gone_stays_in_the_history(
    run: Run, legs: list[str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.imu.csv"
    copy.write_bytes(Path(legs[0]).read_bytes())
    run("history", "--add", str(copy))
    copy.unlink()
    assert (
        b"kept as they were, their recordings being gone: 1" in run("history", "--rebuild").stderr
    )
    assert len(_lines(run("history", "--json"))) == 1


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_the_history_and_the_reps_of_recordings_are_the_same_table(
    run: Run, legs: list[str], tmp_path: Path, kind: str
) -> None:
    run("history", "--add", legs[0], "--add", legs[1])
    reps, sets = tmp_path / f"reps.{kind}", tmp_path / f"sets.{kind}"
    run("export", *legs, "--reps", str(reps), "--sets", str(sets))
    told = _table(run("history", "--export", kind).stdout, kind)
    wanted = _table(reps.read_bytes(), kind)
    assert [row["hold_s"] for row in told] == [row["hold_s"] for row in wanted]
    assert list(told[0]) == list(wanted[0])
    assert [str(row["number"]) for row in wanted] == [*"12345"] * 2
    assert [str(row["reps"]) for row in _table(sets.read_bytes(), kind)] == ["5", "5"]
    assert b"not overwritten" in run("export", *legs, "--reps", str(reps), status=1).stderr


def test_one_set_is_told_as_one(run: Run, legs: list[str], tmp_path: Path) -> None:
    done = run("export", legs[0], "--sets", str(tmp_path / "sets.csv"))
    assert done.stderr.decode().strip().endswith(": 1 set")


def _table(content: bytes, kind: str) -> list[dict[str, Any]]:
    if kind == "parquet":
        rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
        return rows
    text = content.decode()
    return list(csv.DictReader(io.StringIO(text))) if kind == "csv" else list(json.loads(text))


def test_what_nobody_said_is_told_wherever_a_recording_is_counted(
    run: Run, legs: list[str], tmp_path: Path
) -> None:
    table = tmp_path / "left.csv"
    run("convert", legs[0], str(table))
    every = "not said, so taken: movement generic, leg left, mount thigh"
    assert f"{table}: {every}" in run("export", str(table)).stderr.decode()
    assert every in run("label", str(table)).stderr.decode()
    told = run("summary", str(table), "--leg", "left").stderr.decode()
    assert f"{table}: not said, so taken: movement generic, mount thigh" in told
    assert "not said" not in run("export", legs[0]).stderr.decode()


def test_a_name_that_is_no_text_is_no_trouble(run: Run, legs: list[str], tmp_path: Path) -> None:
    odd = os.fsdecode(bytes(tmp_path) + b"/\xff.imu.csv")
    Path(odd).write_bytes(Path(legs[0]).read_bytes())
    assert run("export", odd).stdout.splitlines()[1].startswith(b"?.imu.csv,")
    run("summary", odd, "--html", str(tmp_path / "report.html"))
    (tmp_path / "report.html").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "imu_reps", "history", "--add", odd]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"rename the file" in done.stderr


def test_reps_go_to_standard_output(run: Run, legs: list[str]) -> None:
    rows = _table(run("export", legs[0]).stdout, "csv")
    objects = _lines(run("export", legs[0], "--json"))
    assert [float(row["rom_deg"]) for row in rows] == [one["rom_deg"] for one in objects]


def test_parquet_says_what_it_needs() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from imu_reps.formats.exports import table\ntable([], ['a'], 'parquet')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'imu-reps[parquet]'" in done.stderr


def test_a_label_is_honoured_by_summary_history_and_score(
    run: Run, legs: list[str], tmp_path: Path
) -> None:
    copy = tmp_path / "left.imu.csv"
    copy.write_bytes(Path(legs[0]).read_bytes())
    truth = Path(legs[0]).with_name("left.truth.json")
    (tmp_path / "left.truth.json").write_bytes(truth.read_bytes())
    first, *_ = _lines(run("label", str(copy), "--json"))
    done = run("label", str(copy), "--remove", str(first["start_s"]), "--json")
    assert len(_lines(done)) == 4
    assert b"now 4 reps; labels written: 1" in done.stderr
    assert _lines(run("summary", str(copy), "--json"))[0]["left"]["reps"] == 4
    run("history", "--add", str(copy))
    assert _lines(run("history", "--json"))[0]["balances"][0]["left"]["reps"] == 4
    assert _lines(run("score", str(copy), "--json"))[0]["reps"] == 4
    assert len(_table(run("export", str(copy)).stdout, "csv")) == 4
    run("label", str(copy), "--undo")
    told = run("label", str(copy), "--partial", str(first["start_s"])).stderr
    assert told.endswith(b"now 4 reps and 1 partial; labels written: 1\n")
    run("label", str(copy), "--undo")
    span = f"{first['start_s'] - 0.4}", f"{first['end_s'] + 0.4}"
    run("label", str(copy), "--remove", str(first["start_s"]))
    run("label", str(copy), "--add", *span)
    assert _lines(run("score", str(copy), "--json"))[0]["exact"]


def test_a_summary_in_a_pipe_is_lines_and_at_a_terminal_a_table(run: Run, legs: list[str]) -> None:
    piped = run("summary", *legs, "--involved", "left").stdout.decode()
    assert "hold: left 1." in piped
    assert re.search(r"hold: .* %, LSI \d+ %: ", piped)
    assert piped.count("LSI: limb symmetry index, left / other leg.") == 1
    assert not set("─▁▂▃▄▅▆▇█") & set(piped)
    shown = _at_a_terminal("summary", *legs, "--involved", "left")
    assert "LSI" in shown
    assert "│" not in shown
    assert "…" not in shown, "a column was cut off"
    assert set("▅▆▇█") & set(shown)
    assert "hold: left" in _at_a_terminal("summary", *legs, "--plain")


def test_the_history_fits_a_terminal(run: Run, legs: list[str], tmp_path: Path) -> None:
    db = str(tmp_path / "h.sqlite")
    run("history", "--db", db, "--add", legs[0], "--add", legs[1])
    shown = _at_a_terminal("history", "--db", db)
    assert "5, 5" in shown
    assert "…" not in shown, "a column was cut off"


@pytest.mark.parametrize(
    ("words", "columns"),
    [(["summary", "LEGS"], 40), (["summary", "LEGS"], 71), (["history", "--db", "DB"], 40)],
)
def test_a_terminal_too_narrow_for_a_table_gets_lines(
    run: Run, legs: list[str], tmp_path: Path, words: list[str], columns: int
) -> None:
    db = str(tmp_path / "h.sqlite")
    run("history", "--db", db, "--add", legs[0], "--add", legs[1])
    given = {"LEGS": legs, "DB": [db]}
    words = [each for word in words for each in given.get(word, [word])]
    shown = _at_a_terminal(*words, columns=columns)
    lines = run(*words, "--plain").stdout.decode()
    assert shown.split() == lines.split()
    assert max(map(len, shown.splitlines())) <= columns


def test_a_hold_to_reach_is_told_to_people_too(run: Run, legs: list[str]) -> None:
    (told,) = _lines(run("summary", *legs, "--hold", "1.7", "--json"))
    parts = [told[leg]["hold_reached_percent"] for leg in ("left", "right")]
    assert 0 < parts[0] < 100
    line = f"Holds of 1.7 s and more: left {parts[0]:.0f} %, right {parts[1]:.0f} %."
    words = ["summary", *legs, "--hold", "1.7"]
    assert line in run(*words).stdout.decode()
    assert line in _at_a_terminal(*words)
    assert "Holds of 1.5 s and more" in run("summary", *legs).stdout.decode()
    assert "Holds of" not in run("summary", *legs, "--hold", "0").stdout.decode()
    (alone,) = (x for x in run("summary", legs[0]).stdout.decode().splitlines() if "Holds" in x)
    assert alone.endswith(", right -.")


def test_degrees_are_a_word_where_there_is_no_sign_for_them(legs: list[str]) -> None:
    shown = _at_a_terminal("summary", *legs, encoding="ascii").splitlines()
    (row,) = [line for line in shown if line.startswith("range ")]
    (other,) = [line for line in shown if line.startswith("smoothness ")]
    assert row.startswith("range deg ")
    assert row.index("balanced") == other.index("balanced")
    assert "45-90deg" in _at_a_terminal("movements", encoding="ascii")
    assert re.search(
        r"rep   1 +[\d.]+deg  out", _at_a_terminal("replay", legs[0], encoding="ascii")
    )


def test_a_summary_without_a_rep_says_so_and_draws_no_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rest.csv"
    rows = "".join(f"{i / 50},0,0,9.8\n" for i in range(400))
    path.write_text("time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n" + rows)
    words = ["summary", str(path), "--movement", "bridge", "--leg", "left", "--mount", "thigh"]
    for told in (_at_a_terminal(*words), run(*words).stdout.decode()):
        assert "No rep was counted with either leg, so there is nothing to compare." in told
        assert "smoothness" not in told


def test_a_range_of_one_number_is_told_once(run: Run) -> None:
    told = run("movements").stdout.decode()
    assert "45-45" not in told
    assert re.search(r"chest +\w+ +45°", told)


def test_summary_writes_the_report_with_the_trend(
    run: Run, legs: list[str], tmp_path: Path
) -> None:
    report, db = tmp_path / "report.html", tmp_path / "h.sqlite"
    run("summary", *legs, "--html", str(report))
    assert "not yet two sessions" in report.read_text(encoding="utf-8")
    for day in (1, 2):
        for leg in legs:
            told = f'"started_utc": "2026-03-0{day}T10:00:00+00:00"'
            copy = tmp_path / f"{day}-{Path(leg).name}"
            copy.write_text(Path(leg).read_text().replace('"started_utc": null', told, 1))
            run("history", "--db", str(db), "--add", str(copy))
    other = tmp_path / "other.html"
    run("summary", *legs, "--html", str(other), "--db", str(db))
    assert "2026-03-02" in other.read_text(encoding="utf-8")
    db.write_text("no history at all " * 50)
    done = run("summary", *legs, "--html", str(tmp_path / "third.html"), "--db", str(db))
    assert b"tells no trend" in done.stderr


def test_the_example_goes_on_in_pandas(legs: list[str]) -> None:
    script = str(HOME / "docs" / "examples" / "further_in_pandas.py")
    done = subprocess.run(
        [sys.executable, script, *legs], capture_output=True, text=True, check=True
    )
    assert "first" in done.stdout
