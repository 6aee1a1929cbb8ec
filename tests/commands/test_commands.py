"""The command line as a person or a script sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import imu_reps


def _run(*words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imu_reps", *words]
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def legs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("legs")
    paths = [folder / "left.imu.csv", folder / "right.imu.csv"]
    for path in paths:
        _run("simulate", "bridge", str(path), "--leg", path.name.split(".")[0], "--reps", "5")
    return paths


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["replay", "nowhere.csv"], 1, "there is no such file"),
        (["replay", "some.xyz"], 2, "the name does not tell the format"),
        (["replay"], 2, "FILE"),
        (["rplay", "x"], 2, "did you mean replay"),
        (["simulate", "brdge", "x.imu.csv"], 2, "did you mean bridge"),
        (["simulate", "bridge", "x.imu.csv", "--mount", "wrist"], 2, "unknown mount 'wrist'"),
        (["live", "--port", "/dev/nothing", "--leg", "left"], 1, "there is no such port"),
        (["demo", "squat"], 2, "unknown movement 'squat'"),
        (["demo", "--keep", "/dev/null/x"], 1, "no folder can be made"),
        (["simulate", "bridge", "x.imu.csv", "--hard", "--reps", "3"], 2, "at least 6 reps"),
        (["simulate", "bridge", "x.imu.csv", "--rate", "nan"], 2, "nan"),
        (["live", "--port", "x", "--record", "x.csv"], 2, "name it .imu.csv"),
        (["replay", "x.csv", "--speed", "nan"], 2, "nan"),
        (["replay", "x.csv", "--plain", "--screen"], 2, "leave out one of them"),
        (["replay", "x.csv", "--json", "--screen"], 2, "leave out one of them"),
        (["demo", "--plain", "--screen"], 2, "leave out one of them"),
        (["score", "nowhere.csv"], 1, "nowhere.truth.json: there is no such file"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(words: list[str], status: int, told: str) -> None:
    done = _run(*words, status=status)
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert told in line
    assert done.stdout == ""


def test_an_output_without_a_letter_for_degrees_is_no_trouble(legs: list[Path]) -> None:
    command = [sys.executable, "-m", "imu_reps", "score", str(legs[0])]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert "deg" in done.stdout
    assert "?" not in done.stdout


def test_results_that_would_go_nowhere_are_told(legs: list[Path]) -> None:
    command = f"exec {sys.executable} -m imu_reps replay {legs[0]} >&-"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: standard output is closed; send results to a file")
    target = legs[0].with_name("closed.npz")
    command = f"exec {sys.executable} -m imu_reps convert {legs[0]} {target} >&-"
    assert subprocess.run(command, shell=True, check=False).returncode == 0
    assert target.exists()


def test_a_closed_input_and_error_output_are_no_trouble(tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m imu_reps live --port {tmp_path}/none <&-"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "there is no such port" in done.stderr
    assert "Traceback" not in done.stderr
    assert subprocess.run(f"{command} 2>&-", shell=True, check=False).returncode == 1


def _legs_told(*words: str) -> list[str]:
    told = map(json.loads, _run("replay", "--json", *words).stdout.splitlines())
    return [event["leg"] for event in told if event["event"] == "rep"]


def test_a_leg_that_is_named_is_that_of_all_sets(legs: list[Path], tmp_path: Path) -> None:
    path, copy = tmp_path / "a.imu.csv", tmp_path / "b.imu.csv"
    rows = legs[0].read_text().splitlines(keepends=True)
    at_us = rows[1400].split(",")[2]
    rows.insert(1400, f'# @{at_us} {{"event": "leg", "leg": "right"}}\n')
    path.write_text("".join(rows))
    changed = _legs_told(str(path))
    assert set(changed) == {"left", "right"}
    assert _legs_told(str(path), "--leg", "right") == ["right"] * len(changed)
    _run("convert", str(path), str(copy), "--leg", "left")
    assert _legs_told(str(copy)) == ["left"] * len(changed)


def test_the_parts_of_a_rep_add_up_in_what_is_printed() -> None:
    recording = Path(__file__).parents[2] / "recordings" / "bridge-thigh-left-hard.imu.csv"
    told = map(json.loads, _run("replay", str(recording), "--json").stdout.splitlines())
    reps = [event for event in told if event["event"] == "rep"]
    assert len(reps) > 5
    for rep in reps:
        parts_s = rep["out_s"] + rep["hold_s"] + rep["back_s"]
        assert parts_s == pytest.approx(rep["end_s"] - rep["start_s"], rel=0, abs=1e-9)


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('"single-leg-bridge"', '"squat"', "what it says of itself: unknown movement 'squat'"),
        ("# @", '# @5 {"event": "leg", "leg": 5}\n# @', "unknown leg '5'"),
        ("\n# @", '\n# @5 {"event": "leg"}\n# @', "unknown leg 'None'"),
    ],
)
def test_a_files_fault_is_no_wrong_usage(
    good: str, bad: str, told: str, legs: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.imu.csv"
    path.write_text(legs[0].read_text().replace(good, bad))
    done = _run("replay", str(path), status=1)
    assert f"error: {path}: " in done.stderr
    assert told in done.stderr


def test_a_recording_of_an_unknown_movement_may_be_called_another(
    legs: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.imu.csv"
    path.write_text(legs[0].read_text().replace('"single-leg-bridge"', '"squat"'))
    assert "rep   5" in _run("replay", str(path), "--movement", "bridge").stdout
    assert "unknown movement" in _run("replay", str(path), "--movement", "x", status=2).stderr


def test_a_truths_fault_is_no_wrong_usage(legs: list[Path], tmp_path: Path) -> None:
    path = tmp_path / legs[0].name
    path.write_text(legs[0].read_text())
    truth = (legs[0].parent / "left.truth.json").read_text()
    (tmp_path / "left.truth.json").write_text(truth.replace('"single-leg-bridge"', '"squat"'))
    done = _run("score", str(path), "--json", status=1)
    assert "left.truth.json: unknown movement 'squat'" in done.stderr
    assert done.stdout == ""


def test_replay_gives_json_for_scripts_and_lines_for_people(legs: list[Path]) -> None:
    events = [
        json.loads(line) for line in _run("replay", str(legs[0]), "--json").stdout.splitlines()
    ]
    assert [event["event"] for event in events] == ["set_start", *["rep"] * 5, "set_end", "summary"]
    for words in ([], ["--plain"]):
        assert "rep   5" in _run("replay", str(legs[0]), *words).stdout


def test_the_library_gives_what_the_command_prints(legs: list[Path]) -> None:
    printed = [json.loads(x) for x in _run("replay", str(legs[0]), "--json").stdout.splitlines()]
    assert [json.loads(json.dumps(e.as_dict())) for e in imu_reps.replay(legs[0])] == printed
    told = json.loads(_run("summary", *map(str, legs), "--json").stdout)
    assert imu_reps.summarize(legs).as_dict() == told


def test_summary_compares_the_legs(legs: list[Path]) -> None:
    told = json.loads(_run("summary", *map(str, legs), "--json").stdout)
    assert list(told) == ["movement", "formula", "left", "right", "balance"]
    assert (told["left"]["reps"], told["right"]["reps"]) == (5, 5)
    keys = {"metric", "left", "right", "difference_percent", "ci95", "verdict"}
    assert all(keys <= set(row) for row in told["balance"])
    assert "not a diagnosis" in _run("summary", *map(str, legs)).stdout


def test_summary_needs_legs_and_one_movement(legs: list[Path], tmp_path: Path) -> None:
    table, curl = tmp_path / "a.csv", tmp_path / "c.imu.csv"
    _run("convert", str(legs[0]), str(table))
    assert "does not say which leg" in _run("summary", str(table), status=1).stderr
    _run("simulate", "curl".replace("curl", "ball-curl"), str(curl), "--reps", "4")
    assert "named twice" in _run("summary", str(legs[0]), str(legs[0]), status=2).stderr
    with pytest.raises(imu_reps.BadUsage, match="one summary is of one movement"):
        imu_reps.summarize([legs[0], curl])
    for alone in (legs[0], str(legs[0])):
        with pytest.raises(imu_reps.BadUsage, match="a list of recordings is wanted"):
            imu_reps.summarize(alone)  # type: ignore[arg-type]


def test_two_movements_are_summarized_each_for_itself(legs: list[Path], tmp_path: Path) -> None:
    curl = tmp_path / "c.imu.csv"
    _run("simulate", "ball-curl", str(curl), "--reps", "4")
    done = _run("summary", *map(str, legs), str(curl), "--json")
    names = [json.loads(line)["movement"] for line in done.stdout.splitlines()]
    assert names == ["single-leg-bridge", "single-leg-ball-curl"]
    assert "2 movements, each for itself" in done.stderr
    assert "one leg has no reps" in _run("summary", str(curl)).stdout


def test_convert_keeps_the_events_and_writes_what_it_is_told(
    legs: list[Path], tmp_path: Path
) -> None:
    table, back = tmp_path / "a.csv", tmp_path / "b.imu.csv"
    _run("convert", str(legs[0]), str(table))
    words = ["--movement", "bridge", "--leg", "right", "--mount", "ankle"]
    _run("convert", str(table), str(back), *words)
    events = [event.as_dict() for event in imu_reps.replay(back)]
    before = [event.as_dict() for event in imu_reps.replay(legs[0])]
    assert (events[0]["leg"], events[0]["mount"]) == ("right", "ankle")
    # The thigh of these bridges is no ankle: that is told, too, and is no event of the recording.
    seen, kept = (
        [event.get("rom_deg") for event in told if event["event"] != "warning"]
        for told in (events, before)
    )
    assert seen == pytest.approx(kept, abs=0.01, nan_ok=True)
    assert "not overwritten" in _run("convert", str(table), str(back), status=1).stderr


def test_score_finds_every_rep(legs: list[Path]) -> None:
    first, *_, last = _run("score", *map(str, legs), "--json").stdout.splitlines()
    assert json.loads(first)["exact"]
    assert json.loads(last)["true_reps"] == 10
    assert "2 of 2 exact" in _run("score", *map(str, legs)).stdout


def test_movements_says_who_sees_what() -> None:
    rows = [json.loads(line) for line in _run("movements", "--json").stdout.splitlines()]
    assert {row["movement"] for row in rows} >= {"generic", "single-leg-bridge"}
    deadlift = next(row for row in rows if row["short_name"] == "deadlift")
    assert deadlift["mounts"]["ankle"]["sight"] == "BLIND"
    assert "free-ankle" in _run("movements").stdout


@pytest.mark.parametrize(
    "movement", ["bridge", "deadlift", "back-extension", "ball-curl", "generic"]
)
def test_the_demo_counts_both_legs_and_ends_in_their_balance(movement: str, tmp_path: Path) -> None:
    out = _run("demo", movement, "--keep", str(tmp_path / "kept")).stdout
    assert out.count("ends: 8 reps and 1 partial") == 2
    assert "left: 8 reps in 1 set, 1 partial; right: 8 reps in 1 set, 1 partial" in out
    assert len(list((tmp_path / "kept").glob("*.imu.csv"))) == 2


def test_a_replay_in_real_time_ends_on_a_signal(legs: list[Path]) -> None:
    command = [sys.executable, "-m", "imu_reps", "replay", str(legs[0]), "--speed", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=3)
        process.terminate()
        out, _ = process.communicate(timeout=10)
    assert process.returncode == 143
    assert "summary" in out


def test_a_reader_that_goes_away_is_no_error(legs: list[Path]) -> None:
    words = f"{sys.executable} -m imu_reps replay {legs[0]} --json | head -n 1"
    done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_failed_conversion_leaves_nothing_behind(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n1,0,0,9.8\n0,0,0,9.8\n")
    _run("convert", str(table), str(tmp_path / "b.imu.csv"), status=1)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_too_few_samples_a_second_name_the_file(tmp_path: Path) -> None:
    table = tmp_path / "ms.csv"
    rows = "".join(f"{10 * i},0,0,9.8\n" for i in range(60))
    table.write_text("time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n" + rows)
    assert f"error: {table}: " in _run("replay", str(table), status=1).stderr
