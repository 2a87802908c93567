"""Authenticator factors (TOTP, RFC 6238): their secrets, and which codes were already used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path

import pyotp

PERIOD = 30  # seconds a code is shown for
DRIFT = 1  # steps that a phone's clock may be off, to either side (RFC 6238, 5.2)

_SCHEMA = """CREATE TABLE IF NOT EXISTS factors
    (id TEXT PRIMARY KEY, uid TEXT NOT NULL, secret TEXT NOT NULL, last_step INTEGER NOT NULL)"""


@dataclass(frozen=True)
class Factor:
    id: str  # the enrolment's id in Auth
    uid: str
    secret: str  # base 32, as authenticator apps take it
    last_step: int  # number of the 30-second step whose code was accepted last

    def code(self, step: int) -> str:
        return pyotp.TOTP(self.secret).generate_otp(step)

    def next_step(self, now: float) -> int:
        """The first step from now on whose code was not used; accepted from one step before it on."""
        return max(int(now) // PERIOD, self.last_step + 1)


def matching_step(secret: str, code: str, now: float) -> int | None:
    """The step, within the permitted drift, that `code` belongs to."""
    current = int(now) // PERIOD
    totp = pyotp.TOTP(secret)
    for step in range(current - DRIFT, current + DRIFT + 1):
        if compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


class FactorStore:
    """SQLite file; one process writes (the proxy), others may read."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as db, db:
            db.execute(_SCHEMA)
        file.chmod(0o600)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=10)

    def _factors(self, where: str, *values: str) -> list[Factor]:
        with closing(self._connect()) as db:
            rows = db.execute(f"SELECT id, uid, secret, last_step FROM factors {where}", values)
            return [Factor(*row) for row in rows]

    def ids(self) -> frozenset[str]:
        return frozenset(factor.id for factor in self._factors(""))

    def get(self, factor_id: str) -> Factor | None:
        return next(iter(self._factors("WHERE id = ?", factor_id)), None)

    def of(self, uid: str) -> list[Factor]:
        """The factors of one account, the newest last."""
        return self._factors("WHERE uid = ? ORDER BY rowid", uid)

    def add(self, factor: Factor) -> None:
        with closing(self._connect()) as db, db:
            db.execute(
                "INSERT INTO factors VALUES (?, ?, ?, ?)",
                (factor.id, factor.uid, factor.secret, factor.last_step),
            )

    def remove(self, factor_id: str) -> None:
        with closing(self._connect()) as db, db:
            db.execute("DELETE FROM factors WHERE id = ?", (factor_id,))

    def accept(self, factor_id: str, code: str, now: float) -> bool:
        """Whether the code is right and new; a code is accepted once, and none older than the last."""
        factor = self.get(factor_id)
        step = matching_step(factor.secret, code, now) if factor else None
        if step is None:
            return False
        with closing(self._connect()) as db, db:
            used = db.execute(
                "UPDATE factors SET last_step = ? WHERE id = ? AND last_step < ?", (step, factor_id, step)
            )
            return used.rowcount == 1
