"""A phone that gets a push late, as Node.js plays it: what the site answers, what is shown and remembered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.alert import State
from shared.domain.content import Text
from shared.domain.public_alert import PublicAlert
from shared.formats.key_json import key_json
from tests.fakes.alert_values import TERC, at
from tests.fakes.signer import SeededKey
from tests.residents.test_push_modules import call
from tests.residents.test_worker_modules import DEVICE, FAILING, STATE
from tests.signed_alert_vectors import published, sign, water

KEY = SeededKey(1)
SENT = at(1, 11)  # 2:11 in Poland
IN_TIME, LATE = SENT + timedelta(seconds=119), SENT + timedelta(seconds=121)
HOLDS = replace(water(), sent=SENT, texts={"pl": Text("Brak wody", "Pękła rura.")})
NEWER = replace(HOLDS, version=3, texts={"pl": Text("Brak wody do 18:00", "Naprawa trwa.")})
CANCELLED = replace(HOLDS, state=State.CANCELLED, cancelled=at(1, 30), revision=5)
PUSH = {
    "alert": "a1",
    "thread": "a1",
    "version": "2",
    "category": "failure",
    "severity": "Severe",
    "title": "Brak wody",
    "body": "Pękła rura.",
    "language": "pl",
    "terc": TERC,
    "sound": "on",
    "sent": "2026-11-22T01:11:00Z",
    "expires": "2026-11-22T13:10:00Z",
    "proof": "0" * 64,
}
NOTHING = "Promise.reject(new TypeError('no network'))"
SILENCE = "new Promise(() => {})"


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def signed(alert: PublicAlert, key: SeededKey = KEY, **changes: Any) -> dict[str, Any]:
    """`/a/{id}.json` of it, with the key that signed it among the municipality's."""
    keys = [key_json(key.public(at(0)))]
    seal = published(sign(alert, key, at(1, 30)))
    return {"alert": alert.id, **seal, "municipality": {"terc": TERC, "keys": keys}, **changes}


def municipalities(*keys: SeededKey) -> dict[str, Any]:
    ours = {"terc": TERC, "name": "Gmina", "keys": [key_json(key.public(at(0))) for key in keys]}
    return {"municipalities": [ours]}


def answer(value: object) -> str:
    return f"Response.json({json.dumps(value)})"


KNOWN = answer(municipalities(KEY))

PHONE = """
  globalThis.caches = {match: async () => COPY};
  globalThis.asked = [];
  globalThis.shown = [];
  console.error = () => {};
  globalThis.fetch = async (address, {redirect} = {}) => {
    const {pathname} = new URL(address, self.location);
    if (pathname === '/icon.svg') return CLOCK;
    asked.push(pathname);
    return pathname === '/municipalities.json' ? SITE : STATED;
  };
  const show = async (title, {body, silent}) => shown.push([title, body, silent]);
  globalThis.registration = {showNotification: show};
"""


def phone(stated: str, before: str = f"globalThis.indexedDB = {FAILING}", **world: str) -> str:
    """One whose site answers so of the alert; `world`: `copy` and `site` of the keys, the site's `clock`."""
    known = {"copy": KNOWN, "site": KNOWN, "clock": NOTHING, **world, "stated": stated}
    text = PHONE
    for name, value in known.items():
        text = text.replace(name.upper(), value)
    return f"{before};{text}"


def database(rows: object) -> str:
    """One that works, with these rows; `rows` is what it has then."""
    return STATE.replace("ROWS", json.dumps(rows)).replace("STATUS", "200") + ";globalThis.rows = rows;"


def received(stated: str, push: object = PUSH, now: datetime = LATE, more: str = "", **world: str) -> Any:
    """What the push is called, and what is shown of it: title, text, whether it is silent."""
    script = f"""
      const says = await m.receive({json.dumps(push)}, {{registration, now: {ms(now)}}});
      return [says, ...shown.flat()];
    """
    return call("sw/receive.js", f"await (async () => {{{script}}})()", phone(stated, **world) + more)


def stays(*pushes: dict[str, str], answers: tuple[str, ...]) -> Any:
    """What pushes are called that come late one after the other, what is shown, what the phone remembers."""
    script = f"""
      const says = [], world = {{registration, now: {ms(LATE)}}};
      for (const push of {json.dumps(pushes)}) says.push(await m.receive(push, world));
      return [says, shown, Object.fromEntries(rows)];
    """
    stated = f"[{', '.join(f'() => {one}' for one in answers)}][count++]()"
    before = database({"device/this": DEVICE}) + "let count = 0"
    return call("sw/receive.js", f"await (async () => {{{script}}})()", phone(stated, before))
