"""Samples in, events out: the counting room's one front door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from imu_reps.core.events import Event, Gap, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.counting.cycle import RepCycle
from imu_reps.counting.earlier import Since
from imu_reps.counting.excursion import wander_deg
from imu_reps.counting.gates import is_calm
from imu_reps.counting.ground import Pattern
from imu_reps.counting.limits import HOME_PART, LEAVE_DEG, LONGEST_S, hides_s
from imu_reps.counting.measure import measure
from imu_reps.counting.mount_check import blind
from imu_reps.counting.opening import Opening
from imu_reps.counting.outcome import Attempt, Outcome
from imu_reps.counting.rest_pose import RestPose
from imu_reps.counting.search import Way, WaySearch
from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import SetGate
from imu_reps.counting.track import Track
from imu_reps.counting.trail import first_row, trail_of
from imu_reps.motion.averaged import SWAY_S, Averaged
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip, Strap
from imu_reps.motion.tracker import PoseTracker, Tracked

BREAKS = 8
"""So many gaps are remembered: more in a minute and a half, and there is no set to be seen."""

PoseSink = Callable[[Poses | Slip], None]


def _ignored(_: Poses | Slip) -> None:
    pass


class RepCounter:
    """Counts one movement of one leg from one strap. Any chunking gives the same events.

    As long as no set goes on, ways that are gone to and fro are looked at; once one of them is a
    set, a rep cycle follows it from its beginning, and the set judges the cycle's attempts.
    Whoever wants to see the poses and slips too is given them by `sink`, before what is counted
    from them. The `strap` is known where it has been counted from before.
    """

    def __init__(
        self,
        movement: Movement,
        leg: Leg,
        mount: Mount,
        sink: PoseSink = _ignored,
        strap: Strap | None = None,
    ) -> None:
        self._sink = sink
        self._tracker = PoseTracker(strap)
        self._averaged = Averaged() if movement.view(mount).sight is Sight.WEAK else None
        self._track = Track()
        self._search = WaySearch()
        self._opening = Opening(movement, mount)
        self._cycle: RepCycle | None = None
        self._gate = SetGate(movement, leg, mount)
        self._blind = blind(movement, mount)
        self._begun = False
        self._strokes_s = 0.0
        """How long the strokes of the set that goes on take."""
        self._since = Since()
        self._doubtful: Pattern | None = None
        self._doubt_ends_s = np.inf

    def update(self, samples: Samples) -> list[Event]:
        """The events that become final with these samples."""
        out: list[Event] = []
        if self._blind is not None and not self._begun and len(samples):
            out.append(self._blind)
        self._begun = self._begun or len(samples) > 0
        return out + self._events(self._tracker.update(samples))

    def finish(self) -> list[Event]:
        """The events that were still open when the data ended."""
        out = self._events(self._tracker.finish())
        if self._blind is not None:
            return out
        out += self._end_stretch() + self._caught_up()
        out += self._decide(self._track.end)
        last = self._cycle.finish(self._track) if self._cycle else None
        return out + (self._attempt(last) if last else []) + self._gate.finish()

    def _events(self, tracked: list[Tracked]) -> list[Event]:
        out: list[Event] = []
        for item in tracked:
            if isinstance(item, Slip):
                self._sink(item)
                self._gate.strap_slipped(item)
            elif isinstance(item, Poses):
                out += self._seen_poses(item)
            elif isinstance(item, Gap):
                out += [*self._end_stretch(), *self._interrupt(item.end_s - item.start_s), item]
            else:
                out.append(item)
        return out

    def _seen_poses(self, item: Poses) -> list[Event]:
        """What some more poses say, as they are or, where it sways as far as it turns, averaged."""
        self._sink(item)
        if self._blind is not None:
            return []
        self._opening.see(item)
        averaged = self._averaged.update(item) if self._averaged else [item]
        return [event for poses in averaged for event in self._poses(poses)]

    def _end_stretch(self) -> list[Event]:
        """What the poses say that were still waiting to be averaged."""
        waiting = self._averaged.finish() if self._averaged else []
        return [event for poses in waiting for event in self._poses(poses)]

    def _interrupt(self, missing_s: float) -> list[Event]:
        """Data are missing, in which a rep may hide; the rest pose is still believed."""
        row, strokes_s = self._track.end, self._strokes_s if self._cycle else 0.0
        if missing_s < hides_s(strokes_s):
            return []
        out = self._caught_up() + self._decide(row)
        self._search.restart(row)
        self._since.breaks = (*self._since.breaks[-BREAKS:], (row, missing_s))
        if missing_s > LONGEST_S:
            self._cycle, self._since.row = None, row
        elif self._cycle is not None:
            self._cycle.interrupt(row)
        return out

    def _poses(self, poses: Poses) -> list[Event]:
        self._track.append(poses)
        out: list[Event] = []
        for way in self._search.update(self._track):
            out += self._pass(way.known + 1) + self._look(way)
        return out + self._latest()

    def _latest(self) -> list[Event]:
        """What the latest rows say; the cycle is not asked where it can have found nothing."""
        end, gone, cycle = self._track.end, self._search.gone, self._cycle
        if cycle is not None and self._doubtful is None and cycle.sleeps(self._track, gone):
            return self._passed(end)
        out = self._pass(end)
        if self._cycle is not None:
            self._cycle.sleep(self._track, gone)
        return out

    def _pass(self, until: int) -> list[Event]:
        """What all rows up to before `until` say, without another look."""
        if self._doubtful is None or self._track.at_s(until - 1) < self._doubt_ends_s:
            return self._follow(until)
        return self._decide(self._track.row_at(self._doubt_ends_s)) + self._follow(until)

    def _decide(self, row: int) -> list[Event]:
        """Take a set that was in doubt as it seemed, when nothing more came of it until `row`."""
        found, self._doubtful = self._doubtful, None
        if found is None:
            return []
        out = self._follow(row)
        return out + (self._open(found, row) if found.begin >= self._since.row else [])

    def _follow(self, until: int) -> list[Event]:
        """What the cycle finds up to before row `until`."""
        out: list[Event] = []
        while self._cycle is not None and self._cycle.row < until:
            outcome = self._step(self._cycle, until)
            if isinstance(outcome, Attempt):
                out += self._attempt(outcome)
            elif outcome is not None:
                self._cycle = None
        return out + self._passed(until)

    def _passed(self, until: int) -> list[Event]:
        """What it says of the set that row `until` has been reached."""
        rested = until - 1 if self._cycle is None else self._cycle.rested_until(until)
        return self._gate.passed(self._track.at_s(rested))

    def _caught_up(self) -> list[Event]:
        """What the cycle says of the rows that it has slept through."""
        return [] if self._cycle is None else self._follow(self._track.end)

    def _step(self, cycle: RepCycle, until: int) -> Outcome | None:
        """What a cycle finds next up to before row `until`, from break to break."""
        breaks = self._since.hiding(self._strokes_s)
        stop = min([until, *(row for row in breaks if row > cycle.row)])
        outcome = cycle.step(self._track, stop)
        if outcome is None and cycle.row == stop < until:
            cycle.interrupt(stop)
        return outcome

    def _look(self, way: Way) -> list[Event]:
        """Whether a set has begun on this way, one that the cycle does not know of."""
        found = self._opening.look(self._track, way, self._since, self._gate.courses)
        if isinstance(found, Warn):
            return self._gate.not_seen(found)
        if found is None:
            return []
        if found.doubt_s > 0.0:
            self._doubtful = found
            self._doubt_ends_s = self._track.at_s(way.known) + found.doubt_s
            return []
        self._doubtful = None
        return self._open(found, way.known + 1)

    def _open(self, found: Pattern, until: int) -> list[Event]:
        """What a set says that has begun and lasts until row `until`, and maybe on."""
        out = self._gate.open(found)
        self._strokes_s = found.strokes_s
        tried, rest_pose = self._tried(found)
        self._cycle = RepCycle(found, rest_pose)
        self._gate.tried([self._seen(attempt) for attempt in tried])
        for attempt in found.before:
            out += self._attempt(attempt)
        return out + self._follow(until)

    def _tried(self, found: Pattern) -> tuple[list[Attempt], RestPose | None]:
        """What was tried before the first rep of a set, by somebody who was in position; and the
        rest pose before it, where the first rep followed without a rest.
        """
        # Whoever gets up to rest from below it has not set out from there.
        out = list[Attempt]()
        cycle = RepCycle(replace(found, begin=found.settled), below=HOME_PART)
        while cycle.row < found.left:
            outcome = self._step(cycle, found.left)
            if isinstance(outcome, Attempt):
                out.append(outcome)
            elif outcome is not None:
                cycle = RepCycle(replace(found, begin=outcome.row), below=HOME_PART)
        tried = [attempt for attempt in out if attempt.peak_deg >= LEAVE_DEG]
        return tried, cycle.unrested if tried else None

    def _attempt(self, attempt: Attempt) -> list[Event]:
        """What an attempt says of the set that goes on."""
        if attempt.peak_deg < LEAVE_DEG:
            return []
        seen = self._seen(attempt)
        out = self._gate.passed(self._track.at_s(attempt.leave))
        told = self._gate.attempt(seen)
        if told or self._gate.holds(seen):
            self._since.row = attempt.row
        return out + told

    def _seen(self, attempt: Attempt) -> Seen:
        """An attempt as its set sees it."""
        size_deg = max(attempt.peak_deg, self._cycle.range_deg if self._cycle else 0.0)
        up = self._track.up(attempt.left, attempt.row + 1)
        aside_deg = wander_deg(attempt.plane.across_deg(up))
        trail = trail_of(self._track, attempt, aside_deg)
        strokes, tempo = trail.strokes(), self._gate.tempo
        steady = trail.steadied(strokes, tempo) if tempo else strokes
        return Seen(
            plane=attempt.plane,
            peak_deg=attempt.peak_deg,
            begin_s=self._track.at_s(attempt.left),
            far_s=self._track.at_s(attempt.far),
            end_s=self._track.at_s(attempt.row),
            strokes=strokes,
            measures=measure(
                self._track, attempt, steady.without_blur(SWAY_S) if self._averaged else steady
            ),
            wander_deg=aside_deg,
            calm=is_calm(self._track, attempt.left, attempt.row, size_deg),
            shake_ms2=float(self._track.shake_ms2(attempt.row, attempt.row + 1)[0]),
            moved_deg=attempt.moved_deg,
            begun=first_row(self._track, attempt) == 0,
        )
