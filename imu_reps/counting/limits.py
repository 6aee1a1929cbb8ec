"""The limits of the rep cycle: most are parts of the attempt's own excursion or of the range.

So a strap that sees 8 degrees and one that sees 80 are served by the same machine.
"""

LEAVE_DEG = 3.0
"""An excursion that may be an attempt: half of the least that any mount is trusted with."""

LEAVE_PART = 0.2
"""Of the range: less than this is no attempt (contract)."""

TURNED_PART = 0.75
"""Of the peak: below it the way back has begun; the far quarter is where a hold may wobble."""

HOME_PART = 0.1
"""Of the peak: below it the segment is home (contract: the rep's end)."""

AGAIN_PART = 0.35
"""Of the peak: turning round or stopping below it ends a rep, above it is a hesitation."""

TURN_PART = 0.15
"""Of the peak: rising by so much is a turn, not a wobble."""

WAY_PART = 0.5
"""Of the largest excursion so far: only such an attempt shows which way the movement goes."""

STILL_DEG = 0.5
"""RMS turn over `motion.tracker.STILL_S` of a limb that lies or hangs still (lying: 0.3-1)."""

STILL_PART = 0.025
"""Of the range: the same where that is more; slow strokes (6 s) have 0.05 half-way."""

SHORTEST_S = 1.2
"""What is over sooner is not a rep (domain), but among others that are nearly as quick."""

SHORTEST_REP_S = 0.6
"""Half of `SHORTEST_S`: the quickest of 79 sets of real legs (UCI) have reps of 1.0 s. A partial
attempt, which is smaller, is over as soon as that where it is only a wobble between two reps.
"""

LONGEST_S = 20.0
"""No rep lasts longer (domain: 1-20 s)."""

HIDDEN_PART = 0.5
"""Of the time that the strokes out and back take in a set: nobody does both in so little of it, so
where less than that is missing, no rep is.
"""

BREAK_S = 20.0
"""So long without an attempt, and the set is over: no rest between two reps takes longer."""

REST_S = 0.7
"""A shorter rest is part of touch-and-go, and tells nothing of the rest pose."""

REST_MEAN_S = 3.0
"""The rest pose is the mean over so long before an attempt: a period or more of most sway."""

SLOW_TURN_TIMES = 1.5
"""Of the way back from 75 to 10 %: so long a minimum-jerk turn takes below 10 and up to 20 %."""

PERIOD_S = 30.0
"""From one rep's far end to the next: the longest rep and half of the longest rest."""

FULL_PART = 0.6
"""Of what is typical: an attempt that reaches less is a partial one (contract)."""

OVER_TIMES = 2.0
"""Of what is typical: nobody goes twice as far in a rep as in the others."""

SCALES_DEG = (3.0, 5.0, 8.0, 13.0, 21.0)
"""Sizes of the turns that a pattern is looked for in: each larger than some sway, each less than
twice the one before, as the strokes of a set differ by up to that.
"""

REACHED_PART = 0.8
"""Of the stroke before: so far, and the stroke is a like one ."""

NEAR_PART = 0.4
"""Of the stroke: turns so near to each other are at the same end (touch-and-go: a third)."""

PLACE_PART = 0.3
"""Of the stroke: who is so near to an end is there, and not on the way."""

ASIDE_PART, ASIDE_DEG = 0.8, 8.0
"""Of the stroke, and at least: who has come from farther away was not yet in position. A first rep
may begin from beyond where the others do, as the limb does not go all the way back between them.
"""

SETTLED_S = 1.5
"""Still for so long on the way back: nobody hesitates longer, that is the new rest pose."""

LOOK_BACK_S = 80.0
"""So far back is looked for a set's first rep: three of the longest reps and rests."""

CLEAR_DEG = 12.0
"""From here on (domain: FAIR) fewer reps make a set than of weaker ones."""

SAME_TIME_PART = 0.5
"""Of the longer one: like attempts take about as long, a hold more or less."""

BRISK_S = 1.2
"""A rep takes 2.5 s and more (domain), of which it is above 30 % for 0.6: it takes more of quicker
ones, as two like ones may be somebody shuffling into position, and of small ones more still.
"""


def hides_s(strokes_s: float) -> float:
    """So much must be missing for a rep with such strokes to be missing."""
    return max(SHORTEST_S, HIDDEN_PART * strokes_s)


def part(one: float, other: float) -> float:
    """The smaller one as a part of the larger one."""
    return min(one, other) / max(one, other, 1e-9)
