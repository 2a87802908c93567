"""Reading while sending: the network of one is idle while the other works."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def read_ahead(items: Iterator[T]) -> Iterator[T]:
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
