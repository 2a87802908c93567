"""Reading while sending: the network of one is idle while the other works."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def read_ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """The same items, the next one made by a thread while the caller works on the one before.

    One ahead, no more: what was read and not sent is lost work when the alert is cancelled. An error of
    `items` is raised where its item would have come.
    """

    def pull() -> list[T]:
        return list(islice(items, 1))

    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(pull)
        while pulled := following.result():
            following = pool.submit(pull)
            yield pulled[0]


def read_together(streams: Iterable[Iterator[T]], at_once: int) -> Generator[T, None, None]:
    """The items of streams one after the other, so many streams at a time read whole by threads.

    For short ones, which take longer to ask for than to read. An error is raised where its stream's items
    would have come; streams that nobody waits for any more are not begun.
    """
    waiting = iter(streams)
    pool = ThreadPoolExecutor(at_once)
    try:
        reading = deque(pool.submit(list, stream) for stream in islice(waiting, at_once))
        while reading:
            items = reading.popleft().result()
            reading.extend(pool.submit(list, stream) for stream in islice(waiting, 1))
            yield from items
    finally:
        pool.shutdown(cancel_futures=True)
