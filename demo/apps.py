"""Residents' apps as the demonstration plays them: anonymous, and bound by the rules like any other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import h3

from demo.residents import DemoPlace, DemoResident
from shared.domain.audience import Platform

T = TypeVar("T")
CELL_RESOLUTION = 13  # docs/app-developers.md, places
AT_ONCE = 16  # apps signing in or writing at the same time


@dataclass(frozen=True)
class App:
    """One installation: a resident with an anonymous account."""

    uid: str
    token: str
    resident: DemoResident


@dataclass(frozen=True)
class Backend:
    """The addresses an app is configured with."""

    auth: str  # http://host:port
    firestore: str  # http://host:port
    project: str

    @property
    def documents(self) -> str:
        return f"projects/{self.project}/databases/(default)/documents"


def _value(value: object) -> dict[str, Any]:
    """A value as Firestore's REST API writes it."""
    match value:
        case tuple():
            return {"geoPointValue": {"latitude": value[0], "longitude": value[1]}}
        case Mapping():
            return {"mapValue": {"fields": {key: _value(item) for key, item in value.items()}}}
        case list():
            return {"arrayValue": {"values": [_value(item) for item in value]}}
        case int():
            return {"integerValue": str(value)}
        case float():
            return {"doubleValue": value}
        case _:
            return {"stringValue": str(value)}


def _write(name: str, fields: Mapping[str, object], stamp: str) -> dict[str, Any]:
    return {
        "update": {"name": name, "fields": {key: _value(value) for key, value in fields.items()}},
        "updateTransforms": [{"fieldPath": stamp, "setToServerValue": "REQUEST_TIME"}],
    }


def documents(resident: DemoResident) -> dict[str, dict[str, object]]:
    """What an app writes of its resident, by path below `residents/{uid}` (docs/app-developers.md)."""
    written: dict[str, dict[str, object]] = {"": {"language": resident.language, **resident.wishes.fields()}}
    for slot, place in enumerate(resident.places, 1):
        picked = {"codes": dict(place.codes)} if place.codes else {}
        position = _position(resident, place)
        written[f"/places/{slot}"] = {"label": place.label, **position, **picked, "accuracy": 5}
    for slot, device in enumerate(resident.devices, 1):
        target = {"kind": device.kind, "value": device.value}
        written[f"/devices/{slot}"] = {"platform": device.platform, "target": target}
    return written


def _position(resident: DemoResident, place: DemoPlace) -> dict[str, object]:
    """The iPhone app of the demonstration cannot compute cells: it leaves that to the trigger."""
    if resident.devices[0].platform is Platform.IOS:
        return {"point": (place.lat, place.lon)}
    return {"cell": h3.latlng_to_cell(place.lat, place.lon, CELL_RESOLUTION)}


class Apps:
    """Many apps at once, over one pool of connections."""

    def __init__(self, backend: Backend, session: aiohttp.ClientSession) -> None:
        self._backend = backend
        self._session = session

    @staticmethod
    @asynccontextmanager
    async def connected(backend: Backend) -> AsyncIterator[Apps]:
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            yield Apps(backend, session)

    async def install(self, resident: DemoResident) -> App:
        """Sign in without a name and write the resident's documents in one batch."""
        url = f"{self._backend.auth}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=demo"
        account = await self._post(url, {"returnSecureToken": True})
        app = App(account["localId"], account["idToken"], resident)
        root = f"{self._backend.documents}/residents/{app.uid}"
        written = documents(resident).items()
        await self._commit(app, [_write(f"{root}{path}", fields, "updated") for path, fields in written])
        return app

    async def confirm(self, app: App, alert: str, device: int, kind: str, proof: str) -> None:
        """Write a receipt of the device in that slot, with the proof that came in the push."""
        name = f"{self._backend.documents}/published/{alert}/receipts/{app.uid}.{device}.{kind}"
        platform = app.resident.devices[device - 1].platform
        receipt = _write(name, {"kind": kind, "platform": platform, "proof": proof}, "at")
        await self._commit(app, [{**receipt, "currentDocument": {"exists": False}}])

    async def _commit(self, app: App, writes: Sequence[Mapping[str, Any]]) -> None:
        url = f"{self._backend.firestore}/v1/{self._backend.documents}:commit"
        await self._post(url, {"writes": list(writes)}, {"Authorization": f"Bearer {app.token}"})

    async def _post(self, url: str, body: object, headers: Mapping[str, str] | None = None) -> Any:
        async with self._session.post(url, json=body, headers=headers) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"{answer.status} from {answer.url.path}: {(await answer.text())[:500]}")
            return await answer.json()


async def each(
    items: Iterable[T],
    work: Callable[[T], Awaitable[object]],
    done: Callable[[int], None] = lambda count: None,
) -> None:
    """Do the work for all, AT_ONCE at a time; `done` hears how many are finished. The first error ends it."""
    waiting = iter(items)
    finished = 0

    async def worker() -> None:
        nonlocal finished
        for item in waiting:
            await work(item)
            finished += 1
            done(finished)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(worker())
