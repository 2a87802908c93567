"""All requirements, in their order: importing a module takes its own into the list."""

from __future__ import annotations

from tests.app_contract import leaving, notifying, reading, receiving, writing
from tests.app_contract.requirement import REQUIREMENTS

MODULES = (writing, receiving, notifying, reading, leaving)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


ALL = tuple(sorted(REQUIREMENTS, key=lambda one: _order(one.number)))
