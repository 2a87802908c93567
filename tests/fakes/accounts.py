"""Sign-ins in memory, under the contract of tests/emulator/test_accounts_contract.py."""

from __future__ import annotations

from shared.errors import Unavailable


class FakeAccountStore:
    """Fulfils ports.AccountStore; a test fills `residents` and `staff` with uids, or makes it `broken`."""

    def __init__(self) -> None:
        self.residents: set[str] = set()
        self.staff: set[str] = set()
        self.broken = False

    def delete(self, uid: str) -> bool:
        if self.broken:
            raise Unavailable
        known = uid in self.residents
        self.residents.discard(uid)
        return known
