"""How far walks have come, in memory, under the contract of tests/emulator/test_sweep_stores_contract.py."""

from __future__ import annotations

from collections.abc import Mapping


class FakeCursorStore:
    """Fulfils ports.CursorStore."""

    def __init__(self) -> None:
        self.positions: dict[str, str] = {}

    def all(self) -> Mapping[str, str]:
        return dict(self.positions)

    def put(self, name: str, position: str) -> None:
        self.positions[name] = position
