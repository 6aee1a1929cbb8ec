"""Counting behind what shows it, in a thread of its own, which no terminal stalls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def behind(work: Callable[[], None], over: Callable[[], None]) -> Iterator[None]:
    """Do `work` meanwhile, and `over` right after it; raises what the work raised.

    Who leaves first waits for it all the same.
    """
    failed: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            over()

    thread = threading.Thread(target=guarded, name="counting")
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failed:
        raise failed[0]
