"""One plain line an event: for a terminal, a pipe, a screen reader alike.

Those of attempts and of a set's start fit 80 columns: a partial's reason stands where a rep has its
wobble.
"""

from __future__ import annotations

from collections.abc import Sequence

from imu_reps.core.events import (
    Attempt,
    Event,
    Gap,
    OfASet,
    Partial,
    Rep,
    SetEnd,
    SetStart,
    SetTotal,
    Summary,
    Warn,
)
from imu_reps.core.words import many
from imu_reps.session.coaching.cues import Cue, Kind

_WHY = {"range": "range too short", "label": "by hand"}
"""Why an attempt is a partial."""

_CUES = {
    Kind.HOLD,
    Kind.LAST_REP,
    Kind.REST_OVER,
    Kind.NEXT,
    Kind.DONE,
    Kind.FOUND,
    Kind.KEY,
}
"""Cues that no event tells."""


def event_line(event: Event) -> str:
    """The line, or for a summary the lines, that tell a person of an event."""
    match event:
        case Summary():
            return _summary(event)
        case Warn():
            return f"warning: {event.text}"
        case _:
            return f"{clock(_when_s(event))}  {_what(event)}"


def cue_line(cue: Cue) -> str | None:
    """The line for a cue; None where an event's line has told it, or nobody reads that fast."""
    return f"{clock(cue.time_s)}  {cue.text}" if cue.kind in _CUES else None


def _when_s(event: OfASet | Gap) -> float:
    return event.time_s if isinstance(event, SetStart | SetEnd) else event.end_s


def _what(event: OfASet | Gap) -> str:
    match event:
        case SetStart():
            return f"set {event.set} begins: {_who(event)}"
        case Rep():
            return f"rep {event.number:>3}  {_parts(event)}  wobble {event.wobble_deg:3.1f}°"
        case Partial():
            return f"partial  {_parts(event)}  {_WHY.get(event.reason, event.reason)}"
        case SetEnd():
            return f"set {event.set} ends: {total_text(event.reps, event.partials)}"
        case Gap():
            return f"no data for {event.end_s - event.start_s:.1f} s"


def clock(time_s: float) -> str:
    """Minutes, seconds and tenths."""
    tenths = round(time_s * 10)
    return f"{tenths // 600:>3}:{tenths % 600 / 10:04.1f}"


def _who(done: SetStart | SetTotal) -> str:
    return f"{done.movement}, {done.leg} leg, {done.mount}"


def _parts(event: Attempt) -> str:
    return (
        f"{event.rom_deg:5.1f}°  out {event.out_s:4.1f} s  hold {event.hold_s:4.1f} s  "
        f"back {event.back_s:4.1f} s"
    )


def total_text(reps: int, partials: int) -> str:
    """What was counted: `8 reps and 1 partial`."""
    return many(reps, "rep") + (f" and {many(partials, 'partial')}" if partials else "")


def _summary(summary: Summary) -> str:
    lines = ["", "summary"]
    lines += [_set_line(total, summary.corrected) for total in summary.sets]
    by_hand = [one for one in summary.corrected or () if not one.set]
    lines += [f"  by hand {_set_text(one, total_text(one.reps, one.partials))}" for one in by_hand]
    lines += [] if lines[2:] else ["  no set was seen"]
    lines.append(
        f"  {summary.samples} samples in {clock(summary.duration_s).strip()}, "
        f"{summary.lost_samples} lost"
    )
    return "\n".join(lines)


def _set_line(total: SetTotal, corrected: Sequence[SetTotal] | None) -> str:
    told = total_text(total.reps, total.partials)
    if corrected is not None:
        after = [(one.reps, one.partials) for one in corrected if one.set == total.set]
        reps, partials = after[0] if after else (0, 0)
        if (reps, partials) != (total.reps, total.partials):
            text = total_text(reps, partials) if total.partials or partials else str(reps)
            told += f" ({text} after your corrections)"
    return f"  set {total.set}   {_set_text(total, told)}"


def _set_text(total: SetTotal, counted: str) -> str:
    return (
        f"{_who(total)}: {counted}, {clock(total.start_s).strip()} to {clock(total.end_s).strip()}"
    )
