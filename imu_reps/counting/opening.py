"""When is going to and fro a set? The one place that decides, and that a set's rest pose comes from.

What is gone to and fro is read from its beginning (`reading.py`); it is a set when enough reps of
it are regular, calm, straight, clear of the sway, and of a size that the mount may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from imu_reps.core.events import Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount, Sight
from imu_reps.counting.excursion import Plane, wander_deg
from imu_reps.counting.gates import SWAYING_DEG, TURNING_PART, is_calm, is_still, sway_deg
from imu_reps.counting.limits import (
    ASIDE_DEG,
    ASIDE_PART,
    BREAK_S,
    BRISK_S,
    CLEAR_DEG,
    FULL_PART,
    LOOK_BACK_S,
    PLACE_PART,
    LONGEST_S,
    REST_MEAN_S,
    REST_S,
    SAME_TIME_PART,
    WANDER_DEG,
    WANDER_PART,
    part,
)
from imu_reps.counting.mount_check import SEEN_DEG, SLIP_DEG, SWAY_TIMES, unclear
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.reading import Stay, read, stays
from imu_reps.counting.search import Way
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import angles_deg, between_deg, mean_direction, median

FEW, MANY, PLENTY = 2, 3, 5
"""So many reps make a set: the fewer the less doubt there is."""

SAME_PART = 0.6
"""Cosine of some 50 degrees: as far as one movement's ways differ in a strap that slips."""

SURE_WEIGHT = 9.0
"""Two reps that are as alike as reps get; people who sit down twice are not."""

LIKELY_WEIGHT = 7.0
"""Natural logarithm: a set is a thousand times likelier than as much coming and going by chance."""

HUMP_PART = 0.5
"""Of the way: who has gone so far has tried a rep, and is not settling."""

LIMIT_TIMES, SPREAD_TIMES = 1.5, 1.4
"""Of what the mount is known to see: beyond the first it is another movement, who sits or lies
down. Within the second (the range of people's ranges) `FEW` or `MANY` reps make a set, below it
`PLENTY`: the table of mounts may be wrong of somebody, but sway and shuffling are more usual.
"""

LEAST_TIMES = 3.0
"""A third of what the mount is known to see: people's ranges and fatigue, each 40 %, take no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Where the reps of a set go from and to: poses (3,), and the row of the rest before them."""

    begin: int
    begin_s: float
    rest_up: Floats
    far_up: Floats
    rep_s: float
    """How long a rep lasts, between the ends at 30 % of the way."""
    before: tuple[Attempt, ...] = ()
    """Reps that were over before the strap slipped, and the rest pose with it."""

    @property
    def range_deg(self) -> float:
        return between_deg(self.rest_up, self.far_up)


@dataclass(frozen=True, slots=True)
class Span:
    """One rep as the chain of stays shows it: from the last row at rest to the first one back."""

    left: int
    row: int
    lasts_s: float


class _Ground:
    """The poses of a window from row `start`, seen along the way in `plane`."""

    def __init__(
        self, track: Track, plane: Plane, size_deg: float, start: int, rest: int | None
    ) -> None:
        self._track, self._plane, self._size_deg, self.start = track, plane, size_deg, start
        self._rest = rest
        self._wanders_deg = max(WANDER_PART * size_deg, WANDER_DEG)

    def may_begin(self, rest: Stay) -> bool:
        begin, end = self.start + rest.begin, self.start + rest.end
        known = self._rest in (None, rest.place)
        return known and (begin == 0 or is_still(self._track, begin, end, self._size_deg))

    def may_be_rep(self, rest: Stay, again: Stay) -> bool:
        left, row = self.start + rest.end - 1, self.start + again.begin
        wanders = self.wobble_deg(rest, again) > self._wanders_deg
        return not wanders and is_calm(self._track, left, row, self._size_deg)

    def begin(self, stay: Stay) -> int:
        """The row from which a cycle sees the rest at the end of a stay, and a first rep before it
        that was too small to be told from a stay.
        """
        first = max(self.start + stay.begin, self._track.row_at(stay.end_s - LONGEST_S))
        part = self._plane.excursion_deg(self._track.up(first, self.start + stay.end))
        gone = np.abs(part / self._size_deg - stay.place) > HUMP_PART
        towards = (part / self._size_deg > stay.place) != bool(stay.place)
        humps = np.flatnonzero(gone & towards)
        end_s = self._track.at_s(first + int(humps[0])) if len(humps) else stay.end_s
        return max(first, self._track.row_at(end_s - REST_MEAN_S))

    def pose(self, stay: Stay) -> Floats:
        """The pose (3,) in which a stay ends, without turns that were too small for a rep."""
        end = self.start + stay.end
        begin = max(self.start + stay.begin, self._track.row_at(stay.end_s - REST_MEAN_S))
        up = self._track.up(begin, end)
        part = self._plane.excursion_deg(up) / self._size_deg
        return mean_direction(up[part > 1.0 - PLACE_PART if stay.place else part < PLACE_PART])

    def sway_deg(self, chain: Sequence[Stay]) -> float:
        """The sway (RMS) in a set that fills a chain: before its reps, and aside of their way."""
        rests = list(pairwise(chain[::2]))
        before = [sway_deg(self._track, self.start + rest.end - 1) for rest, _ in rests]
        return max(min(before), median([self.wobble_deg(*pair) for pair in rests]))

    def wobble_deg(self, rest: Stay, again: Stay) -> float:
        left, row = self.start + rest.end - 1, self.start + again.begin
        return wander_deg(self._plane.across_deg(self._track.up(left, row + 1)))


class Opening:
    """What the movement and the mount let pass for a set."""

    def __init__(self, movement: Movement, mount: Mount) -> None:
        view = movement.view(mount)
        known = view.sight is not Sight.UNKNOWN
        self._movement, self._mount = movement, mount
        self._tempo = movement.tempo if known else None
        self._limit_deg = LIMIT_TIMES * view.high_deg
        self._least_deg = view.low_deg / LEAST_TIMES
        self._usual_deg = (0.0, np.inf)
        if known:
            self._usual_deg = (view.low_deg / SPREAD_TIMES, SPREAD_TIMES * view.high_deg)

    def look(
        self,
        track: Track,
        way: Way,
        since: int,
        breaks: Sequence[int],
        known_way: Floats | None,
    ) -> Pattern | Warn | None:
        """The set that has begun on this way since row `since`, or why such a one is not counted.

        No rep has one of the rows `breaks` in it, before which data are missing. `known_way` (3,)
        is where reps went until a moment ago: others that go against it have their ends swapped.
        """
        size_deg = between_deg(*way.ends)
        if size_deg > self._limit_deg:
            return None
        plane = Plane(way.ends[0]).towards(way.ends[1])
        start = _start(track, way, plane, size_deg, since)
        time_s = track.time_s(start, way.known + 1)
        chain = stays(time_s, plane.excursion_deg(track.up(start, way.known + 1)) / size_deg)
        if len(chain) < 3:
            return None
        ground = _Ground(track, plane, size_deg, start, _known_rest(plane, known_way))
        moving = start == 0 and _begins_moving(track, chain[0], size_deg)
        reading = read(chain, self._tempo, ground, moving=moving)
        if reading is None or reading.weight < LIKELY_WEIGHT:
            return None
        first = _extended(chain, reading.first, ground)
        spans = _spans(chain, first, start, breaks)
        if len(spans) < self._enough(spans, size_deg, reading.weight):
            return None
        if size_deg < max(SEEN_DEG, SWAY_TIMES * ground.sway_deg(chain[first:] if first > 0 else chain)):
            return unclear(self._movement, self._mount, size_deg)
        if size_deg < self._least_deg:
            return None
        return _pattern(track, way, chain, first, spans, ground)

    def _enough(self, spans: list[Span], size_deg: float, weight: float) -> float:
        """How many of these reps make a set."""
        brisk = any(span.lasts_s < BRISK_S for span in spans)
        small = size_deg < CLEAR_DEG
        if brisk and small:
            return np.inf
        if size_deg < self._usual_deg[0]:
            return PLENTY
        usual = size_deg < self._usual_deg[1] < np.inf
        return FEW if usual and weight > SURE_WEIGHT and not brisk and not small else MANY


def _start(track: Track, way: Way, plane: Plane, size_deg: float, since: int) -> int:
    """The row after the last one before the way's first turn at which one was elsewhere."""
    start = max(since, track.row_at(track.at_s(way.known) - LOOK_BACK_S))
    slack_deg = max(ASIDE_PART * size_deg, ASIDE_DEG)
    outside = ~plane.holds(track.up(start, way.first + 1), size_deg, slack_deg)
    return start + (int(np.flatnonzero(outside)[-1]) + 1 if outside.any() else 0)


def _extended(chain: Sequence[Stay], first: int, ground: _Ground) -> int:
    """The stay from which the set began, if odd reps before the regular ones are its own."""
    rests = chain[max(first, 0) :: 2]
    rep_s = median([again.begin_s - rest.end_s for rest, again in pairwise(rests)])
    while first >= 2:
        rest, far, again = chain[first - 2 : first + 1]
        reach = abs(far.reach - rest.reach)
        is_rep = (
            part(again.begin_s - rest.end_s, rep_s) >= SAME_TIME_PART
            and FULL_PART <= reach <= 1 / FULL_PART
            and again.lasts_s < BREAK_S
            and ground.may_begin(rest)
            and ground.may_be_rep(rest, again)
        )
        if not is_rep:
            break
        first -= 2
    return first


def _known_rest(plane: Plane, known_way: Floats | None) -> int | None:
    """Which end of the plane's way is rest, as far as is known from where reps went before."""
    if known_way is None or plane.way is None:
        return None
    along = float(plane.way @ known_way)
    return None if abs(along) < SAME_PART else int(along < 0)


def _spans(chain: Sequence[Stay], first: int, start: int, breaks: Sequence[int]) -> list[Span]:
    """The reps (whole ones) of a chain from stay `first` on, without those that lack data."""
    rests = chain[first if first >= 0 else 1 :: 2]
    found = [
        Span(start + one.end - 1, start + two.begin, two.begin_s - one.end_s)
        for one, two in zip(rests, rests[1:], strict=False)
    ]
    return [span for span in found if not any(span.left < row <= span.row for row in breaks)]


def _pattern(
    track: Track,
    way: Way,
    chain: Sequence[Stay],
    first: int,
    spans: list[Span],
    ground: _Ground,
) -> Pattern:
    start = ground.start
    rep_s = median([span.lasts_s for span in spans])
    if first < 0:
        far = chain[0].place
        return Pattern(start, track.at_s(start), way.ends[1 - far], way.ends[far], rep_s)
    place = chain[first].place
    rest_up, far_up = way.ends[place], way.ends[1 - place]
    rests = chain[first::2]
    poses = [ground.pose(stay) for stay in rests]
    near_deg = max(PLACE_PART * between_deg(rest_up, far_up), SLIP_DEG)
    off = [number for number, up in enumerate(poses[:-1]) if between_deg(up, rest_up) > near_deg]
    now = off[-1] + 1 if off else 0
    begin = ground.begin(rests[now])
    if between_deg(poses[now], rest_up) <= near_deg:
        rest_up = poses[now]
    before = tuple(
        _rep(track, span, [pose, next_pose], far_up, between_deg(*way.ends))
        for span, pose, next_pose in zip(spans[:now], poses, poses[1:], strict=False)
    )
    return Pattern(begin, track.at_s(begin), rest_up, far_up, rep_s, before)


def _rep(track: Track, span: Span, rests: list[Floats], far_up: Floats, size_deg: float) -> Attempt:
    """A rep between two rest poses, seen from the one from which it is as large as the others."""
    rest_up = min(rests, key=lambda up: abs(between_deg(up, far_up) - size_deg))
    up = track.up(span.left, span.row + 1)
    away_deg = angles_deg(up, rest_up)
    far = int(np.argmax(np.where(Plane(rest_up).towards(far_up).excursion_deg(up) > 0, away_deg, 0)))
    plane = Plane(rest_up).towards(up[far])
    return Attempt(span.left, span.left, span.left + far, span.row, plane, float(away_deg[far]))


def _begins_moving(track: Track, stay: Stay, size_deg: float) -> bool:
    """Whether the data begin in the middle of a movement, sway aside."""
    if stay.begin_s - track.at_s(0) < REST_S / 2 and stay.lasts_s >= REST_S:
        return False
    soon = track.row_at(track.at_s(0) + REST_S)
    return bool(track.spread_deg(soon, soon + 1)[0] > max(TURNING_PART * size_deg, SWAYING_DEG))
