"""What a case of the description's fuzz needs to succeed of the caller's own sessions, key and PIN."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared import wiring
from shared.domain.own_factors import Factors, Key, new_pin
from shared.domain.staff_session import Challenge, StaffSession
from shared.formats.review_json import digest_of
from shared.services.sessions.own_factors import REGISTER, USE
from shared.services.staff.access_review import access_review
from tests.fakes.alert_values import AUTHOR, TERC
from tests.fakes.security_key import SecurityKey
from tests.fakes.staff_api import KEY_ORIGIN

PIN = "482915"
HOST = KEY_ORIGIN.removeprefix("https://")
OF_OWN = ("/api/session", "/api/factors", "/api/access-review")


class OwnSession:
    """Of the one caller; each case finds a key, a PIN with all its tries and another session of theirs."""

    def __init__(self) -> None:
        self._key, self._pin, self._turn = SecurityKey(KEY_ORIGIN), new_pin(PIN), 0

    def fit(self, case: Any) -> None:
        self._turn += 1
        path, label = case.operation.path, case.operation.label
        if path.startswith("/api/sessions/{"):
            case.path_parameters = {"session": self._other().id}
        if path.startswith("/api/factors"):
            self._factors(label)
        if label.endswith("/pin") and case.method in ("PUT", "POST"):
            case.body = {"pin": PIN}
        if label == "POST /api/factors/keys":
            options = {"challenge": self._challenge(REGISTER), "rp": {"id": HOST}}
            case.body = {"credential": SecurityKey(KEY_ORIGIN).register(options), "name": "Klucz"}
        if label == "POST /api/factors/use":
            options = {"challenge": self._challenge(USE), "rpId": HOST}
            case.body = {"credential": self._key.use(options)}
        if label.startswith("DELETE /api/factors/keys"):
            case.path_parameters = {"key": self._known().id}
        if label == "POST /api/access-review":
            case.body = {"digest": digest_of(access_review(wiring.review_ports(), TERC))}

    def _factors(self, label: str) -> None:
        before = wiring.factors().get(AUTHOR.uid)
        wiring.factors().put(before, Factors(AUTHOR.uid, (self._known(),), self._pin))

    def _known(self) -> Key:
        options = {"challenge": "AAAA", "rp": {"id": HOST}}
        ceremony, now = wiring.key_ceremony(), wiring.clock().now()
        return ceremony.registered(self._key.register(options), "AAAA", "Klucz", now)

    def _current(self) -> StaffSession:
        return wiring.sessions().of(AUTHOR.uid)[0]

    def _challenge(self, purpose: str) -> str:
        current, value = self._current(), f"AAAA{self._turn:04}"
        asked = Challenge(value, wiring.clock().now(), purpose)
        wiring.sessions().note(current, replace(current, challenge=asked))
        return value

    def _other(self) -> StaffSession:
        earlier = self._current().begun - timedelta(seconds=self._turn)
        session = replace(self._current(), begun=earlier, challenge=None)
        return wiring.sessions().begin(session).value
