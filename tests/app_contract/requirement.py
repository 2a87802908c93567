"""A numbered requirement of docs/app-developers.md, and what shows that it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

W = TypeVar("W")


@dataclass(frozen=True)
class Requirement:
    """`show` takes the world and raises AssertionError with what was found instead."""

    number: str
    title: str
    show: Callable[..., None]


@dataclass(frozen=True)
class Finding:
    requirement: Requirement
    fault: str | None  # None: it holds

    def line(self) -> str:
        verdict = "pass" if self.fault is None else "FAIL"
        why = "" if self.fault is None else f": {self.fault}"
        return f"{verdict}  {self.requirement.number:<4} {self.requirement.title}{why}"


REQUIREMENTS: list[Requirement] = []


def requirement(number: str, title: str) -> Callable[[Callable[[W], None]], Callable[[W], None]]:
    """Takes a function into the list, in the order of the modules."""

    def take(show: Callable[[W], None]) -> Callable[[W], None]:
        REQUIREMENTS.append(Requirement(number, title, show))
        return show

    return take


def findings(world: object, wanted: Iterable[Requirement]) -> Iterable[Finding]:
    """One after the other: later ones build on what earlier ones did; each says so when that is missing."""
    for one in wanted:
        try:
            one.show(world)
        except Exception as error:  # noqa: BLE001 - told to whoever builds the app, and the next is tried
            yield Finding(one, f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
        else:
            yield Finding(one, None)
