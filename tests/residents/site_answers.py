"""What the site answers of alerts, as the server writes it, and a page of Node.js that asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shared.domain.alert import State
from shared.domain.public_alert import PublicAlert
from shared.formats.public_json import list_json, signed_json
from shared.services.publishing.read_published import believed
from tests.fakes.alert_values import replace
from tests.fakes.public_office import SENT, municipality, published, signed
from tests.fakes.signer import SeededKey

MADE = SENT + timedelta(minutes=5)
WATER = signed(published(expires=SENT + timedelta(days=9999)))
ROAD = signed(published("r1", thread="r1", sent=SENT - timedelta(hours=3)))
CANCELLED = signed(replace(published(), state=State.CANCELLED, cancelled=SENT, revision=WATER.revision + 1))

# A page that is looked at; who listens to what is in `listeners`.
PAGE = """
  const listeners = {}, listen = (name, heard) => ((listeners[name] ??= []).push(heard));
  globalThis.document = {visibilityState: 'visible', addEventListener: listen};
  globalThis.addEventListener = listen;
  globalThis.indexedDB = {open() { throw new Error('no database'); }};
  globalThis.navigator ??= {};
  console.error = console.warn = () => {};
  const run = globalThis.setTimeout"""


def body(*alerts: PublicAlert, keys: tuple[SeededKey, ...] = ()) -> dict[str, Any]:
    office = municipality(*keys)
    return list_json(office, [believed(one, office) for one in alerts])


def kept(made: datetime, *alerts: PublicAlert) -> dict[str, Any]:
    answer = body(*alerts)
    return {
        "office": answer["municipality"],
        "sealed": answer["alerts"],
        "made": made.timestamp() * 1000,
    }


def alone(alert: PublicAlert, *others: PublicAlert) -> dict[str, Any]:
    office = municipality()
    return signed_json(*believed(alert, office), office, [believed(one, office) for one in others])
