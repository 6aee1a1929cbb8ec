"""How a limb goes from one end to the other: smooth shapes of progress over a stroke's time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betainc

from imu_reps.core.samples import Floats

Shape = Literal["minimum-jerk", "cosine", "early", "late", "sticking"]
SHAPES: tuple[Shape, ...] = ("minimum-jerk", "cosine", "early", "late", "sticking")


def progress(shape: Shape, part: Floats) -> Floats:
    """How far (n,), 0 to 1, a stroke has come after these parts (n,), 0 to 1, of its time.

    The minimum-jerk stroke (Flash and Hogan 1985) is the regularised beta function of 3 and 3;
    other parameters lean it early or late. A sticking stroke slows down half-way.
    """
    part = np.clip(part, 0.0, 1.0)
    if shape == "cosine":
        return 0.5 - 0.5 * np.cos(np.pi * part)
    if shape == "sticking":
        # Two strokes, the second begun before the first is over: slow between, never back.
        first, second = np.clip(part / 0.55, 0, 1), np.clip((part - 0.45) / 0.55, 0, 1)
        return 0.55 * betainc(3, 3, first) + 0.45 * betainc(3, 3, second)
    a, b = {"minimum-jerk": (3, 3), "early": (2.5, 3.5), "late": (3.5, 2.5)}[shape]
    done: Floats = betainc(a, b, part)
    return done


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out and back as a person means to make it.

    `reach` is the far end as a part of the athlete's range; `lift` is where the next attempt
    begins: 0 at rest, more for touch-and-go. `hesitation_s` is a stop half-way out. `creep` is
    how much of the range is gained during the hold.
    """

    reach: float
    out_s: float
    hold_s: float
    back_s: float
    pause_s: float
    out_shape: Shape = "minimum-jerk"
    back_shape: Shape = "minimum-jerk"
    hesitation_s: float = 0.0
    creep: float = 0.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a trajectory: from one amount to another in so much time."""

    begin: float
    end: float
    lasts_s: float
    shape: Shape = "minimum-jerk"


def spans_of(attempts: tuple[Attempt, ...]) -> list[Span]:
    """The trajectory of a set, part by part, from rest to rest."""
    spans: list[Span] = []
    at = 0.0
    for number, attempt in enumerate(attempts):
        last = number == len(attempts) - 1
        top = attempt.reach - attempt.creep
        if attempt.hesitation_s:
            half = (at + top) / 2
            spans.append(Span(at, half, attempt.out_s / 2, attempt.out_shape))
            spans.append(Span(half, half, attempt.hesitation_s))
            spans.append(Span(half, top, attempt.out_s / 2, attempt.out_shape))
        else:
            spans.append(Span(at, top, attempt.out_s, attempt.out_shape))
        spans.append(Span(top, attempt.reach, attempt.hold_s, "cosine"))
        at = 0.0 if last else attempt.lift
        spans.append(Span(attempt.reach, at, attempt.back_s, attempt.back_shape))
        spans.append(Span(at, at, attempt.pause_s))
    return spans


def trajectory(spans: list[Span], rate_hz: float) -> Floats:
    """The amounts (n,) at so many a second."""
    pieces = []
    for span in spans:
        rows = round(span.lasts_s * rate_hz)
        done = progress(span.shape, np.arange(rows) / max(rows, 1))
        pieces.append(span.begin + (span.end - span.begin) * done)
    return np.concatenate(pieces) if pieces else np.empty(0)
