"""The rep cycle, which sleeps where it can find nothing."""

from __future__ import annotations

import copy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from imu_reps.core.events import Event
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.counting import RepCounter, counter
from imu_reps.counting.cycle import RepCycle
from imu_reps.counting.excursion import Plane
from imu_reps.counting.ground import Pattern
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.search import Gone
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
from imu_reps.motion.vectors import unit_vector
from imu_reps.movements import movement_named
from tests.legs import Leg


def _samples(seed: int) -> Samples:
    """Reps, partials, long holds and rests, a fall below rest, sway, and a gap somewhere."""
    rng = np.random.default_rng(seed)
    leg, deg = Leg().rest(3).reps(3), 30.0
    for _ in range(6):
        hold_s, pause_s = rng.choice([0.1, 1.0, 4.0, 25.0], size=2, p=[0.4, 0.4, 0.15, 0.05])
        leg.rep(deg * rng.choice([1.0, 0.9, 0.4]), hold=hold_s).rest(pause_s)
        if rng.uniform() < 0.2:
            leg.move(rng.choice([-12.0, 5.0]), 1.0).rest(1.0)
    samples = leg.samples(sway_deg=rng.choice([0.3, 1.5]))
    gap, end = sorted(rng.integers(1500, len(samples), size=2).tolist())
    return joined([samples[:gap], samples[gap + int(rng.choice([0, 150, 2500])) : end]])


def _told(samples: Samples, rows: int) -> list[list[Event]]:
    """What is told with each of these pieces, and at the end."""
    reps = RepCounter(movement_named("single-leg-bridge"), Side.LEFT, Mount.THIGH)
    cut = [samples[first : first + rows] for first in range(0, len(samples), rows)]
    return [*(reps.update(some) for some in cut), reps.finish()]


class _Checked(RepCycle):
    """A cycle that finds nothing while it sleeps, and is awake when it is interrupted."""

    def sleeps(self, track: Track, gone: Gone) -> bool:
        if not super().sleeps(track, gone):
            return False
        twin = copy.copy(self)
        while twin.row < track.end:
            assert twin.step(track, track.end) is None
            assert twin.phase is self.phase
        return True

    def interrupt(self, row: int) -> None:
        assert self.row == row
        super().interrupt(row)

    def finish(self, track: Track) -> Attempt | None:
        assert self.row == track.end
        return super().finish(track)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([2, 10, 30]))
def test_a_cycle_that_sleeps_tells_as_soon_what_one_that_is_awake_does(
    seed: int, rows: int
) -> None:
    samples = _samples(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "RepCycle", _Checked)
        asleep = _told(samples, rows)
        patch.setattr(_Checked, "sleeps", lambda *_: False)
        assert _told(samples, rows) == asleep
    assert any(asleep)


@given(st.integers(0, 10_000), st.floats(0.5, 60.0))
def test_within_the_room_the_excursion_changes_by_no_more(seed: int, change_deg: float) -> None:
    rng = np.random.default_rng(seed)
    rest_up, far_up, here, aside = (unit_vector(v) for v in rng.normal(size=(4, 3)))
    plane = Plane(rest_up).towards(far_up)
    room = plane.room(here.tolist(), change_deg)
    assume(room > 0.0)
    # The poses that are farthest away within it: a circle about the pose.
    across = unit_vector(np.cross(here, aside))
    along = np.cross(across, here)
    turn, angle = np.linspace(0, 2 * np.pi, 200)[:, None], 2 * np.arcsin(room / 2)
    circle = np.cos(angle) * here + np.sin(angle) * (np.cos(turn) * along + np.sin(turn) * across)
    off_deg = np.abs(plane.excursion_deg(circle) - plane.excursion_deg(here[None]))
    assert off_deg.max() == pytest.approx(change_deg, rel=1e-2)
    assert off_deg.max() < change_deg * (1 + 1e-9)


def _up(deg: Floats) -> Floats:
    angle = np.radians(deg)
    up: Floats = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], axis=1)
    return up


def _attempts(deg: Floats, time_s: Floats, pattern: Pattern, spread_deg: Floats) -> list[Attempt]:
    """What a cycle finds of a segment that is at these angles (n,)."""
    track = Track()
    up = _up(deg)
    track.append(Poses(time_s, up, Steady(up, *[spread_deg] * 4)))
    cycle, found = RepCycle(pattern), list[object]()
    while cycle.row < track.end:
        found.append(cycle.step(track, track.end))
    return [one for one in [*found, cycle.finish(track)] if isinstance(one, Attempt)]


@pytest.mark.parametrize("later", [0, 1, 8])
def test_what_comes_after_an_attempt_says_nothing_of_its_far_end(later: int) -> None:
    # Two seconds are missing after the far end, and of the next rows some are not yet here.
    deg = np.array([*[0.0] * 50, *np.linspace(0.0, 30.0, 100), *[0.0] * (1 + later)])
    rows, up = np.arange(len(deg)), _up(deg)
    time_s = rows / 50 + np.where(rows < 150, 0.0, 2.0)
    pattern = Pattern(0, 0.0, up[0], up[149], 0, 49)
    found = _attempts(deg, time_s, pattern, np.full(len(deg), 5.0))
    assert found[0].peak_deg == pytest.approx(29.7, abs=0.2)


@pytest.mark.parametrize(("home_deg", "attempts"), [(None, 1), (5.0, 2), (-5.0, 1)])
def test_a_rep_is_over_where_the_reps_of_its_set_come_back_to(
    home_deg: float | None, attempts: int
) -> None:
    # Somebody lies, goes out to 12 degrees and comes back to 5, twice.
    ends = [0.0, 0.0, 12.0, 12.0, 5.0, 5.0, 12.0, 12.0, 5.0, 5.0]
    deg = np.concatenate([np.linspace(*way, 50) for way in pairwise(ends)])
    still = np.where(np.abs(np.gradient(deg)) > 1e-9, 5.0, 0.1)
    up = _up(deg)
    home_up = None if home_deg is None else Plane(up[0]).towards(up[125]).pose(home_deg)
    pattern = Pattern(0, 0.0, up[0], up[125], 0, 49, home_up=home_up)
    assert len(_attempts(deg, np.arange(len(deg)) / 50, pattern, still)) == attempts


@pytest.mark.parametrize(("deg", "attempts"), [(30.0, 1), (15.0, 0)])
def test_in_a_second_one_does_a_rep_and_no_partial_attempt(deg: float, attempts: int) -> None:
    ways = [(0.0, 0.0, 100), (0.0, deg, 25), (deg, 0.0, 25), (0.0, 0.0, 100)]
    gone = np.concatenate([np.linspace(*way) for way in ways])
    rest_up, far_up = _up(np.array([0.0, 30.0]))
    pattern = Pattern(0, 0.0, rest_up, far_up, 0, 99)
    n = len(gone)
    assert len(_attempts(gone, np.arange(n) / 50, pattern, np.full(n, 5.0))) == attempts
