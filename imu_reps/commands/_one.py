"""One sensor, on one leg after the other: what `imu-reps live` does with one port or none."""

from __future__ import annotations

import time

from imu_reps.commands._files import Files, Places, one_file
from imu_reps.commands._finish import keep, tell_balance
from imu_reps.commands._options import say
from imu_reps.commands._plan import plan_from
from imu_reps.commands._print import print_events
from imu_reps.commands._show import Counting, Show
from imu_reps.core.events import Summary
from imu_reps.formats.raw import beside
from imu_reps.ports.reader import Taken
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.planning.words import Words, plan_text
from imu_reps.session.sensors.finding import Wanted, find
from imu_reps.session.sensors.wire import reading
from imu_reps.session.stopping import stopping
from imu_reps.session.stream.capturing import capturing
from imu_reps.session.stream.steps import Inbox
from imu_reps.session.training.one_sensor import Wiring, trained


def count_one(wanted: Wanted, words: Words, files: Files, show: Show) -> int:
    """Count what the sensor sees until the plan is done or somebody ends it; the status."""
    plan = plan_from(words)
    places = Places(files.record, plan, show.ends_by, one_file)
    capture = files.capture
    if capture is not None and not capture.name:
        capture = beside(places.first[0])
    chosen = plan.exercises[0].setup
    with stopping() as stop, capturing(capture, wanted, chosen, say) as kept:
        found = find(wanted, say, stop, kept.tap)
        say(f"counting {plan_text(plan)}")
        if found is None:
            print_events([Summary((), 0, 0.0, 0)], as_json=show.as_json)
            return stop.status
        say(str(found))
        if found.sensor.remark is not None:
            say(found.sensor.remark)
        try:
            with reading(found, Taken(), kept.tap, show.gather_s) as sensor:
                sensor.listen(stop)

                def count(sinks: Sinks) -> Counting:
                    inbox = Inbox()
                    guide = Guide(Coach(plan), inbox.put, time.monotonic, sinks)
                    wiring = Wiring(sensor, guide, inbox, kept.sink)
                    events = trained(wiring, lambda one: places.take(one)[0], stop)
                    return Counting(guide, lambda: events)

                show.session(count)
        finally:
            keep(places.made)
    if sensor.bad_frames:
        say(f"{sensor.bad_frames} damaged frames were left out")
    if not show.as_json:
        tell_balance(places.made, plan.exercises[0].target.hold_s, plain=show.plain)
    return stop.status
