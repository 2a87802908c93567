"""A small municipality on the running stack, with residents who write as the apps do."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import requests

from infra.local.accounts import TERC
from infra.local.stack import PROJECT, Stack
from manage.signing_keys.key_ring import KeyRing
from shared.adapters.alert_signer import PemAlertSigner
from shared.adapters.clock import SystemClock
from shared.adapters.municipality_documents import key_document
from shared.domain.signature import PublicKey
from shared.ports import SigningKey
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.rules.conftest import AppClient
from tests.rules.firestore_json import SERVER_TIME, typed

LAT, LNG = 49.8300, 19.9400  # the middle of the municipality
HALF_LAT, HALF_LNG = 0.030, 0.045
SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # the municipality's key is in use; before every alert


def square(lat: float, lng: float, half_lat: float, half_lng: float) -> dict[str, Any]:
    west, east, south, north = lng - half_lng, lng + half_lng, lat - half_lat, lat + half_lat
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


BOUNDARY = square(LAT, LNG, HALF_LAT, HALF_LNG)


def _feature(kind: str, name: str, coordinates: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _street(name: str, lat: float, lng: float, d_lat: float, d_lng: float) -> dict[str, Any]:
    houses = [[lng + step * d_lng, lat + step * d_lat] for step in range(24)]
    return _feature("MultiPoint", name, houses)


BASE_MAP = {
    "type": "FeatureCollection",
    "features": [
        _feature("Point", "Regionalna", [LNG, LAT]),
        _feature("Point", "Zalesie", [LNG + 0.028, LAT + 0.018]),
        _feature("Point", "Podgórze", [LNG - 0.027, LAT - 0.017]),
        _street("Główna", LAT - 0.004, LNG - 0.006, 0.0002, 0.0005),
        _street("Rynek", LAT + 0.001, LNG - 0.002, 0.0, 0.0003),
        _street("Leśna", LAT + 0.015, LNG + 0.024, 0.0002, 0.0003),
    ],
}

_MUNICIPALITY = {
    "name": "Gmina Regionalna",
    "languages": ["pl", "en", "uk"],
    "center": {"latitude": LAT, "longitude": LNG},
}


class Registers:
    """Writes what no app may, as an administrator would, and reads anything."""

    def __init__(self, stack: Stack) -> None:
        self._url = f"http://{stack.host('firestore')}/v1/projects/{PROJECT}/databases/(default)/documents"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = "Bearer owner"

    def write(self, path: str, document: Mapping[str, Any]) -> None:
        self.write_fields(path, {name: typed(value) for name, value in document.items()})

    def write_fields(self, path: str, fields: Mapping[str, Any]) -> None:
        """As Firestore types them."""
        self._session.patch(f"{self._url}/{path}", json={"fields": fields}, timeout=30).raise_for_status()

    def fields(self, path: str) -> dict[str, Any] | None:
        """As Firestore types them; None when there is no such document."""
        answer = self._session.get(f"{self._url}/{path}", timeout=30)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        found: dict[str, Any] = answer.json().get("fields", {})
        return found


@dataclass(frozen=True)
class Resident:
    uid: str
    app: AppClient
    point: tuple[float, float]  # latitude, longitude
    phones: Sequence[str]  # registration tokens

    def confirm(self, alert: str, proof_key: str, kind: str, device: str = "1") -> bool:
        """A receipt, as the app writes it when the push arrives ("received") or is opened."""
        phone = f"{self.uid}.{device}"
        proof = hashlib.sha256(f"{proof_key}:{phone}".encode()).hexdigest()
        receipt = {"kind": kind, "platform": "android", "proof": proof, "at": SERVER_TIME}
        return self.app.set(f"published/{alert}/receipts/{phone}.{kind}", receipt)


class Town:
    """The municipality of the demonstration's staff; residents near its middle and far from it."""

    def __init__(self, stack: Stack) -> None:
        self.registers = Registers(stack)
        self._stack = stack
        self.residents: list[Resident] = []
        self.registers.write(f"municipalities/{TERC}", {**_MUNICIPALITY, "keys": [key_document(self._key())]})
        area = {"kind": "municipality", "terc": TERC, "name": "Gmina Regionalna"}
        self.registers.write(f"areas/{TERC}", {**area, "geometry": json.dumps(BOUNDARY)})
        self.registers.write(f"areas/{TERC}/layers/base", {"geojson": json.dumps(BASE_MAP)})

    def _key(self) -> PublicKey:
        """Of the private half in the stack's folder, which the first town made."""
        municipalities = FakeMunicipalityStore()
        municipalities.public_keys[TERC] = ()
        return KeyRing(municipalities, TERC, self._stack.state.signing_keys).create(SINCE)

    @property
    def key(self) -> SigningKey:
        """As the functions have it."""
        key = PemAlertSigner(str(self._stack.state.signing_keys), SystemClock()).key(TERC)
        assert key is not None
        return key

    def settle(self, d_lat: float, d_lng: float, phones: int = 1, **wishes: object) -> Resident:
        """Someone who lives `d_lat`, `d_lng` degrees from the middle, and wishes to be spared something."""
        uid, token = self._stack.anonymous()
        app = AppClient(self._stack.host("firestore"), PROJECT, token)
        point = (LAT + d_lat, LNG + d_lng)
        position = {"latitude": point[0], "longitude": point[1]}
        tokens = [f"phone-{uid}-{number}" for number in range(1, phones + 1)]
        assert app.set(f"residents/{uid}", {"language": "pl", **wishes, "updated": SERVER_TIME})
        place = {"label": "Dom", "point": position, "updated": SERVER_TIME}
        assert app.set(f"residents/{uid}/places/1", place)
        for number, value in enumerate(tokens, start=1):
            target = {"kind": "token", "value": value}
            device = {"platform": "android", "target": target, "updated": SERVER_TIME}
            assert app.set(f"residents/{uid}/devices/{number}", device)
        resident = Resident(uid, app, point, tokens)
        self.residents.append(resident)
        return resident

    def wait_until_indexed(self, seconds: float = 60) -> None:
        """Until every resident's place stands in the audience with all phones."""
        end = time.monotonic() + seconds
        waiting = list(self.residents)
        while waiting and time.monotonic() < end:
            waiting = [
                resident for resident in waiting if self._indexed_phones(resident) < len(resident.phones)
            ]
            time.sleep(0.2)
        assert not waiting, f"{len(waiting)} residents were not indexed"

    def _indexed_phones(self, resident: Resident) -> int:
        entry = self.registers.fields(f"audience/{resident.uid}.1")
        return len(entry["devices"]["arrayValue"]["values"]) if entry else 0

    def near(self) -> list[Resident]:
        """Those whom an alert for the middle of the municipality concerns."""
        return [
            resident
            for resident in self.residents
            if max(abs(resident.point[0] - LAT), abs(resident.point[1] - LNG)) < 0.01
        ]

    def proof_key(self, alert: str) -> str:
        """What the pushes' proofs are made of; the test has no phone to read one from."""
        proof = self.registers.fields(f"alerts/{alert}/private/proof")
        assert proof, "the alert was never sent"
        key: str = proof["key"]["stringValue"]
        return key

    def pushed(self, alert: str) -> list[str]:
        """Registration tokens that the FCM stand-in got the alert for, in the order of their coming."""
        url = f"{self._stack.address('fcm_control')}/messages"
        answer = requests.get(url, params={"alert": alert}, timeout=30)
        return [message["target"] for message in answer.json()["messages"]]
