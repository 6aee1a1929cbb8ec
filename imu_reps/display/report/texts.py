"""The report's sentences."""

from __future__ import annotations

from collections.abc import Sequence

from imu_reps.balance import Balance, Side
from imu_reps.balance.poses import apart_deg
from imu_reps.balance.sets import DoneSet
from imu_reps.balance.steadiness import SESSIONS, Point, steady_side
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, many
from imu_reps.display.comparison import TITLES
from imu_reps.display.comparison import reasons as titles_by_reason
from imu_reps.session.afterwards.reading import Read
from imu_reps.session.afterwards.summarize import Compared

_TOLD = {"interrupted": "was interrupted; it is counted up to where it ends"}


def titled(movement: Movement) -> str:
    """The movement's heading."""
    return f"{movement.title}: left and right"


def days(found_in: Sequence[Compared]) -> str:
    """The day, or the first and last day, of these recordings, in the time of this place as in
    the history.
    """
    begun = [read.started for compared in found_in for read in compared.recordings]
    known = sorted(f"{one:%Y-%m-%d}" for one in begun if one is not None)
    if not known:
        return "Day not recorded"
    return known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def did(compared: Compared) -> str:
    """One sentence: what was done."""
    told = [text for leg, side in compared.balance.sides.items() if (text := _leg(leg, side))]
    legs = " and ".join(told) or "no rep was seen"
    mounts = sorted({done.mount for read in compared.recordings for done in read.sets})
    where = f", strap on the {' and the '.join(mounts)}" if mounts else ""
    return f"{days([compared])}: {legs}{where}."


def _leg(leg: Leg, side: Side) -> str:
    if not side["reps"] and not side["partials"]:
        return ""
    partials = f" and {many(side['partials'], 'partial')}" if side["partials"] else ""
    reps, sets = many(side["reps"], "rep"), many(side["sets"], "set")
    return f"{reps}{partials} in {sets} with the {leg} leg"


def found(balance: Balance) -> str:
    """One sentence: what came of it."""
    without = [leg for leg, side in balance.sides.items() if not side["reps"]]
    if without:
        which = f"the {without[0]} leg" if len(without) == 1 else "either leg"
        return f"No rep was counted with {which}, so there is nothing to compare."
    told = [
        f"{side} higher in {listed(titles)}"
        for side in Leg
        if (titles := _titles(balance, f"{side}_higher"))
    ]
    even = _titles(balance, "balanced")
    if even:
        told.append(f"balanced in {listed(even)}")
    open_rows = len(_titles(balance, "not_enough_data"))
    if open_rows:
        told.append(f"not enough data for {'the other ' if told else 'all '}{open_rows}")
    return f"Of {len(balance.rows)} comparisons: {'; '.join(told)}."


def listed(words: Sequence[str]) -> str:
    """Words with commas and an "and"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _titles(balance: Balance, verdict: str) -> list[str]:
    return [TITLES[row.metric][0] for row in balance.rows if row.verdict == verdict]


def reasons(balance: Balance) -> list[str]:
    """Why there is no verdict, each reason with the metrics that it holds for."""
    known = titles_by_reason(balance).items()
    return [f"Not enough data for {listed(titles)}: {why}." for why, titles in known]


def unseen(sets: Sequence[DoneSet]) -> list[str]:
    """Why there are fewer dots than reps, where there are."""
    count = sum(len(done.reps) - len(done.whole) for done in sets)
    if not count:
        return []
    which = f"{many(count, 'rep')} {'was' if count == 1 else 'were'}"
    return [f"{which} not seen to the end: counted, but left out of means and comparisons."]


def blind(recordings: Sequence[Read]) -> list[str]:
    """Why nothing is counted in recordings whose mount cannot see the movement."""
    warnings = [warning for read in recordings for warning in read.warnings]
    texts = dict.fromkeys(one.text for one in warnings if one.code == "blind_mount")
    return [f"{text[0].upper()}{text[1:]}." for text in texts]


def recordings_text(recordings: Sequence[Read]) -> list[str]:
    """What a reader must know of the data besides their numbers."""
    told = [
        f"{read.path.name} {_TOLD.get(warning.code, 'says: ' + warning.text)}."
        for read in recordings
        for warning in read.warnings
    ]
    labelled = [read.path.name for read in recordings if read.is_corrected]
    if labelled:
        told.append(f"Corrected by hand: {listed(labelled)}.")
    rest_ups = [rest for read in recordings for rest in read.rest_ups]
    if len(rest_ups) > 1:
        told.append(f"The rest poses of the sets are up to {apart_deg(rest_ups):.0f}° apart.")
    return told


def steady(points: Sequence[Point]) -> str:
    """Which leg has been higher in three sessions running, and in what."""
    known = {metric: steady_side(points, metric) for metric in TITLES}
    told = [
        f"{leg} higher in {listed(titles)}"
        for leg in Leg
        if (titles := [TITLES[m][0] for m, side in known.items() if side == f"{leg}_higher"])
    ]
    if told:
        return f"In each of the last {SESSIONS} sessions that could be compared: {'; '.join(told)}."
    if len(points) < SESSIONS:
        return f"It takes {SESSIONS} sessions to call a leg higher over sessions."
    return f"No measure has had the same leg higher in each of the last {SESSIONS} sessions."
