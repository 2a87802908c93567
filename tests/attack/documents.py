"""Past the rules: what others' sign-ins, and forged ones, read and write in Firestore."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from infra.local.accounts import TERC
from infra.local.stack import PROJECT
from tests.attack.target import Target
from tests.rules.conftest import id_token
from tests.rules.firestore_json import SERVER_TIME, typed

DOCUMENTS = f"projects/{PROJECT}/databases/(default)/documents"
FACTORS = {"sign_in_provider": "password", "sign_in_second_factor": "totp"}


class Intruder:
    """Every operation that Firestore's REST API has; each answers whether it was let through."""

    def __init__(self, host: str, token: str | None) -> None:
        self._url = f"http://{host}/v1/{DOCUMENTS}"
        self._session = requests.Session()
        self._session.trust_env = False
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def operations(self, path: str) -> Iterator[tuple[str, Callable[[], bool]]]:
        parent, _, name = path.rpartition("/")
        above, _, collection = parent.rpartition("/")
        fields = {"terc": typed(TERC), "state": typed("active")}
        whole = {"name": f"{DOCUMENTS}/{path}", "fields": fields}
        query = {"from": [{"collectionId": collection}]}
        group = {"from": [{"collectionId": collection, "allDescendants": True}], "limit": 1}
        yield "get", lambda: self.asked("GET", f"/{path}")
        yield "get with a mask", lambda: self.asked("GET", f"/{path}?mask.fieldPaths=terc")
        yield "list", lambda: self.asked("GET", f"/{parent}?pageSize=1")
        yield "list what is missing", lambda: self.asked("GET", f"/{parent}?pageSize=1&showMissing=true")
        yield (
            "query",
            lambda: self.asked(
                "POST", f"{_below(above)}:runQuery", {"structuredQuery": {**query, "limit": 1}}
            ),
        )
        yield (
            "query all",
            lambda: self.asked("POST", f"{_below(above)}:runQuery", {"structuredQuery": query}),
        )
        yield "query the group", lambda: self.asked("POST", ":runQuery", {"structuredQuery": group})
        yield (
            "count",
            lambda: self.asked(
                "POST",
                f"{_below(above)}:runAggregationQuery",
                {"structuredAggregationQuery": {"aggregations": [{"count": {}}], "structuredQuery": query}},
            ),
        )
        yield "get in a batch", lambda: self._found("POST", ":batchGet", {"documents": [whole["name"]]})
        yield "create", lambda: self.asked("POST", f"/{parent}?documentId={name}x", {"fields": fields})
        yield "write", lambda: self.asked("PATCH", f"/{path}", {"fields": fields})
        yield (
            "change a field",
            lambda: self.asked("PATCH", f"/{path}?updateMask.fieldPaths=state", {"fields": fields}),
        )
        yield "commit", lambda: self.asked("POST", ":commit", {"writes": [{"update": whole}]})
        yield "stamp", lambda: self.asked("POST", ":commit", {"writes": [_stamp(whole)]})
        yield (
            "write in a batch",
            lambda: self._written("POST", ":batchWrite", {"writes": [{"update": whole}]}),
        )
        yield "delete", lambda: self.asked("DELETE", f"/{path}")
        yield "list collections", lambda: self.asked("POST", f"/{path}:listCollectionIds", {})

    def commit(self, path: str, document: Mapping[str, Any]) -> bool:
        fields = {name: typed(value) for name, value in document.items() if value != SERVER_TIME}
        stamps = [
            {"fieldPath": name, "setToServerValue": "REQUEST_TIME"}
            for name, value in document.items()
            if value == SERVER_TIME
        ]
        update = {"update": {"name": f"{DOCUMENTS}/{path}", "fields": fields}}
        return self.asked(
            "POST", ":commit", {"writes": [{**update, **({"updateTransforms": stamps} if stamps else {})}]}
        )

    def _answer(self, method: str, path: str, body: object = None) -> requests.Response:
        return self._session.request(method, self._url + path, json=body, timeout=60)

    def asked(self, method: str, path: str, body: object = None) -> bool:
        return self._answer(method, path, body).status_code in (200, 404)

    def _found(self, method: str, path: str, body: object) -> bool:
        return self._answer(method, path, body).status_code == 200

    def _written(self, method: str, path: str, body: object) -> bool:
        answer = self._answer(method, path, body)
        return answer.status_code == 200 and any(
            not one.get("code") for one in answer.json().get("status", [])
        )


def _below(path: str) -> str:
    return f"/{path}" if path else ""


def _stamp(document: Mapping[str, Any]) -> dict[str, Any]:
    stamp = {"fieldPath": "updated", "setToServerValue": "REQUEST_TIME"}
    return {"transform": {"document": document["name"], "fieldTransforms": [stamp]}}


def _hidden(target: Target) -> list[str]:
    """From everybody but functions, and residents their own."""
    victim, alert = target.victim.uid, target.alert
    return [
        f"residents/{victim}",
        f"residents/{victim}/places/1",
        f"residents/{victim}/devices/1",
        f"audience/{victim}.1",
        f"audience_state/{victim}",
        f"erasures/{victim}",
        "idempotency/x",
        "sweep/residents",
        f"alerts/{alert}/private/proof",
        f"alerts/{alert}/deliveries/push.1",
        f"alerts/{alert}/deliveries/push.1/slices/0000",
        f"alerts/{alert}/deliveries/push.1/waves/0000.0000",
        f"published/{alert}/receipts/{victim}.1.received",
        f"published/{alert}/reports/{victim}",
        "reach_questions/x",
        "anything/else",
    ]


def _staffs(target: Target) -> list[str]:
    """What the API answers staff with."""
    alert = target.alert
    return [
        f"alerts/{alert}",
        f"alerts/{alert}/history/0001-create",
        f"alerts/{alert}/summary/current",
        f"areas/{TERC}",
        f"areas/{TERC}/layers/base",
        "staff/staff-piotr",
    ]


def _forged(uid: str, **firebase: str) -> str:
    """As the emulator takes it: right in everything but what it should not have."""
    claims = {"terc": TERC, "roles": ["author", "approver", "admin"], "firebase": {**FACTORS, **firebase}}
    return id_token(PROJECT, uid, claims)


def attack(target: Target) -> None:
    """Staff have no rule: with their own sign-in they are as much strangers here as anybody."""
    host, stack = target.stack.host("firestore"), target.stack
    without = {name: value for name, value in FACTORS.items() if name != "sign_in_second_factor"}
    strangers = {
        "nobody": None,
        "a resident": stack.anonymous()[1],
        "staff": stack.staff_token("anna"),
        "staff of another town": stack.staff_token("olga"),
        "claims without a record": _forged("stranger"),
        "staff with one factor": id_token(PROJECT, "staff-anna", {"terc": TERC, "firebase": without}),
        "staff with a null factor": _forged("staff-anna", sign_in_second_factor=None),
        "staff with an SMS": _forged("staff-anna", sign_in_second_factor="phone"),
    }
    for who, token in strangers.items():
        intruder = Intruder(host, token)
        for path in (*_hidden(target), *_staffs(target)):
            _try(target, who, intruder, path)
    _own_documents(target)
    _receipts(target)


def _try(target: Target, who: str, intruder: Intruder, path: str) -> None:
    for operation, works in intruder.operations(path):
        target.tally.note(
            "rules", f"{who}: {operation} {path.split('/', maxsplit=1)[0]}…/{path.split('/')[-2]}", works()
        )


PAST = datetime(2026, 1, 1, tzinfo=UTC)
RESIDENT = {"language": "pl", "updated": SERVER_TIME}
PLACE = {"label": "Dom", "cell": "8d1e2c0d4b6d5bf", "updated": SERVER_TIME}
PHONE = {"platform": "web", "target": {"kind": "token", "value": "t"}, "updated": SERVER_TIME}
ODD_RESIDENTS: tuple[dict[str, Any], ...] = (
    {"role": "author"},
    {"language": "xx"},
    {"updated": PAST},
    {"muted": ["warning"] * 2},
    {"muted": "x" * 100_000},
    {"least_severity": "None"},
    {"quiet_hours": {"from": "00:00", "to": "00:00"}},
    {"seen": PAST},
)
ODD_PLACES: tuple[dict[str, Any], ...] = (
    {"label": "x" * 41},
    {"label": 5},
    {"cell": "8f1e2c0d4b6d5bf"},
    {"terc": TERC},
    {"point": {"latitude": 49.8, "longitude": 19.9}},
    {"until": PAST},
    {"until": datetime.now(UTC) + timedelta(days=400)},
    {"accuracy": -1},
    {"confirmed": PAST},
    {"updated": PAST},
)
ODD_PHONES: tuple[dict[str, Any], ...] = (
    {"platform": "fax"},
    {"target": "t"},
    {"target": {"kind": "token", "value": ""}},
    {"target": {"kind": "token", "value": "x" * 4097}},
    {"target": {"kind": "token", "value": "ą" * 4096}},
    {"proof": "x"},
    {"updated": PAST},
)


def _own_documents(target: Target) -> None:
    """What a resident may not write even at home."""
    uid, token = target.stack.anonymous()
    intruder = Intruder(target.stack.host("firestore"), token)
    for path, document in (*_odd_at_home(f"residents/{uid}"), *_elsewhere(uid, target.victim.uid)):
        said = f"{path.replace(uid, 'UID')} {str(document)[:60]}"
        target.tally.note("own documents", said, intruder.commit(path, document))


def _odd_at_home(home: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for slot in ("0", "9", "10", "x", "1.2"):
        yield f"{home}/places/{slot}", PLACE
    for slot in ("0", "9", "x"):
        yield f"{home}/devices/{slot}", PHONE
    for path, right, odd in (
        (home, RESIDENT, ODD_RESIDENTS),
        (f"{home}/places/1", PLACE, ODD_PLACES),
        (f"{home}/devices/1", PHONE, ODD_PHONES),
    ):
        yield from ((path, {**right, **change}) for change in odd)


def _elsewhere(uid: str, victim: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"residents/{victim}", RESIDENT
    yield f"residents/{victim}/places/2", PLACE
    yield f"residents/{victim}/devices/2", PHONE
    yield f"residents/{uid}/secrets/1", PLACE
    yield f"residents/{uid}x", RESIDENT


def _receipts(target: Target) -> None:
    uid, token = target.stack.anonymous()
    intruder = Intruder(target.stack.host("firestore"), token)
    now, alert, victim = SERVER_TIME, target.alert, target.victim.uid
    for kind in ("received", "opened"):
        for proof in ("", "0" * 64, "null", uid, "é"):
            receipt = {"kind": kind, "platform": "android", "proof": proof, "at": now}
            for owner in (uid, victim):
                path = f"published/{alert}/receipts/{owner}.1.{kind}"
                target.tally.note(
                    "receipts and reports", f"{kind} {proof[:8]}", intruder.commit(path, receipt)
                )
    report = {"reason": "not_mine", "at": now}
    for path in (
        f"published/{alert}/reports/{uid}",
        f"published/{alert}/reports/{victim}",
        f"published/nothing/reports/{uid}",
    ):
        for odd in ({}, {"proof": "0" * 64, "device": "1"}, {"proof": "0" * 64}):
            target.tally.note(
                "receipts and reports", f"report {odd}", intruder.commit(path, {**report, **odd})
            )


def lists(target: Target) -> None:
    """A whole collection at the price of a request."""
    intruder = Intruder(target.stack.host("firestore"), target.stack.anonymous()[1])
    for collection in ("published", "municipalities"):
        for limit in ({}, {"limit": 101}, {"limit": 100_000}):
            body = {"structuredQuery": {"from": [{"collectionId": collection}], **limit}}
            works = intruder.asked("POST", ":runQuery", body)
            target.tally.note("cost", f"{collection} {limit}", works)
