"""Writes tests/app_contract/late_vectors.json: python -m tests.app_contract.late_vectors.

Cases as in vectors.json, and with each push what the site answered to `/a/{alert}.json` within three seconds:
`answer` = {status, body}, or null when nothing came; `municipality` has the keys that the phone knows.
Keys come from fixed seeds and Ed25519 is deterministic, so the file stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shared.domain.alert import State
from shared.domain.public_alert import Kind, PublicAlert
from tests.fakes.alert_values import at
from tests.fakes.signer import SeededKey
from tests.signed_alert_vectors import FIRST, MUNICIPALITIES, STRANGER, published, sign, water

FILE = Path(__file__).with_name("late_vectors.json")
SENT = at(3)
LATE, IN_TIME = SENT + timedelta(minutes=10), SENT + timedelta(minutes=2)
Answer = dict[str, Any]


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _push(**changes: str) -> dict[str, str]:
    ours = {"alert": "a1", "terc": MUNICIPALITIES["ours"]["terc"], "thread": "a1", "version": "2"}
    return {**ours, "sound": "on", "sent": _time(SENT), "expires": _time(at(13, 10)), **changes}


def _states(key: SeededKey = FIRST, status: int = 200, **changes: Any) -> Answer:
    """What the site says of the alert, signed with the key."""
    alert: PublicAlert = water(**changes)
    body = {
        "alert": alert.id,
        **published(sign(alert, key, at(3, 5))),
        "municipality": MUNICIPALITIES["ours"],
    }
    return {"status": status, "body": json.dumps(body, ensure_ascii=False)}


def _beside(other: Answer) -> Answer:
    """What the site says of the alert, with another message of its case."""
    own = _states()
    return {**own, "body": json.dumps({**json.loads(own["body"]), "thread": [json.loads(other["body"])]})}


def _step(answer: Answer | None, says: str, now: datetime = LATE, **push: str) -> dict[str, Any]:
    known = {"push": _push(**push), "now": _time(now), "municipality": MUNICIPALITIES["ours"]}
    return {**known, "answer": answer, "says": says, "sounds": says in ("first", "newer", "again")}


def _case(name: str, *steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "steps": list(steps)}


OVER: dict[str, Any] = {"state": State.CANCELLED, "cancelled": at(3, 5), "revision": 5}
CANCELLED = _states(**OVER)


def _silenced() -> Iterator[dict[str, Any]]:
    yield _case("a late push of what was cancelled is silent", _step(CANCELLED, "cancelled"))
    yield _case("in time it asks nobody", _step(CANCELLED, "first", now=IN_TIME))
    yield _case("a newer version takes the sound of an older one", _step(_states(version=3), "replaced"))
    clear = _states(version=3, kind=Kind.ALL_CLEAR)
    yield _case("so does an all-clear", _step(clear, "replaced"))
    update = _states(id="a2", version=3, kind=Kind.UPDATE)
    yield _case("a newer message of the thread does, too", _step(_beside(update), "replaced"))
    yield _case(
        "a newer version that was only read rings when it is pushed",
        _step(_states(version=3), "replaced"),
        _step(_states(version=3), "newer", version="3", sent=_time(LATE)),
    )
    yield _case("what was cancelled stays so", _step(CANCELLED, "cancelled"), _step(None, "repeat"))
    yield _case("one that is told again asks, too", _step(CANCELLED, "cancelled", sound="again"))


def _sounding() -> Iterator[dict[str, Any]]:
    yield _case("without an answer it sounds", _step(None, "first"))
    portal = {"status": 200, "body": "<!doctype html><title>Wi-Fi</title>"}
    yield _case("a portal's page is no answer", _step(portal, "first"))
    for status in (302, 404, 429, 503):
        yield _case(f"nor is status {status}", _step(_states(status=status, **OVER), "first"))
    cut = {"status": 200, "body": CANCELLED["body"][:-9]}
    yield _case("nor is half a text", _step(cut, "first"))
    yield _case("what holds sounds", _step(_states(), "first"))
    stranger = _states(STRANGER, id="a2", version=3, kind=Kind.ALL_CLEAR)
    yield _case("beside a stranger's all-clear, too", _step(_beside(stranger), "first"))
    yield _case("an older version says nothing", _step(_states(version=1, **OVER), "first"))
    yield _case("a stranger's signature says nothing", _step(_states(STRANGER, **OVER), "first"))
    forged = {"status": 200, "body": _states()["body"].replace("active", "cancelled")}
    yield _case("nor does an altered text", _step(forged, "first"))
    yield _case("nor another alert's", _step(_states(id="a7", **OVER), "first"))
    yield _case("nor another thread's", _step(_states(thread="a0", **OVER), "first"))


def as_text() -> str:
    return json.dumps([*_silenced(), *_sounding()], ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text())
