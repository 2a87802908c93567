"""Leaving: everything is deleted, nothing is sent any more, nothing names the resident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import requests

from infra.local.stack import PROJECT
from tests.app_contract.app import World, eventually
from tests.app_contract.requirement import requirement
from tests.traces import named_in

if TYPE_CHECKING:
    from google.cloud.firestore import Client


@requirement("10.1", "devices, places and the resident can be deleted, each slot by name")
def _(world: World) -> None:
    for kind in ("devices", "places"):
        for slot in range(1, 9):
            assert world.me.delete(f"{world.me.root}/{kind}/{slot}"), f"{kind}/{slot}"
    assert world.me.delete(world.me.root), "the resident"
    index = world.town.registers
    eventually(lambda: not index.fields(f"audience/{world.me.uid}.1"), "the index was not emptied")


@requirement("10.2", "from then on nothing is sent")
def _(world: World) -> None:
    texts = {"pl": {"title": "Powódź", "body": "Rzeka przelewa wał.", "instruction": "Wyjdź na piętro."}}
    world.send("second", category="warning", severity="Severe", event="flood", texts=texts)
    pushed = world.pushes("second")
    assert f"android-{world.spared.uid}" in pushed, "not even to the neighbour"
    assert not [target for target in pushed if target.endswith(world.me.uid)], "sent to one who left"


@requirement("10.3", "within minutes no document names the uid; the counts stay")
def _(world: World) -> None:
    client = _firestore(world)

    def clean() -> bool:
        _sweep(world)
        return named_in(client, world.me.uid) == []

    eventually(clean, "traces were left")
    assert _accepted(client, world.alert("first")) == 3, "the counts changed"


@requirement("10.4", "an account that the app could not delete goes after them")
def _(world: World) -> None:
    def gone() -> bool:
        _sweep(world)
        return world.stack.auth.factors(world.me.uid) is None

    eventually(gone, "the account was left")


def _sweep(world: World) -> None:
    """Now instead of within a minute; one that takes long is waited for in the next look."""
    try:
        requests.post(f"{world.stack.address('scheduler')}/jobs/sweep:run", timeout=60)
    except requests.Timeout:
        return


def _accepted(client: Client, alert: str) -> int:
    delivery = client.document(f"alerts/{alert}/deliveries/push.1").get().to_dict() or {}
    return int(delivery["figures"]["accepted"])


def _firestore(world: World) -> Client:
    import os
    from unittest import mock

    from google.cloud.firestore import Client

    with mock.patch.dict(os.environ, {"FIRESTORE_EMULATOR_HOST": world.stack.host("firestore")}):
        return Client(project=PROJECT)
