"""Sets in words, for fixtures whose numbers one can work out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imu_reps.core.events import Event, Partial, Rep, SetEnd
from imu_reps.core.words import Leg, Mount


def a_rep(leg: Leg, number: int = 1, hold_s: float = 1.0, **changes: object) -> Rep:
    """One second out, two back, 30 degrees; ten seconds from one rep to the next."""
    rep = Rep(
        set=1,
        number=number,
        movement="single-leg-bridge",
        leg=leg,
        mount=Mount.THIGH,
        start_s=10.0 * number,
        out_s=1.0,
        hold_s=hold_s,
        back_s=2.0,
        end_s=10.0 * number + 3.0 + hold_s,
        rom_deg=30.0,
        wobble_deg=1.0,
        peak_out_dps=50.0,
        peak_back_dps=30.0,
    )
    return replace(rep, **changes)  # type: ignore[arg-type]


def a_set(leg: Leg, holds_s: Sequence[float], **changes: object) -> list[Event]:
    """A set with these holds."""
    reps = [a_rep(leg, number, s, **changes) for number, s in enumerate(holds_s, start=1)]
    return [*reps, SetEnd(1, len(reps), 0, 99.0)]


def a_partial(leg: Leg, start_s: float) -> Partial:
    """Half a rep."""
    rep = a_rep(leg)
    told = {name: getattr(rep, name) for name in rep.as_dict() if name not in {"event", "number"}}
    lasts_s = rep.end_s - rep.start_s
    return Partial(
        **told | {"start_s": start_s, "end_s": start_s + lasts_s, "rom_deg": 15.0}, reason="range"
    )
