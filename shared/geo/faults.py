"""What is wrong with a shape from outside, in the words of messages.toml."""

from __future__ import annotations


class Fault(Exception):
    """What is wrong, by message code; `at` in the parameters is the path inside the GeoJSON."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
