"""Public keys of municipalities in memory."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.signature import PublicKey
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.alert_values import TERC


class FakeKeyStore:
    """Fulfils ports.KeyStore; one municipality is served and has no key yet."""

    def __init__(self, terc: str = TERC) -> None:
        self.keys: dict[str, tuple[PublicKey, ...]] = {terc: ()}
        self._writes = 0

    def get(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        return Versioned(self.keys[terc], self._writes) if terc in self.keys else None

    def replace(self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]) -> None:
        if before.token != self._writes:
            raise Conflict
        self.keys[terc] = tuple(keys)
        self._writes += 1
