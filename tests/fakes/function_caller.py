"""Direct calls of functions, written down."""

from __future__ import annotations

from collections.abc import Mapping


class FakeFunctionCaller:
    """Fulfils ports.FunctionCaller; `broken` is raised, `reached` False is the function being away."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Mapping[str, str | int]]] = []
        self.reached = True
        self.broken: Exception | None = None

    def call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        self.calls.append((function, payload))
        if self.broken:
            raise self.broken
        return self.reached
