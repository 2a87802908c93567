"""The staff's API: other towns, wrong roles, fields of the system's, one person alone, rights that ended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import requests

from infra.local.accounts import STAFF, TERC
from infra.local.stack import PROJECT
from tests.attack.documents import Intruder
from tests.attack.target import Target, content
from tests.browser.town import LAT, LNG, square
from tests.rules.conftest import id_token

STEPS = ("submit", "approve", "cancel", "summary")
SYSTEMS = (
    "id",
    "terc",
    "state",
    "revision",
    "version",
    "generation",
    "author",
    "writers",
    "approver",
    "approved",
    "submitted",
    "started",
    "finished",
    "created",
    "updated",
    "attempt",
    "wake",
    "group",
    "actions",
    "__proto__",
)
ETAGS = (
    "",
    "*",
    '"0"',
    '"999"',
    "1",
    'W/"999"',
    '"1", "2"',
    '"-1"',
    '"1e0"',
    "'1'",
    '"01x"',
    '"٣"',
    "null",
    '""',
)
EXACT = ("residents", "phones", "places", "muted", "wakes")
FEW = 10  # people, below which no figure is told


def attack(target: Target) -> None:
    _other_town(target)
    _wrong_role(target)
    _templates(target)
    _systems_fields(target)
    _etags(target)
    _alone(target)
    _races(target)
    _keys(target)
    _tokens(target)
    _ended_rights(target)
    _few_people(target)


def _through(answer: requests.Response) -> bool:
    return answer.status_code < 400


def _other_town(target: Target) -> None:
    draft, etag = target.draft()
    for alert in (draft, target.alert):
        path = f"/alerts/{alert}"
        tries: list[tuple[str, str, dict[str, Any]]] = [("GET", path, {}), ("GET", f"{path}/history", {})]
        tries += [("POST", f"{path}/{step}", {"headers": {"If-Match": etag}}) for step in STEPS]
        tries += [("PUT", path, {"headers": {"If-Match": etag}, "json": content()})]
        for method, address, request in tries:
            answer = target.ask("olga", method, address, **request)
            target.tally.note(
                "other town", f"{method} {address[-20:]}: {answer.status_code}", _through(answer)
            )
    listed = target.ask("olga", "GET", "/alerts?limit=100").json().get("items", [])
    target.tally.note("other town", "list", any(one["terc"] == TERC for one in listed))


def _wrong_role(target: Target) -> None:
    draft, etag = target.draft()
    waiting, waits = target.submitted()
    tries: list[tuple[str, str, str, dict[str, Any]]] = [
        ("piotr", "POST", "/alerts", {"json": content()}),
        ("piotr", "PUT", f"/alerts/{draft}", {"json": content(), "headers": {"If-Match": etag}}),
        ("piotr", "POST", f"/alerts/{draft}/submit", {"headers": {"If-Match": etag}}),
        ("piotr", "POST", f"/alerts/{draft}/approve", {"headers": {"If-Match": etag}}),
        ("piotr", "POST", f"/alerts/{draft}/cancel", {"headers": {"If-Match": etag}}),
        ("anna", "POST", f"/alerts/{draft}/approve", {"headers": {"If-Match": etag}}),
        ("anna", "POST", f"/alerts/{waiting}/approve", {"headers": {"If-Match": waits}}),
    ]
    for who, method, path, request in tries:
        target.tally.note(
            "wrong role", f"{who} {method} {path[-20:]}", _through(target.ask(who, method, path, **request))
        )


def _templates(target: Target) -> None:
    """The municipality's own, tried by another town and by those who may not decide."""
    body = {"name": {"pl": "Próba"}, "texts": {"pl": {"title": "Próba", "body": ["Nic."]}}}
    made = target.ask("piotr", "POST", "/templates", json=body).json()["id"]
    for who, kind in (("olga", "other town"), ("anna", "wrong role")):
        for method, seen in (("PUT", {"json": body}), ("DELETE", {})):
            path, headers = f"/templates/{made}", {"If-Match": '"1"'}
            answer = target.ask(who, method, path, headers=headers, **seen)
            target.tally.note(kind, f"{who} {method} a template", _through(answer))
    target.tally.note(
        "other town", "read a template", _through(target.ask("olga", "GET", f"/templates/{made}"))
    )
    created = target.ask("anna", "POST", "/templates", json=body)
    target.tally.note("wrong role", "create a template", _through(created))
    target.ask("piotr", "DELETE", f"/templates/{made}", headers={"If-Match": '"1"'})


def _systems_fields(target: Target) -> None:
    draft, etag = target.draft()
    for name in SYSTEMS:
        body = {**content(), name: "active"}
        created = target.ask("anna", "POST", "/alerts", json=body)
        edited = target.ask("anna", "PUT", f"/alerts/{draft}", json=body, headers={"If-Match": etag})
        target.tally.note("mass assignment", f"create {name}", _through(created))
        target.tally.note("mass assignment", f"edit {name}", _through(edited))


def _etags(target: Target) -> None:
    waiting, _ = target.submitted()
    for etag in ETAGS:
        headers = {"If-Match": etag.encode("utf-8")} if etag else {}
        answer = target.ask("piotr", "POST", f"/alerts/{waiting}/approve", headers=headers)
        target.tally.note("ETags", f"approve {etag}: {answer.status_code}", _through(answer))


def _alone(target: Target) -> None:
    """Ewa is author and approver: whatever she had a hand in, she must not approve."""
    own, etag = target.submitted("ewa")
    edited, seen = target.draft("anna")
    _, seen = map(str, target.staff.call("ewa", "PUT", f"/alerts/{edited}", content(), etag=seen))
    _, seen = map(str, target.staff.call("anna", "POST", f"/alerts/{edited}/submit", etag=seen))
    handed, passed = target.draft("anna")
    _, passed = map(str, target.staff.call("ewa", "POST", f"/alerts/{handed}/submit", etag=passed))
    for said, alert, mark in (("own", own, etag), ("edited", edited, seen), ("submitted", handed, passed)):
        answer = target.ask("ewa", "POST", f"/alerts/{alert}/approve", headers={"If-Match": mark})
        target.tally.note("self-approval", said, _through(answer))


def _races(target: Target) -> None:
    """What is approved is what the approver saw, however many write at once."""
    for _ in range(5):
        waiting, etag = target.submitted()
        headers = {"If-Match": etag}
        with ThreadPoolExecutor(4) as pool:
            edit = pool.submit(
                target.ask,
                "anna",
                "PUT",
                f"/alerts/{waiting}",
                json=content(area_name="Inny"),
                headers=headers,
            )
            approvals = [
                pool.submit(target.ask, "piotr", "POST", f"/alerts/{waiting}/approve", headers=headers)
                for _ in range(3)
            ]
        approved = sum(_through(one.result()) for one in approvals)
        both = approved > 0 and _through(edit.result())
        target.tally.note("races", "an edit and an approval of one revision", both)
        target.tally.note("races", "two approvals of one revision", approved > 1)


def _keys(target: Target) -> None:
    headers = {"Idempotency-Key": f"attack-{time.time_ns()}"}
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(target.ask, "anna", "POST", "/alerts", json=content(), headers=headers)
            for _ in range(6)
        ]
    created = {one.result().json().get("id") for one in asked if _through(one.result())}
    target.tally.note("idempotency", "six at once", len(created) != 1)
    other = target.ask("anna", "POST", "/alerts", json=content(area_name="Inny"), headers=headers)
    target.tally.note("idempotency", "another content", _through(other))
    foreign = target.ask("olga", "POST", "/alerts", json=content(), headers=headers)
    target.tally.note(
        "idempotency", "another person's", _through(foreign) and foreign.json()["id"] in created
    )


def _tokens(target: Target) -> None:
    uid, good = STAFF["anna"].uid, target.stack.staff_token("anna")
    totp = {"sign_in_provider": "password", "sign_in_second_factor": "totp"}
    claims = {"terc": TERC, "roles": ["author", "approver"], "name": "Anna"}
    past = {"iat": 1, "auth_time": 1, "exp": 2}
    forged = {
        "nothing": "",
        "a word": "anna",
        "three points": "...",
        "cut": good[: len(good) // 2],
        "long": "x" * 7000,
        "another project": id_token("other", uid, {**claims, "firebase": totp}),
        "expired": id_token(PROJECT, uid, {**claims, **past, "firebase": totp}),
        "one factor": id_token(PROJECT, uid, claims),
        "an SMS": id_token(PROJECT, uid, {**claims, "firebase": {**totp, "sign_in_second_factor": "phone"}}),
        "a null factor": id_token(
            PROJECT, uid, {**claims, "firebase": {**totp, "sign_in_second_factor": None}}
        ),
        "nobody's": id_token(PROJECT, "nobody", {**claims, "firebase": totp}),
        "a resident's": target.stack.anonymous()[1],
        "a path": id_token(PROJECT, "a/b", {**claims, "firebase": totp}),
    }
    for said, token in forged.items():
        for path in ("/me", "/alerts"):
            answer = target.ask(None, "GET", path, headers={"Authorization": f"Bearer {token}"})
            target.tally.note("tokens", f"{said} {path}", _through(answer))


@contextmanager
def _record(target: Target, key: str, **changes: dict[str, Any]) -> Iterator[None]:
    """The staff's document changed for a while; `changes` typed as Firestore has them."""
    registers, path = target.town.registers, f"staff/{STAFF[key].uid}"
    before = registers.fields(path) or {}
    registers.write_fields(path, {**before, **changes})
    try:
        yield
    finally:
        registers.write_fields(path, before)


def _ended_rights(target: Target) -> None:
    waiting, etag = target.submitted()
    ended: dict[str, dict[str, dict[str, Any]]] = {
        "dismissed": {"active": {"booleanValue": False}},
        "without roles": {"roles": {"arrayValue": {}}},
        "moved": {"terc": {"stringValue": "1099023"}},
        "signed out": {"valid_since": {"timestampValue": "2100-01-01T00:00:00Z"}},
    }
    token = target.stack.staff_token("piotr")
    for said, changes in ended.items():
        with _record(target, "piotr", **changes):
            approved = target.ask("piotr", "POST", f"/alerts/{waiting}/approve", headers={"If-Match": etag})
            read = target.ask("piotr", "GET", f"/alerts/{waiting}")
            target.tally.note("ended rights", f"{said}: approve", _through(approved))
            target.tally.note("ended rights", f"{said}: read", _through(read))
            intruder = Intruder(target.stack.host("firestore"), token)
            works = dict(intruder.operations(f"alerts/{waiting}"))["get"]()
            target.tally.note("ended rights", f"{said}: read past the API", works)


def _few_people(target: Target) -> None:
    """One person lives in the middle: no area about them may say so, whatever is told of the message."""
    told: tuple[dict[str, Any], ...] = (
        {},
        *({"category": "failure", "severity": severity} for severity in ("Minor", "Extreme")),
    )
    for half in (0.6, 5, 50, 500):
        area = square(LAT, LNG, half / 111_195, half / 71_700)
        apart = {
            "type": "MultiPolygon",
            "coordinates": [area["coordinates"], square(LAT + 0.02, LNG, 1e-5, 1e-5)["coordinates"]],
        }
        for shape in (area, apart):
            for more in told:
                answer = target.ask("anna", "POST", "/reach", json={"area": shape, **more})
                figures = answer.json() if answer.ok else {}
                exact = [name for name in EXACT if type(figures.get(name)) is int and figures[name] < FEW]
                target.tally.note("few people", f"{half} m {more} {exact}", bool(exact))
