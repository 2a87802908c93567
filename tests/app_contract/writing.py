"""Signing in, the resident, places, devices: what is accepted, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.geo.cells import cell_of
from tests.app_contract.app import HOME, World, eventually
from tests.app_contract.requirement import requirement
from tests.rules.firestore_json import SERVER_TIME

POINT = {"latitude": HOME[0], "longitude": HOME[1]}
RESIDENT = {"language": "pl", "updated": SERVER_TIME}
PLACE = {"label": "Dom", "cell": cell_of(*HOME), "accuracy": 8, "updated": SERVER_TIME}
PLATFORMS = ("android", "ios", "web")


def device(platform: str, value: str) -> dict[str, object]:
    return {"platform": platform, "target": {"kind": "token", "value": value}, "updated": SERVER_TIME}


@requirement("1.1", "an anonymous sign-in gives a uid that fits into ids")
def _(world: World) -> None:
    assert world.me.uid.isalnum(), world.me.uid


@requirement("1.2", "nobody reads or writes without a sign-in, or another's documents")
def _(world: World) -> None:
    for other in (world.nobody, world.stranger):
        assert not other.set(world.me.root, RESIDENT), "written"
        assert not other.get(world.me.root), "read"


@requirement("2.1", "the resident's document is accepted, with and without preferences")
def _(world: World) -> None:
    wishes = {"muted": ["event"], "least_severity": "Minor", "seen": SERVER_TIME}
    hours = {"quiet_hours": {"from": "22:00", "to": "06:30"}}
    assert world.me.set(world.me.root, {**RESIDENT, **wishes, **hours}), "with all preferences"
    assert world.me.set(world.me.root, RESIDENT), "without any"
    assert world.spared.set(world.spared.root, {**RESIDENT, "muted": ["failure"]}), "muted"


@requirement("2.2", "another shape of the resident is refused")
def _(world: World) -> None:
    for change in ({"language": "de"}, {"phone": "+48123456789"}, {"muted": ["storm"]}, {"updated": None}):
        assert not world.me.set(world.me.root, {**RESIDENT, **change}), change


@requirement("3.1", "a place with a cell is accepted")
def _(world: World) -> None:
    assert world.me.set(f"{world.me.root}/places/1", PLACE)
    assert world.spared.set(f"{world.spared.root}/places/1", PLACE)


@requirement("3.2", "a point becomes its cell of resolution 13, and the coordinates go")
def _(world: World) -> None:
    path = f"{world.me.root}/places/2"
    assert world.me.set(path, {"label": "Praca", "point": POINT, "updated": SERVER_TIME}), "refused"
    place = eventually(
        lambda: "point" not in (found := world.me.read(path) or {}) and found, "the point did not go"
    )
    assert place["cell"]["stringValue"] == cell_of(*HOME), place


@requirement("3.3", "a place may end, at most a year ahead, and be confirmed")
def _(world: World) -> None:
    path, now = f"{world.me.root}/places/3", datetime.now(UTC)
    ends = {**PLACE, "until": now + timedelta(days=14), "confirmed": SERVER_TIME}
    assert world.me.set(path, ends), "refused"
    for until in (now - timedelta(days=1), now + timedelta(days=400)):
        assert not world.me.set(path, {**PLACE, "until": until}), until
    assert world.me.delete(path), "cannot be removed"


@requirement("3.4", "another shape of a place is refused: a ninth, both, neither, swapped coordinates")
def _(world: World) -> None:
    swapped = {"latitude": HOME[1], "longitude": HOME[0]}
    path = f"{world.me.root}/places/4"
    assert not world.me.set(f"{world.me.root}/places/9", PLACE), "a ninth"
    assert not world.me.set(path, {**PLACE, "point": POINT}), "both"
    assert not world.me.set(path, {"label": "Dom", "updated": SERVER_TIME}), "neither"
    assert not world.me.set(path, {"label": "Dom", "point": swapped, "updated": SERVER_TIME}), "swapped"


@requirement("4.1", "a device of each platform is accepted")
def _(world: World) -> None:
    for slot, platform in enumerate(PLATFORMS, start=1):
        document = device(platform, world.target(platform))
        assert world.me.set(f"{world.me.root}/devices/{slot}", document), platform
    document = device("android", f"android-{world.spared.uid}")
    assert world.spared.set(f"{world.spared.root}/devices/1", document)


@requirement("4.2", "another shape of a device is refused")
def _(world: World) -> None:
    path = f"{world.me.root}/devices/4"
    assert not world.me.set(path, device("windows", "t")), "platform"
    assert not world.me.set(path, device("web", "")), "an empty target"
    assert not world.me.set(f"{world.me.root}/devices/0", device("web", "t")), "slot 0"
