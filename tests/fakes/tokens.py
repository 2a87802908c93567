"""Tokens that name a member of staff outright."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.alert import Person
from shared.domain.staff import Kind
from shared.domain.staff_session import Proof
from shared.errors import Forbidden, Unauthenticated
from shared.ports import Clock, Staff
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC
from tests.fakes.clock import SUNDAY_NIGHT, FakeClock

NEIGHBOUR = "1201032"


FRESH = Proof(SUNDAY_NIGHT, fresh_for=timedelta(days=10_000))


def staff(person: Person, *roles: str, terc: str = TERC) -> Staff:
    """Signed in when tests' clocks begin, and always fresh enough."""
    return Staff(person, terc, frozenset(roles), proof=FRESH)


STAFF = {
    "anna": staff(AUTHOR, "author"),
    "piotr": staff(APPROVER, "approver"),
    "ewa": staff(Person("uid-ewa", "Ewa Zielińska"), "author", "approver"),
    "kasia": staff(Person("uid-kasia", "Kasia Dyżurna"), "crisis"),
    "dorota": staff(Person("uid-dorota", "Dorota Audytor"), "auditor"),
    "adam": staff(Person("uid-adam", "Adam Nowak"), "admin"),
    "beata": staff(Person("uid-beata", "Beata Nowak"), "admin"),
    "jan": staff(Person("uid-jan", "Jan Obcy"), "author", "approver", terc=NEIGHBOUR),
}


class FakeTokenVerifier:
    """Fulfils ports.TokenVerifier: a token is a key of `staff`, whose sign-in is as old as its first use."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.staff = dict(STAFF)
        self.elsewhere: dict[tuple[str, str], Staff] = {}  # by token and TERC
        self.signed_in: dict[str, datetime] = {}
        self._clock = clock or FakeClock()

    def is_sealed(self, token: str) -> bool:
        if token not in self.staff:
            raise Unauthenticated("token-invalid")
        return self.staff[token].kind is Kind.BREAK_GLASS

    def verify(self, token: str, terc: str = "") -> Staff:
        if token not in self.staff:
            raise Unauthenticated("token-invalid")
        found = self.staff[token]
        if terc not in ("", found.terc):
            if (token, terc) not in self.elsewhere:
                raise Forbidden("no-municipality")
            found = self.elsewhere[token, terc]
        signed_in = self.signed_in.setdefault(token, self._clock.now().replace(microsecond=0))
        return replace(found, proof=replace(found.proof, signed_in=signed_in))
