"""The screen in front, the counting behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from imu_reps.display.behind import behind
from imu_reps.display.screen.app import LiveScreen
from imu_reps.display.screen.feed import Feed
from imu_reps.display.screen.look import look_here
from imu_reps.session.coaching.keys import Key


def behind_screen(
    work: Callable[[], None], feed: Feed, press: Callable[[Key], None], keys: Collection[Key]
) -> None:
    """Do `work` while a screen shows what the feed is given; raises what the work raised.

    When the screen is gone first, its terminal for instance, the work is waited for all the same.
    """
    with behind(work, feed.end):
        LiveScreen(feed, press, keys, look_here()).run()
