"""How far walks have come, in memory, under the contract of tests/emulator/test_sweep_stores_contract.py."""

from __future__ import annotations


class FakeCursorStore:
    """Fulfils ports.CursorStore."""

    def __init__(self) -> None:
        self.positions: dict[str, str] = {}

    def get(self, name: str) -> str:
        return self.positions.get(name, "")

    def put(self, name: str, position: str) -> None:
        self.positions[name] = position
