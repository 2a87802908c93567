"""The push and its receipts; reports."""

from __future__ import annotations

import re

from infra.local.processes import ROOT
from tests.app_contract.app import World, eventually
from tests.app_contract.requirement import requirement
from tests.app_contract.writing import PLATFORMS
from tests.rules.firestore_json import SERVER_TIME

PAGE = ROOT / "docs" / "app-developers.md"


def described() -> set[str]:
    """The fields that the page's table names."""
    table = PAGE.read_text().split("| field | meaning |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def receipt(world: World, kind: str, platform: str = "android", **changes: object) -> dict[str, object]:
    proof = world.data(platform)["proof"]
    return {"kind": kind, "platform": platform, "proof": proof, "at": SERVER_TIME, **changes}


def path(world: World, kind: str, slot: int = 1) -> str:
    return f"published/{world.alert('first')}/receipts/{world.me.uid}.{slot}.{kind}"


@requirement("5.1", "an alert over my place reaches each of my phones once")
def _(world: World) -> None:
    me = world.town.registers
    eventually(lambda: me.fields(f"audience/{world.me.uid}.1"), "the place was not indexed")
    eventually(lambda: me.fields(f"audience/{world.spared.uid}.1"), "the other place was not indexed")
    world.send("first")
    mine = {target for target in world.pushes("first") if target.endswith(world.me.uid)}
    assert mine == {world.target(platform) for platform in PLATFORMS}, mine


@requirement("5.2", "who has muted the category is not sent it, and finds it published")
def _(world: World) -> None:
    assert f"android-{world.spared.uid}" not in world.pushes("first"), "sent"
    assert world.spared.read(f"published/{world.alert('first')}"), "not published"


@requirement("5.3", "the push has the fields of the table and no others")
def _(world: World) -> None:
    required = described() - {"exercise", "kind", "narrowed"}  # of exercises, of what follows
    for platform in PLATFORMS:
        known = set(world.data(platform)) | ({"title", "body"} if platform == "ios" else set())
        assert known == required, f"{platform}: {known ^ required}"


@requirement("5.4", "each platform gets its form: data alone on Android and the web, aps.alert on iOS")
def _(world: World) -> None:
    messages = world.pushes("first")
    android, ios, web = (messages[world.target(platform)] for platform in PLATFORMS)
    assert "notification" not in android, android
    assert android["android"]["priority"].upper() == "HIGH", android
    assert "notification" not in web, web
    aps = ios["apns"]["payload"]["aps"]
    assert set(aps["alert"]) == {"title", "body"}, aps
    assert aps["mutable-content"] == 1, aps


@requirement("5.5", "the push names the alert, its thread and version, and its end")
def _(world: World) -> None:
    data = world.data("web")
    assert data["alert"] == data["thread"] == world.alert("first"), data
    assert data["version"].isdigit(), data["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", data["expires"]), data["expires"]
    assert data["url"].endswith(f"/a/{world.alert('first')}"), data["url"]


@requirement("7.1", "a receipt with the push's proof is accepted, for each phone and kind")
def _(world: World) -> None:
    assert world.me.set(path(world, "received"), receipt(world, "received")), "received"
    assert world.me.set(path(world, "opened"), receipt(world, "opened")), "opened"
    other = receipt(world, "received", "web")
    assert world.me.set(path(world, "received", slot=3), other), "of the third phone"


@requirement("7.2", "a second receipt is refused")
def _(world: World) -> None:
    assert not world.me.set(path(world, "received"), receipt(world, "received"))


@requirement("7.3", "a receipt without the proof of that phone is refused")
def _(world: World) -> None:
    where = path(world, "received", slot=2)
    assert not world.me.set(where, receipt(world, "received", "ios", proof="0" * 64)), "made up"
    assert not world.me.set(where, receipt(world, "received", "android")), "of another phone"


@requirement("7.4", "of fewer than ten people the office is told no figure, not even of receipts")
def _(world: World) -> None:
    figures = world.office.summary(world.alert("first"))
    assert (figures["targeted"], figures["received"], figures["opened"]) == (None, None, None), figures
    assert (figures["by_platform"], figures["series"], figures["places"]) == ({}, [], []), figures


@requirement("9.1", "a report that the alert is not mine is accepted once, with a push's proof")
def _(world: World) -> None:
    where = f"published/{world.alert('first')}/reports/{world.me.uid}"
    bare = {"reason": "not_mine", "at": SERVER_TIME}
    report = {**bare, "device": "1", "proof": receipt(world, "received")["proof"]}
    assert not world.me.set(where, bare), "without a proof"
    assert not world.me.set(where, {**report, "device": "2"}), "with another phone's"
    assert not world.stranger.set(where, report), "in another's name"
    assert world.me.set(where, report), "refused"
    assert not world.me.set(where, report), "twice"
