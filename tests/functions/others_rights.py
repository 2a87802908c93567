"""What a case of the description's fuzz needs to succeed of other people's rights and of the stand-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shared import wiring
from shared.domain.alert import Person
from shared.domain.grant import Grant
from shared.domain.staff import Membership, StaffRecord
from shared.domain.stand_in import StandIn
from shared.formats.people_json import rights_tag
from tests.fakes.alert_values import TERC
from tests.fakes.staff import LONG_AGO
from tests.fakes.tokens import NEIGHBOUR

OF_OTHERS = ("/api/people", "/api/grants", "/api/stand-in")
ADAM, OLGA = Person("uid-adam", "Adam Administrator"), Person("uid-olga", "Olga Powiatowa")
AUTHOR = Membership(frozenset({"author"}))


def record(uid: str, role: str, terc: str = TERC) -> StaffRecord:
    return StaffRecord(
        terc,
        frozenset({role}),
        uid,
        active=True,
        valid_since=LONG_AGO,
        uid=uid,
        email=f"{uid}@urzad.example",
    )


class OthersRights:
    """Beside the caller another admin, somebody of the powiat, and in each case somebody new."""

    def __init__(self) -> None:
        self._turn = 0

    def settle(self) -> None:
        wiring.staff().create(record(ADAM.uid, "admin"), [])
        wiring.staff().create(record(OLGA.uid, "author", NEIGHBOUR), [])

    def fit(self, case: Any) -> None:
        self._turn += 1
        label = case.operation.label
        if label == "POST /api/people":
            self._newcomer(NEIGHBOUR)
            case.body = {"email": f"new{self._turn}@urzad.example", "roles": ["author"]}
        elif label.startswith("PUT /api/people"):
            case.path_parameters, case.body = {"uid": self._newcomer(TERC)}, {"roles": ["auditor"]}
            self._match(case, rights_tag(AUTHOR))
        elif label.startswith("POST /api/grants"):
            case.path_parameters = {"grant": self._asked_for()}
            self._match(case, 1)
        elif "/stand-in" in label:
            self._stand_in(case)

    def _newcomer(self, terc: str) -> str:
        uid = f"new{self._turn}"
        wiring.staff().create(record(uid, "author", terc), [])
        return uid

    def _asked_for(self) -> str:
        ports, uid = wiring.people_ports(), self._newcomer(TERC)
        grant = Grant(ports.grants.new_id(), TERC, uid, uid, frozenset({"approver"}), ADAM, ports.clock.now())
        ports.grants.create(grant, None, [])
        return grant.id

    def _stand_in(self, case: Any) -> None:
        """Proposed by the other admin; agreed where it is to begin."""
        ports, label = wiring.people_ports(), case.operation.label
        now, before = ports.clock.now(), ports.stand_ins.get(TERC)
        agreement = StandIn(TERC, NEIGHBOUR, "Powiat", (OLGA,), ADAM, now, revision=self._turn)
        if "{terc}" in label:
            agreement = replace(agreement, by2=OLGA, agreed=now)
            case.path_parameters = {"terc": TERC}
        ports.stand_ins.put(before, agreement, [])
        if case.method == "PUT":
            case.body = {"name": "Powiat", "people": [f"{OLGA.uid}@urzad.example"]}
        self._match(case, self._turn)

    def _match(self, case: Any, revision: int) -> None:
        case.headers = {**(case.headers or {}), "If-Match": f'"{revision}"'}
