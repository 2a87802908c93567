"""What happens in the demonstration: alerts, sent as staff send them, compared with who lives where."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests

from demo.municipality import Municipality
from demo.residents import DemoResident
from demo.shapes import locality_area, street_area
from demo.truth import FAULTS, Means, compare
from tests.clients.staff import StaffClient, moment

WARSAW = ZoneInfo("Europe/Warsaw")
MAIN_STREET = "Główna"
SCHEDULED_AHEAD = timedelta(seconds=20)
LONGEST = 600.0  # seconds to wait for an alert to be sent to everyone
SETTLED = 2.0  # seconds after the last push, in which a second one to the same phone would show


@dataclass(frozen=True)
class Notice:
    """An alert of the demonstration: its name in the result, and what staff enter.

    `means`: of an area by names, which addresses it means, by the file of addresses alone.
    """

    name: str
    content: dict[str, Any]
    means: Means | None = None


def water_main_bursts(municipality: Municipality, now: datetime) -> Notice:
    """A water outage on the main street, or the longest one of a real municipality."""
    locality, street = main_street(municipality)
    until = now + timedelta(hours=6)
    hour = f"{until.astimezone(WARSAW):%H:%M}"
    content = {
        "category": "failure",
        "severity": "Moderate",
        "event": "water_outage",
        "texts": {
            "pl": {
                "title": f"Brak wody: ul. {street}. Pękła rura.",
                "body": f"Wody nie będzie do ok. {hour}. Beczkowóz: przed szkołą, za godzinę.",
                "instruction": "Zakręć krany. Nie włączaj pralki.",
            },
            "en": {
                "title": f"No water: {street} street. A main has burst.",
                "body": f"No water until about {hour}. Water tanker: by the school, in an hour.",
                "instruction": "Turn off the taps. Do not start the washing machine.",
            },
            "uk": {
                "title": f"Немає води: вул. {street}. Прорвало трубу.",
                "body": f"Води не буде приблизно до {hour}. Водовоз: біля школи, за годину.",
                "instruction": "Закрутіть крани. Не вмикайте пральну машину.",
            },
        },
        "area": street_area(municipality, street, locality),
        "area_name": f"ul. {street}, {locality}",
        "expires": until.isoformat(),
        "event_ends": until.isoformat(),
        "urgency": "Immediate",
        "certainty": "Observed",
        "response": "Prepare",
        "source": "Zakład Wodociągów",
        "contact": "994",
        "send_at": None,
    }
    return Notice("water main", content)


def village_meeting(municipality: Municipality, now: datetime) -> Notice:
    """Template 8, for the second largest village, at a time a little ahead."""
    village = municipality.localities[min(2, len(municipality.localities) - 1)].name
    content = {
        "category": "event",
        "severity": "Minor",
        "texts": {
            "pl": {
                "title": f"Zebranie wiejskie: {village}. Piątek, 18:00, remiza.",
                "body": "Temat: fundusz sołecki. Pomysły przyjmuje sołtys do środy.",
            }
        },
        "area": locality_area(municipality, village),
        "area_name": village,
        "expires": (now + timedelta(days=2)).isoformat(),
        "send_at": (now + SCHEDULED_AHEAD).isoformat(),
    }
    return Notice("village meeting", content)


def main_street(municipality: Municipality) -> tuple[str, str]:
    """Locality and street."""
    town = municipality.localities[0].name
    if (town, MAIN_STREET) in municipality.streets:
        return town, MAIN_STREET
    return max(municipality.streets, key=lambda at: len(municipality.streets[at]))


class Pushes:
    """What the FCM stand-in received."""

    def __init__(self, control: str) -> None:
        self._control = control

    def of(self, alert_id: str) -> list[dict[str, Any]]:
        answer = requests.get(f"{self._control}/messages", params={"alert": alert_id}, timeout=60)
        answer.raise_for_status()
        received: list[dict[str, Any]] = answer.json()["messages"]
        return received

    def count(self, alert_id: str) -> int:
        answer = requests.get(f"{self._control}/counts", timeout=60)
        answer.raise_for_status()
        return int(answer.json()["by_alert"].get(alert_id, 0))


def deliver(office: StaffClient, notice: Notice, told: Callable[[int], None]) -> dict[str, Any]:
    """Draft, submit, approve, and wait until every channel has tried everybody; the alert as it is then.

    `told` hears how many phones' pushes were accepted so far. Raises TimeoutError.
    """
    alert = office.send(notice.content)
    due = moment(alert["send_at"] or alert["approved"])
    end = time.monotonic() + (due - datetime.now(UTC)).total_seconds() + LONGEST
    while time.monotonic() < end:
        alert = office.alert(alert["id"])
        if alert["state"] not in {"scheduled", "active"}:
            return alert
        if alert["state"] == "active":
            figures = office.summary(alert["id"])
            told(figures["accepted"] or 0)
            if figures["complete"]:
                return alert
        time.sleep(0.25)
    raise TimeoutError(f"The alert {notice.name!r}, {alert['state']}, is not told after {LONGEST:.0f} s")


def result(
    notice: Notice, alert: dict[str, Any], pushes: Pushes, residents: Sequence[DemoResident]
) -> dict[str, Any]:
    """The figures of one alert, from what FCM received and where residents live."""
    time.sleep(SETTLED)
    received = pushes.of(alert["id"])
    targets = (message["target"] for message in received)
    compared = compare(residents, notice.content, targets, notice.means)
    due = moment(alert["send_at"] or alert["approved"])
    seconds = sorted((moment(message["at"]) - due).total_seconds() for message in received)
    return {
        "name": notice.name,
        **asdict(compared),
        "seconds_to_first": round(seconds[0], 2) if seconds else None,
        "seconds_to_last": round(seconds[-1], 2) if seconds else None,
    }


def is_exact(results: Iterable[dict[str, Any]]) -> bool:
    """Nobody missed, twice, outside or against their wish, and somebody was meant at all."""
    return all(figures["expected"] > 0 and not any(figures[fault] for fault in FAULTS) for figures in results)
