"""What anybody reaches without an account: the workers, the public pages, signatures, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import requests

from infra import deployment
from infra.local.accounts import TERC
from shared.domain.alert import Severity, Text
from shared.domain.public_alert import PublicAlert
from tests.attack.target import Target
from tests.browser.town import LAT, LNG
from tests.fakes.signer import SeededKey
from tests.fuzz import bodies, shapes
from tests.fuzz.__main__ import fire, served
from tests.fuzz.judge import Judge
from tests.fuzz.shots import JSON, Shot, public_shots
from tests.residents.publisher import Publisher, now, sealed

STRANGER = SeededKey(66)
FORGED = {"pl": Text("Uciekajcie natychmiast", "Tama pękła.")}


def attack(target: Target) -> None:
    _workers(target)
    _signatures(target)
    _addresses(target)
    _bombs(target)


def _workers(target: Target) -> None:
    """Only the stand-in for Cloud Run stands between the network and them, as Cloud Run does."""
    inner = [one for one in deployment.load().functions.values() if one.invoker != deployment.PUBLIC]
    staff = target.stack.staff_token("ewa")
    tries: dict[str, dict[str, str]] = {
        "no token": {},
        "a task's headers": {"X-CloudTasks-QueueName": "start", "X-CloudTasks-TaskName": "x"},
        "an event's headers": {
            "ce-id": "1",
            "ce-source": "x",
            "ce-type": "google.cloud.firestore.document.v1.written",
            "ce-specversion": "1.0",
        },
        "a staff token": {"Authorization": f"Bearer {staff}"},
        "no algorithm": {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."},
        "rubbish": {"Authorization": "Bearer x.y.z"},
        "basic": {"Authorization": "Basic b3duZXI6"},
        "owner": {"Authorization": "Bearer owner"},
        "a serverless header": {"X-Serverless-Authorization": f"Bearer {staff}"},
        "a scheduler's": {"User-Agent": "Google-Cloud-Scheduler", "X-CloudScheduler": "true"},
    }
    for function in inner:
        for said, headers in tries.items():
            url = f"{target.stack.address(function.name)}/"
            answer = _get(url, "POST", headers=headers, json={"alert": target.alert, "generation": 1})
            target.tally.note(
                "workers",
                f"{function.name} {said}: {answer.status_code}",
                answer.status_code not in (401, 403),
            )


def _forgeries(alert: PublicAlert, target: Target) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands in the document, over an alert that was rightly signed."""
    genuine = sealed(alert, target.town.key)
    foreign = sealed(alert, STRANGER)
    pretended = sealed(alert, STRANGER, target.town.key.id)
    other = sealed(replace(alert, id="another"), target.town.key)
    elsewhere = sealed(replace(alert, terc="1099023"), target.town.key)
    nothing = {"signed": None, "signature": None, "key": None}
    yield "stripped", nothing
    yield "without the key's name", {"key": None}
    yield "without the value", {"signature": None}
    yield "altered", {"signed": genuine.text.replace("Brak", "Jest")}
    for said, seal in (
        ("a stranger's", foreign),
        ("under our name", pretended),
        ("of another alert", other),
        ("of another town", elsewhere),
    ):
        yield said, {"signed": seal.text, "signature": seal.value, "key": seal.key}
    for said, value in (("no base64", "%%%"), ("short", "AAAA"), ("a number", 5), ("a list", ["x"])):
        yield f"a value that is {said}", {"signature": value}


def _signatures(target: Target) -> None:
    office = Publisher(target.stack, target.town)
    site = target.stack.address("residents")
    kinds = [said for said, _ in _forgeries(office.publish((LAT, LNG), "Brak wody"), target)]
    for said in kinds:
        genuine = office.publish((LAT, LNG), "Brak wody")
        forged = replace(genuine, severity=Severity.EXTREME, texts=FORGED, sent=now() - timedelta(minutes=1))
        fields = dict(_forgeries(genuine, target))[said]
        beside = {
            "texts": {"pl": {"title": FORGED["pl"].title, "body": FORGED["pl"].body}},
            "severity": forged.severity.value,
        }
        office.write(genuine, **beside, **fields)
        page = _get(f"{site}/a/{genuine.id}")
        believed = page.status_code == 200 and FORGED["pl"].title in page.text and not _warned(page.text)
        target.tally.note("signatures", f"{said}: {page.status_code}", believed or page.status_code == 500)
        listed = _get(f"{site}/alerts/{TERC}")
        target.tally.note(
            "signatures",
            f"{said} in the list",
            listed.status_code != 200 or not _doubted(listed.text, genuine.id),
        )
    office.close()


def _warned(html: str) -> bool:
    """At the top, above what is forged."""
    return 0 < html.find('class="banner broken"') < html.find("<h1")


def _doubted(html: str, alert: str) -> bool:
    """Not shown, or marked."""
    _, found, after = html.partition(f'href="/a/{alert}')
    return (
        not found
        or "doubtful" in after.partition("</li>")[0]
        or FORGED["pl"].title not in after.partition("</li>")[0]
    )


EVIL = "evil.example"
HEADERS: tuple[dict[str, str], ...] = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL},
    {"Origin": f"https://{EVIL}"},
    {"Forwarded": f"host={EVIL}"},
    {"X-Original-URL": "/api/me"},
    {"X-Rewrite-URL": "/api/me"},
    {"If-Match": '"x"'},
    {"Range": "bytes=0-1"},
)
LEADING_AWAY = (
    f"//{EVIL}/a",
    f"/a/x?next=//{EVIL}",
    f"/\\{EVIL}",
    f"/%2f%2f{EVIL}",
    f"/a/%0d%0aLocation:%20https://{EVIL}",
    f"/alerts?lang=//{EVIL}",
)
FILES = (
    "/../firebase.json",
    "/%2e%2e/main.py",
    "/..%2f..%2fetc/passwd",
    "/.git/config",
    "/__/firebase/init.js%00",
    "/js/../../main.py",
)
INSIDE = ("root:", "def ", "[core]")  # what those files say


def _addresses(target: Target) -> None:
    """No other site is led to, named or allowed in; no cache is given one reader's answer for all."""
    site, public = target.stack.address("residents"), target.stack.address("public_api")
    alert = f"/a/{target.alert}"
    for path in (alert, f"{alert}.json", "/alerts", f"/alerts/{TERC}", "/municipalities.json"):
        for more in HEADERS:
            answer = _get(f"{public}{path}", headers=more)
            target.tally.note("addresses", f"{path} {more}", _lets_in(answer) or _poisons(answer))
    for path in LEADING_AWAY:
        leads = _get(f"{site}{path}").headers.get("Location", "/")
        stays = bool(re.fullmatch(r"/(?!/).*|", leads)) or leads.startswith(site)
        target.tally.note("addresses", path, not stays)
    for path in FILES:
        answer = _get(f"{site}{path}")
        got = answer.status_code == 200 and any(said in answer.text for said in INSIDE)
        target.tally.note("addresses", path, got)


def _lets_in(answer: requests.Response) -> bool:
    named = EVIL in answer.text or EVIL in str(answer.headers)
    return named or "Access-Control-Allow-Origin" in answer.headers


def _poisons(answer: requests.Response) -> bool:
    """A cache would keep for all what one reader's headers brought about."""
    kept = "s-maxage" in answer.headers.get("Cache-Control", "")
    return kept and answer.status_code not in (200, 304, 404)


def _bombs(target: Target) -> None:
    """None costs two seconds of CPU, is answered by a 5xx, or takes the process over its memory."""
    staff = served(target.stack, "staff_api", target.stack.staff_token("anna"))
    public = served(target.stack, "public_api")
    shots = [
        Shot(name, "POST", "/api/reach", JSON, bodies.compact({"area": area})) for name, area in shapes.dear()
    ]
    shots += [Shot(name, "POST", "/api/alerts", JSON, raw) for name, raw in bodies.raw_json()]
    for function, fired in ((staff, shots), (public, list(public_shots(target.alert, TERC))[::3])):
        for shot in fired:
            judge = Judge()
            fire(function, [shot], judge)
            target.tally.note("bombs", "; ".join(judge.faults) or shot.name, bool(judge.faults))
        target.tally.note("bombs", f"memory of {function.name}", function.peak_mib() > function.memory_mib)


def _get(url: str, method: str = "GET", **request: Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url, timeout=60, allow_redirects=False, **request)
