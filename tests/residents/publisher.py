"""The municipality's office as readers see it: alerts that are published and signed, and its keys."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from infra.local.accounts import TERC
from infra.local.stack import PROJECT, Stack
from shared.adapters.published import public_document
from shared.domain.alert import Category, Severity, State, Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url
from shared.formats.signed_alert import signed_text
from shared.geo.read_area import parse_area
from shared.ports import SigningKey
from tests import published
from tests.browser.town import Town, square
from tests.fakes.signer import SeededKey
from tests.rules.firestore_json import typed

Point = tuple[float, float]  # latitude, longitude
METRE = 1 / 111_195  # degrees of latitude
ARRIVAL = 120.0  # seconds; the stack shares its processors with all other tests
SERVED_WITHIN = 120.0  # seconds


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def around(point: Point, metres: float = 40) -> str:
    """The square about a point, as areas are stored."""
    return parse_area(square(*point, metres * METRE, metres * METRE * 1.55)).text()


def sealed(alert: PublicAlert, key: SigningKey, named: str | None = None) -> Signature:
    """Signed now; `named`: the key that it pretends to be signed with."""
    text = signed_text(alert, named or key.id, now())
    return Signature(text, base64url(key.sign(text.encode())), named or key.id)


class Publisher:
    """Writes what the functions write, signed with the municipality's key; `close` takes all of it back."""

    def __init__(self, stack: Stack, town: Town) -> None:
        self._town = town
        self._documents = (
            f"http://{stack.host('firestore')}/v1/projects/{PROJECT}/databases/(default)/documents"
        )
        self._list = f"{stack.address('residents')}/alerts/{TERC}.json"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = "Bearer owner"
        self._published: set[str] = set()
        self.readers: list[Callable[[], None]] = []  # called when something was written
        self._keys_before: dict[str, Any] | None = None
        self.signs: SigningKey = town.key

    def close(self) -> None:
        for alert in self._published:
            self._session.delete(f"{self._documents}/published/{alert}", timeout=30).raise_for_status()
        if self._keys_before is not None:
            self._merge(f"municipalities/{TERC}", {"keys": self._keys_before})
            self._await_served(len(self._keys_before["arrayValue"]["values"]))

    def _await_served(self, keys: int) -> None:
        """Functions keep what they know of a municipality for a minute: those who come next shall not meet
        keys that are gone."""
        end = time.monotonic() + SERVED_WITHIN
        while len(self._session.get(self._list, timeout=30).json()["municipality"]["keys"]) != keys:
            assert time.monotonic() < end, "the site goes on serving keys of before"
            time.sleep(1)

    def publish(self, at: Point, title: str, **changes: Any) -> PublicAlert:
        """An alert for forty metres about the point, sent a minute ago, for two hours."""
        alert_id = f"a{uuid.uuid4().hex[:16]}"
        alert = PublicAlert(
            id=alert_id,
            terc=TERC,
            kind=Kind.ALERT,
            state=State.ACTIVE,
            category=Category.FAILURE,
            severity=Severity.MODERATE,
            texts={"pl": Text(title, "Pękła rura.\nBeczkowóz: Rynek.")},
            area=around(at),
            area_name="ul. Główna",
            thread=alert_id,
            version=1,
            revision=3,
            sent=now() - timedelta(minutes=1),
            expires=now() + timedelta(hours=2),
            exercise=False,
            cancelled=None,
        )
        return self.write(replace(alert, **changes))

    def write(self, alert: PublicAlert, **beside: Any) -> PublicAlert:
        """`beside`: what somebody put over fields of the document."""
        document = public_document(alert, sealed(alert, self.signs))
        self._town.registers.write(f"published/{alert.id}", {**document, **beside})
        return self._told(alert)

    def follow_up(self, of: PublicAlert, kind: Kind, title: str, **changes: Any) -> PublicAlert:
        texts = {"pl": Text(title, "Spuszczaj zimną wodę.")}
        return self._told(
            published.follow_up(self._town.registers, self.signs, of.id, kind, texts, **changes)
        )

    def _told(self, alert: PublicAlert) -> PublicAlert:
        self._published.add(alert.id)
        for look in self.readers:
            look()
        return alert

    def rotate(self) -> None:
        """Another key from now on; the one before signed until now."""
        before = self._town.registers.fields(f"municipalities/{TERC}") or {}
        self._keys_before = before["keys"]
        keys = [*before["keys"]["arrayValue"]["values"]]
        ended = {**keys[-1]["mapValue"]["fields"], "until": typed(now() + timedelta(seconds=1))}
        fresh = SeededKey(101)
        since = now() - timedelta(seconds=1)
        field = {"id": fresh.id, "key": base64url(fresh.raw), "from": since, "until": None}
        values = [*keys[:-1], {"mapValue": {"fields": ended}}, typed(field)]
        self._merge(f"municipalities/{TERC}", {"keys": {"arrayValue": {"values": values}}})
        self.signs = fresh

    def send(self, alert: str, uid: str) -> str:
        """As if it had been pushed to the resident's first phone; the push's proof."""
        key = hashlib.sha256(alert.encode()).hexdigest()
        self._town.registers.write(f"alerts/{alert}/private/proof", {"key": key})
        return hashlib.sha256(f"{key}:{uid}.1".encode()).hexdigest()

    def house(self, uid: str, places: Sequence[tuple[str, str]], **more: Any) -> None:
        """Gives somebody places, as (label, cell)."""
        for slot, (label, cell) in enumerate(places, start=1):
            place = {"label": label, "cell": cell, "updated": now(), **more}
            self._town.registers.write(f"residents/{uid}/places/{slot}", place)

    def wish(self, uid: str, **wishes: Any) -> None:
        """What somebody wants to be spared."""
        self._merge(f"residents/{uid}", {name: typed(value) for name, value in wishes.items()})

    def wait_for_report(self, alert: str, uid: str) -> dict[str, Any]:
        """That it does not concern them."""
        end = time.monotonic() + ARRIVAL
        while time.monotonic() < end:
            if report := self._town.registers.fields(f"published/{alert}/reports/{uid}"):
                return report
            time.sleep(0.1)
        raise AssertionError("no report came")

    def _merge(self, path: str, fields: Mapping[str, Any]) -> None:
        """Only these fields change; they are typed."""
        mask = [("updateMask.fieldPaths", name) for name in fields]
        url = f"{self._documents}/{path}"
        self._session.patch(url, params=mask, json={"fields": fields}, timeout=30).raise_for_status()
