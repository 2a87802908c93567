"""Faults planted between approval and push, by the seed: whatever is planted when, nobody is sent it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shapely import affinity
from shapely.geometry import mapping, shape

from shared.domain.alert import Content, State, Text
from shared.domain.area_parts import Around, Drawn, Step
from shared.domain.content_digest import content_digest
from shared.domain.interlock import Fault
from tests.fakes.alert_values import APPROVER, AUTHOR
from tests.fakes.municipalities import BOUNDARY, square
from tests.services.interlock.town import ELSEWHERE, GRAVE, LAT, LESSER, LNG, Town

Planted = Callable[[random.Random, Content], dict[str, Any]]


def _empty(_rng: random.Random, _content: Content) -> dict[str, Any]:
    return {"area": '{"type":"MultiPolygon","coordinates":[]}', "parts": None}


def _swapped(_rng: random.Random, content: Content) -> dict[str, Any]:
    """Latitude and longitude."""
    lat_first = affinity.affine_transform(shape(json.loads(content.area)), (0, 1, 1, 0, 0, 0))
    return {"area": json.dumps(mapping(lat_first)), "parts": None}


def _whole_gmina(_rng: random.Random, content: Content) -> dict[str, Any]:
    return {"area": BOUNDARY, "parts": None if content.parts is None else (Step(Drawn(BOUNDARY)),)}


def _another_alerts(rng: random.Random, content: Content) -> dict[str, Any]:
    other = square(*ELSEWHERE, rng.uniform(0.001, 0.01))
    return {"area": other, "parts": None if content.parts is None else (Step(Drawn(other)),)}


def _of_another_unit(rng: random.Random, content: Content) -> dict[str, Any]:
    """Metres for kilometres, or a tenth."""
    factor = rng.choice((0.1, 3.0, 10.0))
    grown = affinity.scale(shape(json.loads(content.area)), factor, factor)
    parts = None if content.parts is None else (Step(Around(LAT, LNG, 200 * factor)),)
    return {"area": json.dumps(mapping(grown)), "parts": parts}


def _parts_alone(rng: random.Random, content: Content) -> dict[str, Any]:
    """The outline is as it was; who is meant is not."""
    return {"parts": (Step(Around(*ELSEWHERE, rng.uniform(100, 5000))),)}


def _other_words(rng: random.Random, content: Content) -> dict[str, Any]:
    polish = content.texts["pl"]
    other = rng.choice((replace(polish, body="Ewakuacja."), Text("", ""), replace(polish, title="Inny")))
    return {"texts": {**content.texts, "pl": other}}


def _more_grave(_rng: random.Random, content: Content) -> dict[str, Any]:
    return {"severity": GRAVE[0] if content.severity in LESSER else LESSER[0]}


PLANTED: tuple[Planted, ...] = (
    _empty, _swapped, _whole_gmina, _another_alerts, _of_another_unit, _parts_alone, _other_words,
    _more_grave,
)  # fmt: skip
MOMENTS = ("approved", "started", "published", "planned")
HONEST = 8  # one try in so many has no fault, and everybody gets it


def played(seed: int) -> str:
    """What was wrong; empty: nothing."""
    rng = random.Random(seed)
    parts = rng.choice((None, (Step(Around(LAT, LNG, 200.0)),)))
    severity = rng.choice((*GRAVE, *LESSER))
    town = Town(rng.randint(1, 12), severity=severity, parts=parts)
    town.approve()
    digest = content_digest(town.alert.terc, town.alert.content)
    if seed % HONEST == 0:
        town.start()
        return "" if town.world.pushed.keys() == town.world.expected else "an honest alert was not sent"
    plant, moment = rng.choice(PLANTED), rng.choice(MOMENTS)
    _plant(town, moment, lambda: town.alter(**plant(rng, town.alert.content)))
    town.start()
    told = f"seed {seed}: {plant.__name__} when {moment}, {severity}: "
    return "".join(f"{told}{fault}\n" for fault in faults(town, moment, digest))


def _plant(town: Town, moment: str, alter: Callable[[], None]) -> None:
    def after_start() -> None:
        if moment == "published":  # its event was faster
            town.world.trigger()
        alter()

    if moment == "approved":
        alter()
    elif moment == "planned":
        town.hooks.after_plan = alter
    else:
        town.hooks.after_start = after_start


def faults(town: Town, moment: str, digest: str) -> list[str]:
    held = State.HELD if moment == "approved" else State.ACTIVE
    called = town.called()
    checks = {
        f"{sum(town.world.pushed.values())} pushes": not town.world.pushed,
        "public in other words": not town.published_other_than(digest),
        f"it is {town.alert.state}": town.alert.state is held,
        "it is not held": town.alert.held is not None,
        "what is active is not stopped": held is State.HELD or town.alert.stopped is not None,
        f"held for {town.whys}": town.whys == [Fault.CHANGED.why],
        f"called: {called}": {("held", ""), ("held", APPROVER.uid), ("held", AUTHOR.uid)} <= called,
    }
    return [name for name, fine in checks.items() if not fine]
