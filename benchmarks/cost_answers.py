"""What the site's answers to the residents' app weigh, served by the real application and compressed.

A municipality of 18,000 phones, its past month's alerts in two languages about streets of their own, and the
one alert about all of it. Signatures and corners do not compress; what offices write over and over does.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import pytest
import shapely
from flask.testing import FlaskClient

from benchmarks import inhabitants
from demo import shapes
from shared.domain.alert import State, Text
from shared.domain.public_alert import PublicAlert
from shared.geo.shapes import Area
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import SENT, PublicOffice, published, signed

LEVEL = 6  # of gzip, as caches compress
SAID = (
    ("Awaria wodociągu na tej ulicy.", "A water main on this street has burst."),
    ("Woda z beczkowozu przy szkole podstawowej nr {number}.", "Water from a lorry at school no. {number}."),
    ("Wodę przed piciem gotuj przez {number} minut.", "Boil the water for {number} minutes before drinking."),
    ("Prąd wróci najpóźniej o {hour}:{minute}.", "Power returns by {hour}:{minute} at the latest."),
    ("Objazd przez {street}, kieruje policja.", "Detour by {street}, the police direct traffic."),
    ("Zamknij okna i nie wychodź, dopóki czuć dym.", "Close the windows and stay in while you smell smoke."),
    ("Świetlica jest nieczynna, odbierz dzieci.", "The day room is closed, fetch your children."),
    ("Pytania: 44 725 {number} {minute}, całą dobę.", "Questions: 44 725 {number} {minute}, day and night."),
)  # fmt: skip
SENTENCES = 4  # of a text


@dataclass(frozen=True)
class Weights:
    """Bytes: of a list and an alert compressed, and of both as the function sends them."""

    list: int
    alert: int
    list_sent: int
    alert_sent: int


@cache
def weights(listed: int) -> Weights:
    """Of a list of so many alerts, and of the one that the whole municipality gets."""
    with served(_alerts(listed)) as site:
        found = {
            name: site.get(path).data
            for name, path in (("list", f"/alerts/{TERC}.json"), ("alert", "/a/a0.json"))
        }
    if len(json.loads(found["list"])["alerts"]) != listed:
        raise AssertionError("the list has another length")
    packed = {name: len(gzip.compress(body, LEVEL)) for name, body in found.items()}
    return Weights(packed["list"], packed["alert"], len(found["list"]), len(found["alert"]))


@contextmanager
def served(alerts: Iterator[PublicAlert]) -> Iterator[FlaskClient]:
    office = PublicOffice()
    office.store.put(*(signed(alert) for alert in alerts))
    with pytest.MonkeyPatch.context() as patch:
        yield office.open(patch)


def _alerts(count: int) -> Iterator[PublicAlert]:
    """The whole municipality's is the newest, and the only one in force."""
    town, pick = inhabitants.town(), random.Random(1)
    streets = sorted(town.streets)
    yield _alert(0, "cała gmina", inhabitants.areas()["whole gmina"], pick)
    for number in range(1, count):
        street = streets[number % len(streets)]
        drawn = Area.of(shapely.from_geojson(json.dumps(shapes.street_area(town, street[1], street[0]))))
        if drawn is None:
            raise AssertionError(f"{street} has no area")
        made = _alert(number, f"ul. {street[1]}", drawn, pick)
        yield replace(made, state=State.EXPIRED, sent=SENT - timedelta(hours=9 * number))


def _alert(number: int, where: str, area: Area, pick: random.Random) -> PublicAlert:
    said = pick.sample(SAID, SENTENCES)
    values = {
        "number": pick.randrange(2, 99),
        "hour": pick.randrange(6, 23),
        "minute": pick.randrange(10, 60),
        "street": where,
    }
    polish, english = (" ".join(one[language].format(**values) for one in said) for language in (0, 1))
    texts = {"pl": Text(f"Ważne: {where}", polish), "en": Text(f"Notice: {where}", english)}
    alert_id = f"a{number}"
    return published(alert_id, thread=alert_id, texts=texts, area=area.text(), area_name=where)
