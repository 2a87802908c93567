"""What is published, and whether it is the municipality's."""

from __future__ import annotations

from typing import Any

import requests

from infra.local.accounts import TERC
from shared.domain.content import Told, specs
from shared.domain.signature import PublicKey
from shared.formats.signed_alert import verify
from tests.app_contract.app import World
from tests.app_contract.requirement import requirement
from tests.clients.keys import read_key

FIELDS = {
    "terc", "state", "thread", "version", "revision", "sent", "cancelled", "kind", "signed", "signature",
    "key", "group", "expire", "meant_for", "narrowed", *specs(Told),
}  # fmt: skip


def text_fields(world: World) -> dict[str, Any]:
    found = world.me.read(f"published/{world.alert('first')}")
    assert found, "not published"
    return {name: value.get("stringValue") for name, value in found.items()}


def keys(world: World) -> list[PublicKey]:
    """From the list that everybody may read."""
    answer = requests.get(f"{world.stack.address('residents')}/municipalities.json", timeout=30)
    answer.raise_for_status()
    [mine] = [one for one in answer.json()["municipalities"] if one["terc"] == TERC]
    return [read_key(key) for key in mine["keys"]]


@requirement("8.1", "an alert is read by its id and found by both lists")
def _(world: World) -> None:
    alert = world.alert("first")
    assert world.me.get(f"published/{alert}"), "by its id"
    assert alert in world.me.newest(TERC), "newest of the municipality"
    assert alert in world.me.newest(TERC, active=True), "active ones"


@requirement("8.2", "what is published has the fields of the page")
def _(world: World) -> None:
    assert set(text_fields(world)) == FIELDS, set(text_fields(world)) ^ FIELDS


@requirement("8.3", "its signature is the municipality's")
def _(world: World) -> None:
    verdict = verify(text_fields(world), world.alert("first"), TERC, keys(world))
    assert verdict.fault is None, verdict.fault


@requirement("8.4", "an altered one, and one under another id, is not believed")
def _(world: World) -> None:
    fields = text_fields(world)
    altered = {**fields, "signed": fields["signed"].replace("14:00", "18:00")}
    assert verify(altered, world.alert("first"), TERC, keys(world)).fault, "altered"
    assert verify(fields, "another", TERC, keys(world)).fault, "under another id"


@requirement("8.5", "nobody but functions writes what is published")
def _(world: World) -> None:
    assert not world.me.set(f"published/{world.alert('first')}", {"terc": TERC, "state": "active"})


@requirement("8.6", "the site's list has it signed, with keys, and says when it did not change")
def _(world: World) -> None:
    alert, address = world.alert("first"), f"{world.stack.address('residents')}/alerts/{TERC}.json"
    answer = requests.get(address, timeout=30)
    answer.raise_for_status()
    [mine] = [one for one in answer.json()["alerts"] if one["alert"] == alert]
    known = [read_key(key) for key in answer.json()["municipality"]["keys"]]
    assert verify(mine, alert, TERC, known).fault is None, "not believed"
    again = requests.get(address, headers={"If-None-Match": answer.headers["ETag"]}, timeout=30)
    assert again.status_code == 304, again.status_code
