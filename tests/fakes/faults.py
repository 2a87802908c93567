"""Deaths at a chosen moment: a wrapper about a fake that ends the process before or after its n-th call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar, cast

T = TypeVar("T")
STREAMING = (".stream", ".entries", ".send")  # answers that are read as they come


class DiedError(Exception):
    """The process is gone: nothing after this moment happened."""


@dataclass
class Faults:
    """Counts the calls of all wrapped fakes; at call number `at` the process dies, once."""

    at: int | None = None
    at_call: str | None = None  # instead of `at`: the first call of this name
    after: bool = False  # the call took effect, but nobody lived to see it
    more: dict[int, bool] = field(default_factory=dict)  # numbers of further calls: whether after it
    calls: int = 0
    log: list[str] = field(default_factory=list)

    def wrap(self, fake: T, name: str) -> T:
        return cast(T, _Wrapped(fake, name, self))

    def random(self, rng: Random, deaths: int, among: int) -> None:
        """Die `deaths` times, each at a random one of the calls since the last, before or after it."""
        gaps = [rng.randint(1, max(1, among // deaths)) for _ in range(deaths)]
        self.more = {sum(gaps[: number + 1]): rng.random() < 0.5 for number in range(deaths)}

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        self.calls += 1
        self.log.append(name)
        dies, after = self._fate(name)
        if dies and not after:
            raise DiedError(name)
        result = call()
        if isinstance(result, Iterator):
            result = list(result)
        if dies:
            raise DiedError(name)
        return iter(result) if name.endswith(STREAMING) else result

    def _fate(self, name: str) -> tuple[bool, bool]:
        if self.calls in self.more:
            return True, self.more[self.calls]
        dies = self.calls == self.at or name == self.at_call
        if name == self.at_call:
            self.at_call = None
        return dies, self.after


class _Wrapped:
    def __init__(self, fake: object, name: str, faults: Faults) -> None:
        self._fake, self._name, self._faults = fake, name, faults

    def __getattr__(self, method: str) -> Any:
        call = getattr(self._fake, method)
        return lambda *args, **named: self._faults.around(
            f"{self._name}.{method}", lambda: call(*args, **named)
        )
