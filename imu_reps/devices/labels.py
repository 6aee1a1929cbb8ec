"""What the words beside the numbers of a line say: acceleration, turning rate, or another thing.

A word holds for the numbers that follow without one of their own: `Acc: 1 2 3 Gyro: 4 5 6`, or
`Acceleration X: 1, Y: 2, Z: 3`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

ACC, GYR, OTHER = "acc", "gyr", "other"

_WORDS = {
    ACC: r"a|ac|acc|accl|acce|accel|accelero|acceleration|accelerometer",
    GYR: r"g|gy|gyr|gyro|gyroscope|omega|rot|rotation",
    OTHER: (
        r"m|mag|magn|magneto|magnetometer|ypr|rpy|yaw|pitch|roll|euler|ang|angle|q|quat|quaternion"
        r"|orient|orientation|vector|heading|lin|linear|linaccel|free|areal|aworld"
    ),
}
"""Angles and quaternions are no acceleration, though one of them may be as long as gravity; nor is
one without gravity. `areal` and `aworld` are those of InvenSense's motion processor."""

_KINDS = {kind: re.compile(rf"([xyz])?(?:{words})([xyz])?") for kind, words in _WORDS.items()}
_ALONE = {"wx": (GYR, "x"), "wy": (GYR, "y"), "wz": (GYR, "z")} | {
    f"q{part}": (OTHER, "") for part in "w0123"
}
_WITHOUT_GRAVITY = {"free", "lin", "linear", "user", "world"}
_PARTS = {"w", "r", "i", "j", "k"}
"""What the numbers of a quaternion may be called beside x, y and z."""

_UNITS = {"g", "mg", "ms2", "mss", "dps", "mdps", "degs", "deg", "rads", "rad"}
_IN_BRACKETS = re.compile(r"[(\[]\s*([a-z0-9]+)\s*[)\]]")
_SPELLINGS = (
    (re.compile(r"m/s(?:ec)?(?:\^?2|²|\^|/s)"), "ms2"),
    (re.compile(r"(?:deg|degrees|°)/s(?:ec)?"), "degs"),
    (re.compile(r"rad(?:ian)?s?/s(?:ec)?"), "rads"),
)

_MOST_ALIKE = 4
"""A quaternion has four numbers, all else three: a word before more than that says nothing."""


class Label(NamedTuple):
    """What is known of a column; blank where nothing is."""

    kind: str = ""
    axis: str = ""
    unit: str = ""


def labels_of(names: Sequence[str]) -> list[Label]:
    """What the words before each number, and a unit in brackets, say of it."""
    runs: list[list[Label]] = []
    for name in names:
        words, unit = _words_and_unit(name)
        label = _label(words, unit)
        goes_on = not label.kind and {*words} <= {"x", "y", "z"} | _PARTS
        if runs and goes_on:
            runs[-1].append(label._replace(kind=runs[-1][0].kind))
        else:
            runs.append([label])
    says_nothing = [bool(run[0].kind) and len(run) > _MOST_ALIKE for run in runs]
    labels = [
        Label() if nothing else label
        for run, nothing in zip(runs, says_nothing, strict=True)
        for label in run
    ]
    alike = Counter(label.kind for label in labels)
    return [
        label if label.kind in {OTHER, ""} or alike[label.kind] == 3 else Label()
        for label in labels
    ]


def three(labels: Sequence[Label], kind: str) -> tuple[int, int, int] | None:
    """The places of x, y and z of this kind, None where there are none."""
    places = [place for place, label in enumerate(labels) if label.kind == kind]
    if len(places) != 3:
        return None
    axes = {labels[place].axis: place for place in places}
    if {*axes} == {"x", "y", "z"}:
        return axes["x"], axes["y"], axes["z"]
    return places[0], places[1], places[2]


def unit_of(labels: Sequence[Label], places: Sequence[int]) -> str:
    """The unit that is said of one of these columns at least, else blank."""
    return next((labels[place].unit for place in places if labels[place].unit), "")


def _words_and_unit(name: str) -> tuple[list[str], str]:
    name = name.lower()
    for spelling, plain in _SPELLINGS:
        name = spelling.sub(f" {plain} ", name)
    units = [unit for unit in _IN_BRACKETS.findall(name) if unit in _UNITS]
    return re.findall(r"[a-z0-9]+", _IN_BRACKETS.sub(" ", name)), units[-1] if units else ""


def _label(words: Sequence[str], unit: str) -> Label:
    """The last word that names a quantity says which one it is; a unit may follow it.

    Letters do so only where no word has.
    """
    kind = axis = ""
    for word in words:
        if kind and word in _UNITS:
            unit = unit or word
            continue
        if kind and len(word) == 1 and word not in {"x", "y", "z"}:
            continue
        named, of_axis = _named(word)
        kind, axis = named or kind, of_axis or axis
    if kind == ACC and not _WITHOUT_GRAVITY.isdisjoint(words):
        kind = OTHER
    return Label(kind, axis, unit)


def _named(word: str) -> tuple[str, str]:
    """The quantity and the axis that a word names."""
    if word in {"x", "y", "z"}:
        return "", word
    for kind, pattern in _KINDS.items():
        if found := pattern.fullmatch(word):
            return kind, found[1] or found[2] or ""
    return _ALONE.get(word, ("", ""))
