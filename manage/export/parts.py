"""What an export of a municipality is made of, part by part, and what of it stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.domain.figures import LEAST_PEOPLE

Fields = Mapping[str, Any]
Stored = tuple[str, dict[str, Any]]  # path, fields as JSON values


class Source(Protocol):
    """What is stored, in the order of the paths; everything raises Unavailable."""

    def one(self, path: str) -> Iterator[Stored]: ...

    def said_to_be_of(self, terc: str, collection: str) -> Iterator[Stored]: ...

    def beneath(self, path: str) -> Iterator[Stored]: ...

    def named(self, collection: str, start: str) -> Iterator[Stored]: ...

    def found_by(self, code: str) -> Iterator[Stored]: ...


@dataclass(frozen=True)
class Part:
    """A file of JSON lines, and one of CSV where there are `columns`: heading to field, by dots.

    `only`: the fields that leave, all when empty; `without`: those that never do. `kept_back`: whether the
    whole document stays.
    """

    name: str
    read: Callable[[Source, str], Iterator[Stored]]
    columns: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    kept_back: Callable[[Fields], bool] = lambda _: False

    def shown(self, fields: Fields) -> dict[str, Any]:
        """`only` lists what may leave: a field of a later release stays until it is added."""
        names = self.only or fields.keys()
        return {name: fields[name] for name in fields if name in names and name not in self.without}


def _of(collection: str) -> Callable[[Source, str], Iterator[Stored]]:
    return lambda source, terc: source.said_to_be_of(terc, collection)


def _at(*paths: str) -> Callable[[Source, str], Iterator[Stored]]:
    return lambda source, terc: (found for path in paths for found in source.one(path.format(terc=terc)))


def _beneath(path: str) -> Callable[[Source, str], Iterator[Stored]]:
    return lambda source, terc: source.beneath(path.format(terc=terc))


def _of_each_alert(collection: str) -> Callable[[Source, str], Iterator[Stored]]:
    def read(source: Source, terc: str) -> Iterator[Stored]:
        for path, _ in source.said_to_be_of(terc, "alerts"):
            yield from source.beneath(f"{path}/{collection}")

    return read


def _questions(source: Source, terc: str) -> Iterator[Stored]:
    """By person and day: there is no index of the municipality."""
    for path, _ in source.said_to_be_of(terc, "staff"):
        found = source.named("questions", f"{path.rpartition('/')[2]}.")
        yield from (one for one in found if one[1].get("terc") == terc)


def _is_exact(summary: Fields) -> bool:
    """What releases up to 0.2.0 gathered says of few people how many they are."""
    return (summary.get("least") or 0) < LEAST_PEOPLE


ALERT = {
    "state": "state",
    "category": "category",
    "severity": "severity",
    "event": "event",
    "title": "texts.pl.title",
    "body": "texts.pl.body",
    "instruction": "texts.pl.instruction",
    "area_name": "area_name",
    "exercise": "exercise",
    "author": "author.name",
    "approver": "approver.name",
    "created": "created",
    "submitted": "submitted",
    "approved": "approved",
    "started": "started",
    "finished": "finished",
    "expires": "expires",
    "version": "version",
}
HISTORY = {name: name for name in ("at", "action", "state", "revision", "version")} | {"by": "by.name"}
FIGURES = {
    name: name
    for name in (
        "updated",
        "targeted",
        "accepted",
        "received",
        "opened",
        "rung",
        "not_mine",
        "unverified",
        "complete",
    )
}
AUDIT = {"seq": "seq", "at": "at", "action": "action", "by": "by.name", "about": "about"} | {
    name: name for name in ("why", "where", "outcome")
}
STAFF = (
    "terc",
    "name",
    "email",
    "roles",
    "scopes",
    "others",
    "active",
    "valid_since",
    "until",
    "state",
    "kind",
)

# `private` (what receipts are proved by), `slices` and `waves` (who was sent to) are no part of it.
PARTS = (
    Part("municipality", _at("municipalities/{terc}")),
    Part("alerts", _of("alerts"), ALERT),
    Part("history", _of_each_alert("history"), HISTORY),
    Part("figures", _of_each_alert("summary"), FIGURES, kept_back=_is_exact),
    Part("deliveries", _of_each_alert("deliveries"), without=frozenset({"figures", "units"})),
    Part(
        "published",
        _of("published"),
        {"sent": "sent", "state": "state", "kind": "kind", "title": "texts.pl.title", "key": "key"},
    ),
    Part(
        "templates",
        _beneath("municipalities/{terc}/templates"),
        {"name": "template.name.pl", "updated": "updated"},
    ),
    Part(
        "series",
        _of("series"),
        {"state": "state", "title": "content.texts.pl.title", "author": "author.name", "updated": "updated"},
    ),
    Part("told_upwards", _of("upwards")),
    Part(
        "after_action",
        _of("after_action"),
        {"thread": "thread", "at": "at", "until": "until", "sha256": "sha256"},
    ),
    Part("crisis_centres", _at("centres/{terc}")),
    Part(
        "saved_areas",
        _beneath("areas/{terc}/saved"),
        {"name": "name", "addresses": "addresses", "by": "by.name", "updated": "updated"},
    ),
    Part(
        "coverage",
        lambda source, terc: source.named("coverage", f"{terc}."),
        {
            "month": "month",
            "addresses": "addresses",
            "share": "share",
            "registered": "registered",
            "joined": "joined",
        },
    ),
    Part("staff", _of("staff"), {name: name for name in STAFF[:5]} | {"active": "active"}, frozenset(STAFF)),
    Part("grants", _of("grants"), {"name": "name", "roles": "roles", "state": "state", "at": "at"}),
    Part("stand_in", _at("standins/{terc}"), {"name": "name", "powiat": "powiat", "begun": "begun"}),
    Part("questions_of_reach", _questions),
    Part("audit", _beneath("audit/{terc}/entries"), AUDIT),
    Part("register_units", _beneath("areas/{terc}/units"), without=frozenset({"shape"})),
)
