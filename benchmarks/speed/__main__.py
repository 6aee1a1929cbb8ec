"""How fast everything is, side by side with what one would otherwise write.

`pip install '.[bench]'`, then `python -m benchmarks.speed [ROUNDS]` prints the tables of
`docs/SPEED.md`; it takes ten minutes and 0.6 GB of the disk. Whole processes are run in turn and
their processor time is compared round by round, as other work on the machine disturbs it least.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.speed.processes import ENVIRONMENT, Run, in_turn, ratio, run, wall_ratio

ROUNDS = 7
SAMPLES = 400_000
LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)
MINUTE = 6_000

LEAST_ROUNDS = 3
"""Of the lengths: what a round takes for one is told by the median over them."""

PYTHON = sys.executable
OURS = [PYTHON, "-m", "imu_reps"]
RIVALS = Path(__file__).parent / "rivals"


def machine() -> str:
    """The kind of machine, and what counts with."""
    model = platform.processor()
    told = Path("/proc/cpuinfo")
    if told.exists():
        lines = told.read_text().splitlines()
        model = next((x.split(": ")[1] for x in lines if x.startswith("model name")), model)
    python, numpy = platform.python_version(), np.__version__
    return f"{os.cpu_count()} cores {model}, {platform.system()}, Python {python}, numpy {numpy}"


def written(path: Path, samples: int, piece: int = 100_000) -> Path:
    """A training of so many samples in a file, made by a process whose memory is not ours."""
    run([PYTHON, "-m", "benchmarks.speed.training", str(path), str(samples), str(piece)])
    return path


def whole(folder: Path, rounds: int) -> None:
    """Replay of an hour against the scripts."""
    table, native = written(folder / "a.csv", SAMPLES), written(folder / "a.imu.csv", SAMPLES)
    named = ["--movement", "bridge"]
    runs = in_turn(
        {
            "replay of a table": [*OURS, "replay", str(table), *named],
            "loadtxt, low-pass and peaks": [PYTHON, str(RIVALS / "peaks.py"), str(table)],
            "replay of a recording": [*OURS, "replay", str(native)],
            "loadtxt of it": [PYTHON, str(RIVALS / "table.py"), str(native)],
        },
        rounds,
    )
    loop = [PYTHON, str(RIVALS / "fusion.py"), str(table)]
    slow = in_turn({"imufusion, sample by sample": loop}, max(1, rounds // 3))
    print("| process | processor s | clock s | peak MB |\n|---|---|---|---|")
    for name, some in (runs | slow).items():
        _print_runs(name, some)
    ours, peaks, recording, loaded = runs.values()
    (fusion,) = slow.values()
    print("\n| ratio | processor | clock | at most |\n|---|---|---|---|")
    _print_ratio("table: replay / loadtxt, low-pass and peaks", ours, peaks, "1.2")
    _print_ratio("recording: replay / loadtxt alone", recording, loaded, "1.2")
    _print_ratio("table: replay / imufusion", ours[: len(fusion)], fusion, "")


def _print_runs(name: str, runs: list[Run]) -> None:
    cpu_s, wall_s = median(x.cpu_s for x in runs), median(x.wall_s for x in runs)
    print(f"| {name} | {cpu_s:.2f} | {wall_s:.2f} | {median(x.peak_mb for x in runs):.0f} |")


def _print_ratio(name: str, ours: list[Run], theirs: list[Run], limit: str) -> None:
    print(f"| {name} | {ratio(ours, theirs):.2f} | {wall_ratio(ours, theirs):.2f} | {limit} |")


def start(folder: Path, rounds: int) -> None:
    """How long until something is seen."""
    minute = written(folder / "minute.imu.csv", MINUTE)
    runs = in_turn(
        {
            "`python -c 'import click'`": [PYTHON, "-c", "import click"],
            "`imu-reps --help`": [*OURS, "--help"],
            "`imu-reps replay`, one minute": [*OURS, "replay", str(minute)],
        },
        2 * rounds,
    )
    print("| process | processor s | clock s | peak MB |\n|---|---|---|---|")
    for name, some in runs.items():
        _print_runs(name, some)
    click, ours, _ = runs.values()
    print(
        f"\n`--help` takes {ratio(ours, click):.2f} times as long as importing click (at most 2)."
    )
    _print_imports(minute)


def _print_imports(recording: Path) -> None:
    """What a replay imports, the dearest first, with all that each of them brings along."""
    done = subprocess.run(
        [PYTHON, "-X", "importtime", "-m", "imu_reps", "replay", str(recording)],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    )
    rows = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time")]
    wanted = ("numpy", "click", "vqf", "imu_reps", "site", "scipy", "matplotlib", "rich", "textual")
    spent = dict.fromkeys(wanted, 0)
    for own, _, name in rows[1:]:
        top = name.strip().split(".")[0]
        if top in spent:
            spent[top] += int(own.split(":")[1])
    told = (f"{name} {us / 1000:.0f} ms" for name, us in spent.items() if us)
    print(f"\nImported by that replay: {', '.join(told)}.")


def growth(folder: Path, rounds: int) -> None:
    """Time and memory over the length of a recording."""
    commands, files = {}, list[str]()
    for length in LENGTHS:
        files.append(str(written(folder / f"{length}.imu.csv", length, LENGTHS[0])))
        # What is short is replayed over and over, as its time is too short to be measured once.
        paths = [files[0], *files[-1:] * max(1, SAMPLES // length)]
        commands[f"{length:,}"] = [PYTHON, "-m", "benchmarks.speed.endurance", "replay", *paths]
    print("| samples | µs a sample | peak MB |\n|---|---|---|")
    spent = []
    for name, runs in in_turn(commands, max(LEAST_ROUNDS, rounds // 2)).items():
        told = [json.loads(one.output) for one in runs]
        spent.append(median(x["us_a_sample"] for x in told))
        print(f"| {name} | {spent[-1]:.2f} | {median(x['peak_mb'] for x in told):.0f} |")
    print(f"\nDearest / cheapest: {max(spent) / min(spent):.2f} (at most 1.15).")


def day(folder: Path, _rounds: int) -> None:
    """Memory of the live pipeline over a day."""
    path = written(folder / "piece.imu.csv", 100_000)
    told = json.loads(run([PYTHON, "-m", "benchmarks.speed.endurance", "day", str(path)]).output)
    print(
        f"Resident after the first hour {told['first_mb']:.1f} MB, after 24 hours "
        f"{told['last_mb']:.1f} MB (growth at most 2). Clock and counter hold "
        f"{told['state_mb']:.2f} MB (at most 1)."
    )


def parts(folder: Path, _rounds: int) -> None:
    """The parts by pytest-benchmark, and what they add up to for a sensor that is live."""
    told = folder / "parts.json"
    tests = Path(__file__).with_name("test_parts.py")
    options = [f"--benchmark-json={told}", "--benchmark-timer=time.process_time"]
    command = [PYTHON, "-m", "pytest", "-q", str(tests), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print("| part | µs a sample | million samples a second |\n|---|---|---|")
    live_us = 0.0
    for one in json.loads(told.read_text())["benchmarks"]:
        us = one["stats"]["median"] / one["extra_info"]["samples"] * 1e6
        live_us += us if one["extra_info"]["is_live"] else 0.0
        print(f"| {one['name'].removeprefix('test_')} | {us:.3f} | {1 / us:.2f} |")
    print(
        f"\nLive, in chunks of ten, from bytes to events and a recording: {live_us:.0f} µs each "
        f"(5 asked for), {live_us / 100:.2f} % of a core at 100 Hz (at most 1)."
    )


def profile(folder: Path, _rounds: int) -> None:
    """Where the time of a replay goes."""
    path = written(folder / "a.imu.csv", SAMPLES)
    told = run([PYTHON, "-m", "benchmarks.speed.profile", str(path)])
    print(told.output.rstrip())


SECTIONS: dict[str, Callable[[Path, int], None]] = {
    "Whole processes": whole,
    "Start": start,
    "Parts": parts,
    "Where it goes": profile,
    "Length": growth,
    "A day": day,
}


def main() -> None:
    """All tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(f"Measured on {machine()}.")
    for title, section in SECTIONS.items():
        print(f"\n## {title}\n", flush=True)
        with TemporaryDirectory() as folder:
            section(Path(folder), rounds)


if __name__ == "__main__":
    main()
