"""What an import writes, in memory, under the contract of tests/emulator/test_area_import_contract.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shared.errors import Conflict, Unavailable
from shared.ports.area_import import Change, Documents

FRAMES = "areas/frames"


class FakeAreaImportStore:
    """Fulfils ports.AreaImportStore. `stored` are documents by path; `fails_after` so many writes."""

    def __init__(self) -> None:
        self.stored: dict[str, dict[str, Any]] = {}
        self.named: dict[str, frozenset[str]] = {}
        self.written: list[Change] = []
        self.fails_after: int | None = None
        self._tokens: dict[str, int] = {}

    def served(self) -> Sequence[str]:
        return sorted(path.partition("/")[2] for path in self.stored if path.startswith("municipalities/"))

    def documents(self, terc: str) -> tuple[Documents, object]:
        paths = {f"municipalities/{terc}", *(f"areas/{terc[:digits]}" for digits in (2, 4, 7))}
        beneath = (f"areas/{terc}/layers/", f"areas/{terc}/units/")
        found = {path: one for path, one in self.stored.items() if path in paths or path.startswith(beneath)}
        if own := self.stored.get(FRAMES, {}).get("frames", {}).get(terc):
            found[FRAMES] = {"kind": "frames", "frames": {terc: own}}
        return found, self._tokens.get(terc)

    def named_codes(self, terc: str) -> frozenset[str]:
        return self.named.get(terc, frozenset())

    def write(self, changes: Sequence[Change], tell: Callable[[int], None]) -> None:
        for done, change in enumerate(changes, 1):
            if self.fails_after is not None and len(self.written) >= self.fails_after:
                raise Unavailable
            self._apply(change)
            tell(done)

    def switch(self, terc: str, changes: Sequence[Change], token: object) -> None:
        if token != self._tokens.get(terc):
            raise Conflict
        for change in changes:
            self._apply(change)
        if any(change.path == f"areas/{terc}/layers/search" for change in changes):
            self._tokens[terc] = len(self.written)

    def _apply(self, change: Change) -> None:
        self.written.append(change)
        if change.fields is None:
            self.stored.pop(change.path, None)
            return
        before = self.stored.get(change.path, {}) if change.merge else {}
        self.stored[change.path] = _merged(before, change.fields)


def _merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """As Firestore merges: maps within maps, too."""
    both = {name: _merged(before[name], one) for name, one in now.items() if _are_maps(before.get(name), one)}
    return {**before, **now, **both}


def _are_maps(*values: object) -> bool:
    return all(isinstance(one, Mapping) for one in values)
