"""The screen in front, the counting behind it in a thread of its own, which no terminal stalls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection

from imu_reps.display.screen.app import LiveScreen
from imu_reps.display.screen.feed import Feed
from imu_reps.display.screen.look import look_here
from imu_reps.session.keys import Key


def behind_screen(
    work: Callable[[], None], feed: Feed, press: Callable[[Key], None], keys: Collection[Key]
) -> None:
    """Do `work` while a screen shows what the feed is given; raises what the work raised.

    When the screen is gone first, its terminal for instance, the work is waited for all the same.
    """
    failed: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            feed.is_over = True

    thread = threading.Thread(target=guarded, name="counting")
    thread.start()
    try:
        LiveScreen(feed, press, keys, look_here()).run()
    finally:
        thread.join()
    if failed:
        raise failed[0]
