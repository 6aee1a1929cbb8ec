"""Which set of a plan it is the turn of, and which comes after; a person may change the order."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from imu_reps.core.words import Leg
from imu_reps.session.planning.plan import Plan, Step


class Course:
    """The way through a plan: `step` is the set that is under way, or comes next."""

    def __init__(self, plan: Plan) -> None:
        self._ahead = deque(plan.steps())
        self.step = self._ahead.popleft()

    @property
    def upcoming(self) -> Step | None:
        """The set after this one; None after the last."""
        if self.step.sets is None:
            return self.step.again()
        return self._ahead[0] if self._ahead else None

    def advance(self) -> bool:
        """Go to the set after this one; False where this is the last."""
        after = self.upcoming
        if after is None:
            return False
        if self.step.sets is not None:
            self._ahead.popleft()
        self.step = after
        return True

    def put_off(self) -> None:
        """Do this set later; where there is always one more, nothing has to be kept for it."""
        if self.step.sets is not None:
            self._ahead.appendleft(self.step)

    def change_leg(self, leg: Leg, number: int) -> None:
        """Go to the next set of this leg; where none is planned, to one more, of this number."""
        planned = next((step for step in self._ahead if step.leg is leg), None)
        if planned is not None:
            self._ahead.remove(planned)
        self.step = planned or replace(self.step, leg=leg, number=number)
