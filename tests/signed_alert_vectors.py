"""Writes tests/signed_alert_vectors.json: python -m tests.signed_alert_vectors.

What every verifier has to accept and to refuse: Python's (tests/unit/formats/test_signed_alert.py) and the
browser's read the same cases. Keys come from fixed seeds and Ed25519 is deterministic, so the file stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from infra.local.processes import ROOT
from shared.domain.alert import State
from shared.domain.content import Category, Certainty, Hazard, Response, Severity, Text, Urgency
from shared.domain.covered import Covered, CoveredName
from shared.domain.public_alert import PublicAlert, public_alert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url, key_json
from shared.formats.signed_alert import Fault, signed_text
from tests.fakes.alert_values import TERC, alert, at, content
from tests.fakes.signer import SeededKey

FILE = ROOT / "tests" / "signed_alert_vectors.json"
OTHER_TERC = "1209033"
FIRST, SECOND, THEIRS, STRANGER = (SeededKey(seed) for seed in range(1, 5))
ROTATED = at(12)  # the first key signs until an hour later, the second from now on
OURS = (FIRST.public(at(1), at(13)), SECOND.public(ROTATED))
MUNICIPALITIES = {
    "ours": {"terc": TERC, "name": "Gmina Regionalna", "keys": [key_json(key) for key in OURS]},
    "theirs": {
        "terc": OTHER_TERC,
        "name": "Gmina Ościenna",
        "keys": [key_json(THEIRS.public(at(1)))],
    },
}
_TEXTS = {
    "uk": Text("Немає води: вул. Głowna", "Прорвало трубу."),
    "pl": Text('Brak wody: ul. „Główna" \\ Rynek', "Pękła rura.\nWoda od ok. 14:00. 🚰 <b>&amp;</b>"),
}

_LATER_WORDS = {
    "category": "black_ice",
    "severity": "Unknown",
    "state": "asleep",
    "kind": "withdrawal",
    "event": "drone",
    "urgency": "Soon",
    "certainty": "Measured",
    "response": "CallUs",
}
# What the first release signed.
_FIRST_FORM = (
    '{"alert":"a1","area":"{\\"type\\":\\"Polygon\\"}","area_name":"ul. Główna","cancelled":null,'
    '"category":"failure","exercise":false,"expires":"2026-11-22T13:10:00Z","key":"' + FIRST.id + '",'
    '"kind":"alert","revision":4,"sent":"2026-11-22T03:00:00Z","severity":"Moderate",'
    '"signed_at":"2026-11-22T03:00:00Z","state":"active","terc":"1201022",'
    '"texts":{"pl":{"body":"Pękła rura.","title":"Brak wody"}},"thread":"a1","version":2}'
)


def water(**changes: Any) -> PublicAlert:
    active = {"state": State.ACTIVE, "started": at(3), "version": 2, "revision": 4}
    return replace(public_alert(alert("a1", content=content(texts=_TEXTS), **active)), **changes)


def warning() -> PublicAlert:
    """With every field that a content may have."""
    texts = {"pl": Text("Burza", "Porywy do 90 km/h.", "Zostań w domu.\nZamknij okna.")}
    return water(
        category=Category.WARNING,
        severity=Severity.SEVERE,
        event=Hazard("thunderstorm"),
        texts=texts,
        event_ends=at(9),
        next_info=at(6),
        urgency=Urgency("Expected"),
        certainty=Certainty("Likely"),
        response=Response("Shelter"),
        source="IMGW-PIB",
        contact="+48 12 272 12 34",
        on_behalf="Powiat regionalny",
        covers=Covered((CoveredName("0951617:01014", "Różana", 9, 42),), 12, 8000, more=1, more_inside=3),
    )


def sign(alert: PublicAlert, key: SeededKey, moment: datetime, named: str | None = None) -> Signature:
    text = signed_text(alert, named or key.id, moment)
    return Signature(text, base64url(key.sign(text.encode())), key.id)


def published(of: Signature, /, **changes: str) -> dict[str, str]:
    whole = {"signed": of.text, "signature": of.value, "key": of.key}
    return {**whole, **changes}


def _case(name: str, document: dict[str, Any], fault: Fault | None = None, **more: Any) -> dict[str, Any]:
    case = {"name": name, "municipality": "ours", "alert": "a1", "published": document}
    return {**case, "valid": fault is None, "fault": fault.value if fault else None, **more}


def _genuine() -> Iterator[dict[str, Any]]:
    over = water(state=State.CANCELLED, cancelled=at(13), revision=5)
    yield _case("genuine", published(sign(water(), FIRST, at(3))))
    yield _case("sent before the rotation, cancelled after it", published(sign(over, SECOND, at(13))))
    yield _case("old key until the rotation is over", published(sign(water(), FIRST, at(12, 59))))
    beside = {"severity": "Extreme", "texts": {"pl": {"title": "Uciekaj", "body": "!"}}}
    yield _case("what stands beside is not looked at", {**published(sign(water(), FIRST, at(3))), **beside})


def _altered() -> Iterator[dict[str, Any]]:
    good = sign(water(), FIRST, at(3))
    text = good.text.replace("14:00", "18:00")
    yield _case("altered text", published(good, signed=text), Fault.BAD_SIGNATURE)
    severe = good.text.replace('"Moderate"', '"Extreme"')
    yield _case("altered severity", published(good, signed=severe), Fault.BAD_SIGNATURE)
    yield _case("a space more", published(good, signed=good.text + " "), Fault.BAD_SIGNATURE)
    flipped = ("B" if good.value[0] == "A" else "A") + good.value[1:]
    yield _case("altered signature", published(good, signature=flipped), Fault.BAD_SIGNATURE)
    yield _case("cut signature", published(good, signature=good.value[:-4]), Fault.BAD_SIGNATURE)
    padded = published(good, signature=good.value + "==")
    yield _case("signature in another alphabet", padded, Fault.BAD_SIGNATURE)


def _forged() -> Iterator[dict[str, Any]]:
    forged = sign(water(), STRANGER, at(3))
    yield _case("signed by a stranger", published(forged), Fault.UNKNOWN_KEY)
    passed_off = published(sign(water(), STRANGER, at(3), named=FIRST.id), key=FIRST.id)
    yield _case("a stranger under the key's name", passed_off, Fault.BAD_SIGNATURE)
    good = published(sign(water(), FIRST, at(3)))
    yield _case("no signature", {**good, "signature": None}, Fault.UNSIGNED)
    yield _case("nothing signed", {}, Fault.UNSIGNED)
    text = '{"alert":"a1"}'
    signature = Signature(text, base64url(FIRST.sign(text.encode())), FIRST.id)
    yield _case("signed, but no alert", published(signature), Fault.UNREADABLE)


def _foreign() -> Iterator[dict[str, Any]]:
    good = published(sign(water(), FIRST, at(3)))
    yield _case("under another alert's id", good, Fault.OTHER_ALERT, alert="a2")
    yield _case("shown as the neighbours'", good, Fault.UNKNOWN_KEY, municipality="theirs")
    theirs = published(sign(water(terc=OTHER_TERC), THEIRS, at(3)))
    yield _case("the neighbours' own", theirs, municipality="theirs")
    yield _case("the neighbours' shown as ours", theirs, Fault.UNKNOWN_KEY)
    wrong = published(sign(water(terc=OTHER_TERC), FIRST, at(3)))
    yield _case("our key for the neighbours", wrong, Fault.OTHER_MUNICIPALITY)


def _out_of_time() -> Iterator[dict[str, Any]]:
    late = published(sign(water(), FIRST, at(13)))
    yield _case("signed at the end of the key's time", late, Fault.KEY_NOT_VALID)
    early = published(sign(water(), SECOND, at(11, 59)))
    yield _case("signed before the key's time", early, Fault.KEY_NOT_VALID)
    named = published(sign(water(), FIRST, at(3), named=SECOND.id))
    yield _case("the text names another key", named, Fault.KEY_NOT_VALID)


def _signed(text: str) -> dict[str, str]:
    return published(Signature(text, base64url(FIRST.sign(text.encode())), FIRST.id))


def _rewritten(**fields: Any) -> dict[str, str]:
    """As another release would sign it: `fields` are added or changed, None takes one away."""
    known = json.loads(signed_text(warning(), FIRST.id, at(3)))
    kept = {name: value for name, value in {**known, **fields}.items() if value is not None}
    kept |= {"cancelled": None}
    return _signed(json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _of_releases() -> Iterator[dict[str, Any]]:
    yield _case("all that a warning says", published(sign(warning(), FIRST, at(3))))
    yield _case("sent late", published(sign(water(meant_for=at(2)), FIRST, at(3))))
    before = published(Signature(_FIRST_FORM, base64url(FIRST.sign(_FIRST_FORM.encode())), FIRST.id))
    yield _case("of the first form, without its number", before)
    yield _case("a key added later", _rewritten(form="1.4", evacuation_route={"to": ["szkoła"]}))
    yield _case("a far later minor form", _rewritten(form="1.47"))
    for name, word in _LATER_WORDS.items():
        yield _case(f"a later {name}", _rewritten(**{name: word}), reads={name: word})
    later = {**_LATER_WORDS, "group": "hazard", "form": "1.3", "polygons": 2}
    yield _case("words and keys of a later release at once", _rewritten(**later), reads=_LATER_WORDS)
    texts = {"pl": {"title": "Tytuł", "body": "Treść", "audio": "https://a"}}
    yield _case("a later part of the text", _rewritten(texts=texts))
    yield _case("a language added later", _rewritten(texts={**texts, "lv": texts["pl"]}))
    yield _case("another major form", _rewritten(form="2.0"), Fault.UNREADABLE)
    yield _case("what is no word", _rewritten(category="Ucieczka teraz!"), Fault.UNREADABLE)
    yield _case("meant for what is no time", _rewritten(meant_for="14:00"), Fault.UNREADABLE)
    yield _case("covers what is no list", _rewritten(covers={"inside": 1}), Fault.UNREADABLE)
    yield _case("of a release that named no streets", _rewritten(form="1.1", covers=None))
    yield _case("no category", _rewritten(category=None), Fault.UNREADABLE)


def document() -> dict[str, Any]:
    cases = [*_genuine(), *_altered(), *_forged(), *_foreign(), *_out_of_time(), *_of_releases()]
    return {"municipalities": MUNICIPALITIES, "cases": cases}


def as_text() -> str:
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text())
