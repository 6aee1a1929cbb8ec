"""Sets and legs: what a whole set says that one rep cannot, each with its unit and formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from imu_reps.balance.metrics import METRICS, Metric, is_whole
from imu_reps.core.events import Attempt, Event, Partial, Rep, SetEnd, Summary
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg, Mount

Side = dict[str, float | int | None]
"""The numbers of one leg by their names; None where one cannot be known."""

LEAST_TO_FADE = 3
"""With fewer reps a set has no last third."""


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One set: its reps and partials, in order; at least one of either."""

    leg: Leg
    mount: Mount
    reps: tuple[Rep, ...]
    partials: tuple[Partial, ...]

    @property
    def movement(self) -> str:
        return self.attempts[0].movement

    @property
    def number(self) -> int:
        return self.attempts[0].set

    @property
    def start_s(self) -> float:
        return self.attempts[0].start_s

    @property
    def end_s(self) -> float:
        return max(one.end_s for one in self.attempts)

    @property
    def whole(self) -> list[Rep]:
        """The reps that were seen to their end: those that are compared."""
        return [rep for rep in self.reps if is_whole(rep)]

    @property
    def attempts(self) -> list[Attempt]:
        """Reps and partials in the order in which they were made."""
        both: list[Attempt] = [*self.reps, *self.partials]
        return sorted(both, key=lambda one: one.start_s)


def values_of(sets: Sequence[DoneSet], metric: Metric) -> Floats:
    """The metric's value (n,) of each rep of these sets."""
    return _all(sets, metric.of)


def sets_of(events: Iterable[Event]) -> list[DoneSet]:
    """The sets in these events, of one recording or of several one after the other."""
    done: list[DoneSet] = []
    seen: list[Attempt] = []
    for event in events:
        if isinstance(event, Attempt):
            seen.append(event)
        elif isinstance(event, SetEnd | Summary) and seen:
            done.append(_done(seen))
            seen = []
    return [*done, _done(seen)] if seen else done


def _done(seen: Sequence[Attempt]) -> DoneSet:
    return DoneSet(
        seen[0].leg,
        seen[0].mount,
        tuple(event for event in seen if isinstance(event, Rep)),
        tuple(event for event in seen if isinstance(event, Partial)),
    )


def reps(sets: Sequence[DoneSet]) -> float:
    """Reps, a count: the attempts that reached at least 60 % of the set's typical excursion."""
    return float(sum(len(one.reps) for one in sets))


def partials(sets: Sequence[DoneSet]) -> float:
    """Partials, a count: the attempts that reached 20 to 60 % of the set's typical excursion."""
    return float(sum(len(one.partials) for one in sets))


def tension_total_s(sets: Sequence[DoneSet]) -> float:
    """Time under tension of all reps, s: the sum of end - start over the reps."""
    return float(sum(rep.end_s - rep.start_s for one in sets for rep in one.reps))


def hold_least_s(sets: Sequence[DoneSet]) -> float:
    """Shortest hold, s: the least of the reps' holds."""
    return float(_all(sets, _hold).min())


def hold_varies_percent(sets: Sequence[DoneSet]) -> float | None:
    """Variation of the hold, %: 100 * standard deviation (n - 1) / mean over the reps of a set;
    the mean of the sets. Nothing with one rep or a mean of zero.
    """
    return _varies(sets, _hold)


def out_varies_percent(sets: Sequence[DoneSet]) -> float | None:
    """Variation of the out time, %: 100 * standard deviation (n - 1) / mean over the reps of a set;
    the mean of the sets.
    """
    return _varies(sets, lambda rep: rep.out_s)


def back_varies_percent(sets: Sequence[DoneSet]) -> float | None:
    """Variation of the back time, %: 100 * standard deviation (n - 1) / mean over the reps of a
    set; the mean of the sets.
    """
    return _varies(sets, lambda rep: rep.back_s)


def rom_varies_percent(sets: Sequence[DoneSet]) -> float | None:
    """Variation of the range, %: 100 * standard deviation (n - 1) / mean over the reps of a set;
    the mean of the sets.
    """
    return _varies(sets, lambda rep: rep.rom_deg)


SetMetric = Callable[[Sequence[DoneSet]], float | None]

SET_METRICS: dict[SetMetric, tuple[str, str]] = {
    tension_total_s: ("tension time, all reps", "s"),
    hold_least_s: ("shortest hold", "s"),
    hold_varies_percent: ("variation of the hold", "%"),
    out_varies_percent: ("variation of out", "%"),
    back_varies_percent: ("variation of back", "%"),
    rom_varies_percent: ("variation of the range", "%"),
}
"""Title and unit of what is told of each leg without a verdict: one number a set is too few."""


def hold_reached_percent(sets: Sequence[DoneSet], target_s: float) -> float | None:
    """Holds that reached the target, %: 100 * reps with hold >= target / reps. The target is the
    movement's usual hold, or what the user names; nothing where there is none.
    """
    return float(100 * (_all(sets, _hold) >= target_s).mean()) if target_s > 0 else None


def fade_percent(sets: Sequence[DoneSet], metric: Metric) -> float | None:
    """Fade of a metric, %: 100 * (mean of the last third - mean of the first third) / mean of the
    first third of a set's reps (n // 3 of them); the mean of the sets. Below zero: it fell.
    Nothing with fewer than three reps or where the first third is zero.
    """
    fades = [_fade(values_of([one], metric)) for one in sets if len(one.whole) >= LEAST_TO_FADE]
    return _mean([fade for fade in fades if fade is not None])


def leg_numbers(sets: Sequence[DoneSet], target_s: float) -> Side:
    """Everything that is told of one leg's sets."""
    told: Side = {
        "sets": len(sets),
        "reps": int(reps(sets)),
        "partials": int(partials(sets)),
    }
    some = any(one.whole for one in sets)
    for metric in METRICS:
        told[metric.name] = _rounded(float(_all(sets, metric.of).mean()) if some else None)
    for of in SET_METRICS:
        told[_name(of)] = _rounded(of(sets) if some else None)
    told["hold_reached_percent"] = _rounded(hold_reached_percent(sets, target_s) if some else None)
    for metric in METRICS:
        told[f"{metric.name}_fade_percent"] = _rounded(fade_percent(sets, metric))
    return told


def _name(of: SetMetric) -> str:
    return str(getattr(of, "__name__", ""))


def _hold(rep: Attempt) -> float:
    return rep.hold_s


def _all(sets: Sequence[DoneSet], of: Callable[[Attempt], float]) -> Floats:
    return np.array([of(rep) for one in sets for rep in one.whole], dtype=float)


def _varies(sets: Sequence[DoneSet], of: Callable[[Attempt], float]) -> float | None:
    sides = [_all([one], of) for one in sets if len(one.whole) > 1]
    return _mean([100 * float(x.std(ddof=1) / x.mean()) for x in sides if x.mean() > 0])


def _fade(values: Floats) -> float | None:
    third = len(values) // 3
    first, last = float(values[:third].mean()), float(values[-third:].mean())
    return 100 * (last - first) / first if first > 0 else None


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
