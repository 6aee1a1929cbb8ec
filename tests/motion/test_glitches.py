"""Single samples that no limb could have made are bridged; what a limb or its strap did stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.glitches import columns, glitches, without_glitches
from imu_reps.motion.grid import Grid
from imu_reps.motion.poses import Poses
from imu_reps.motion.poses import joined as joined_poses
from imu_reps.motion.tracker import PoseTracker
from tests.legs import Leg
from tests.straps import felt, reps_deg, slip_rad

REST = Leg().rest(5).samples()
STROKE = Leg().rest(2).move(60, 1).rest(2).samples()


def _with(samples: Samples, row: int, gyr_dps: Floats, acc_ms2: float = 0.0) -> Samples:
    """These samples, one of which is off by so much."""
    assert samples.gyr_rads is not None
    acc, gyr = samples.acc_ms2.copy(), samples.gyr_rads.copy()
    gyr[row] += np.radians(gyr_dps)
    acc[row] += [acc_ms2, 0.0, 0.0]
    return Samples(samples.time_s, acc, gyr)


def _rows(samples: Samples) -> list[int]:
    return glitches(columns(samples)).rows


def _up(samples: Samples) -> Floats:
    tracker = PoseTracker()
    told = [*tracker.update(samples), *tracker.finish()]
    return joined_poses([item for item in told if isinstance(item, Poses)]).up


@pytest.mark.parametrize("samples", [REST, STROKE])
@pytest.mark.parametrize("off_dps", [(0.0, 400.0, 0.0), (-900.0, 0.0, 300.0), (2000.0,) * 3])
def test_a_turn_that_gravity_knows_nothing_of_turns_nothing(
    samples: Samples, off_dps: tuple[float, float, float]
) -> None:
    wrong = _with(samples, 250, np.array(off_dps))
    assert _rows(wrong) == [250]
    assert _up(wrong) == pytest.approx(_up(samples), abs=np.sin(np.radians(0.3)))


def test_a_turn_about_gravity_is_no_tilt_anyway() -> None:
    wrong = _with(REST, 250, np.array([0.0, 0.0, 900.0]))
    assert _up(wrong) == pytest.approx(_up(REST), abs=np.sin(np.radians(0.3)))


@pytest.mark.parametrize(("off_dps", "row"), [(250.0, None), (350.0, 250)])
def test_three_degrees_within_a_sample_are_too_many(off_dps: float, row: int | None) -> None:
    found = _rows(_with(REST, 250, np.array([0.0, off_dps, 0.0])))
    assert found == ([] if row is None else [row])


@pytest.mark.parametrize("rate_hz", [10.0, 12.5, 16.0, 25.0, 50.0])
@pytest.mark.parametrize("lever_m", [0.0, 0.3])
@pytest.mark.parametrize(("deg", "stroke_s"), [(60.0, 0.4), (90.0, 0.5), (30.0, 0.3)])
def test_quick_strokes_are_none_even_where_samples_are_few(
    rate_hz: float, lever_m: float, deg: float, stroke_s: float
) -> None:
    assert _rows(felt(reps_deg(deg, stroke_s), lever_m, rate_hz=rate_hz)) == []


def test_in_a_quick_stroke_it_is_gravity_that_tells() -> None:
    samples = felt(reps_deg(60.0, 0.8), 0.3, rate_hz=25.0)
    # The stroke lasts from 2 to 2.8 s.
    for row in range(51, 70):
        assert _rows(_with(samples, row, np.array([500.0, 200.0, -300.0]))) == [row]


@pytest.mark.parametrize(("knock_ms2", "row"), [(150.0, None), (170.0, 250), (1000.0, 250)])
def test_an_acceleration_beyond_all_ranges_is_left_out_and_a_knock_is_not(
    knock_ms2: float, row: int | None
) -> None:
    wrong = _with(REST, 250, np.zeros(3), knock_ms2)
    assert _rows(wrong) == ([] if row is None else [row])
    alone = Samples(wrong.time_s, wrong.acc_ms2)
    without = [run for run in _grid(alone) if np.abs(run.acc_ms2).max() > 50.0]
    assert len(without) == (row is None)


def test_a_strap_that_slips_within_one_sample_has_slipped() -> None:
    slipped = felt(reps_deg(), 0.3, slip_rad(15, lasts_s=0.01))
    assert _rows(slipped) == []


def test_what_comes_after_a_gap_and_what_stays_is_no_glitch() -> None:
    wrong = _with(REST, 250, np.array([0.0, 900.0, 0.0]))
    assert _rows(joined([wrong[:220], wrong[250:]])) == []
    for after_dps in (400.0, 500.0, 900.0):
        twice = _with(wrong, 251, np.array([0.0, after_dps, 0.0]))
        assert _rows(twice) == []


def test_beside_a_lost_sample_it_is_one_still() -> None:
    wrong = _with(Leg().rest(9).samples(10.0), 50, np.array([0.0, 900.0, 0.0]))
    assert _rows(joined([wrong[:49], wrong[50:]])) == [49]


def test_samples_without_them_are_the_others() -> None:
    wrong = _with(_with(REST, 250, np.array([0.0, 900.0, 0.0])), 300, np.zeros(3), 900.0)
    sound = joined([wrong[:250], wrong[251:300], wrong[301:]])
    assert np.array_equal(columns(without_glitches(wrong)), columns(sound))
    assert without_glitches(REST) is REST


def test_a_second_one_is_asked_of_the_last_sound_one() -> None:
    wrong = _with(REST, 250, np.array([0.0, 2000.0, 0.0]))
    assert _rows(_with(wrong, 251, np.array([0.0, 400.0, 0.0]))) == [250, 251]


def test_the_last_sample_waits_for_the_one_after_it() -> None:
    wrong = _with(REST, 250, np.array([0.0, 900.0, 0.0]))
    assert glitches(columns(wrong[:251])) == ([], [], True)
    assert len(joined(_grid(wrong[:251]))) == len(joined(_grid(REST[:251])))
    first = wrong[231:251]
    assert len(joined(_grid(first))) == len(joined(_grid(REST[231:251])))


@pytest.mark.parametrize(
    ("off_dps", "acc_ms2", "is_told"),
    [(750.0, 0, True), (0, 400.0, True), (650.0, 0, False), (0, 250.0, False)],
)
def test_what_happens_over_and_over_is_told_once_and_in_its_place(
    off_dps: float, acc_ms2: float, *, is_told: bool
) -> None:
    right = wrong = Leg().rest(2).reps(3, pause=2.0).samples()
    for row in (900, 1100, 1320, 1400):
        wrong = _with(wrong, row, np.array([0.0, off_dps, 0.0]), acc_ms2)
    for cuts in ([], [1321], [1200, 1320, 1322, 1340]):
        tracker, last_s, told_s = PoseTracker(), 0.0, list[float]()
        ends = [*cuts, len(wrong)]
        chunks = [wrong[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
        for item in [one for chunk in chunks for one in tracker.update(chunk)]:
            if isinstance(item, Warn):
                assert item.code == "glitches"
                told_s.append(last_s)
            elif isinstance(item, Poses):
                last_s = float(item.time_s[-1])
        assert told_s == ([pytest.approx(13.18)] if is_told else [])
        told, as_it_was = (columns(joined(_grid(*some))) for some in (chunks, [right]))
        assert told[4:] == pytest.approx(as_it_was[4:], abs=0.01)


def _grid(*chunks: Samples) -> list[Samples]:
    grid = Grid()
    told = [run for chunk in chunks for run in grid.update(chunk)] + grid.finish()
    return [run for run in told if isinstance(run, Samples)]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_chunks_give_the_same_samples(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(30, 60), max_size=12))
    offs = st.sampled_from([-2000.0, -400.0, 300.0, 310.0, 400.0, 2000.0])
    wrong = STROKE[150:301]
    for row in rows:
        wrong = _with(wrong, row, np.array([data.draw(offs), data.draw(offs), 0.0]))
    cuts = sorted(data.draw(st.lists(st.integers(0, 151), max_size=20)))
    chunks = [wrong[a:b] for a, b in zip([0, *cuts], [*cuts, 151], strict=True)]
    whole, parts = (columns(joined(runs)) for runs in (_grid(wrong), _grid(*chunks)))
    assert np.array_equal(whole, parts)
