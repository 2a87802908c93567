"""Tokens that name a member of staff outright."""

from __future__ import annotations

from shared.domain.alert import Person
from shared.errors import Forbidden, Unauthenticated
from shared.ports import Staff
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC

NEIGHBOUR = "1201032"


def staff(person: Person, *roles: str, terc: str = TERC) -> Staff:
    return Staff(person, terc, frozenset(roles))


STAFF = {
    "anna": staff(AUTHOR, "author"),
    "piotr": staff(APPROVER, "approver"),
    "ewa": staff(Person("uid-ewa", "Ewa Zielińska"), "author", "approver"),
    "adam": staff(Person("uid-adam", "Adam Nowak"), "admin"),
    "beata": staff(Person("uid-beata", "Beata Nowak"), "admin"),
    "jan": staff(Person("uid-jan", "Jan Obcy"), "author", "approver", terc=NEIGHBOUR),
}


class FakeTokenVerifier:
    """Fulfils ports.TokenVerifier: a token is a key of `staff`."""

    def __init__(self) -> None:
        self.staff = dict(STAFF)

    def verify(self, token: str, terc: str = "") -> Staff:
        if token not in self.staff:
            raise Unauthenticated("token-invalid")
        found = self.staff[token]
        if terc not in ("", found.terc):
            raise Forbidden("no-municipality")
        return found
