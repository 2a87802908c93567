"""Put a municipality and its residents into the stack: as the apps do it, and beyond that in bulk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from demo.apps import App, Apps, Backend, documents, each
from demo.municipality import FolderError, Municipality
from demo.residents import DemoPlace, DemoResident
from manage.areas.importing import Telling, Wanted
from manage.areas.opening import Opening, ensure_key, open_municipality
from shared import vocabulary, wiring
from shared.adapters.preference_fields import preferences_of
from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.place_codes import PlaceCodes
from shared.errors import Conflict
from shared.services.audience.index_resident import index_entries, index_state
from shared.settings import settings

if TYPE_CHECKING:
    from google.cloud.firestore import Client

Count = Callable[[int], None]
WORKERS = 8
RESIDENTS_PER_BATCH = 50  # about 250 documents; Firestore takes 500 in one commit


def write_registers(municipality: Municipality) -> None:
    """As `python -m manage.areas open` does it. Raises FolderError for a register that is refused."""
    terc = municipality.terc
    languages = list(vocabulary.values("languages"))
    opening = Opening(terc, languages, municipality.name, municipality.contact)
    silent = Telling(lambda one: None, lambda file, rows: None, lambda done, size: None)
    imported = open_municipality(
        wiring.area_import(), opening, municipality.files, Wanted([terc], fewer=True), silent
    )
    if refused := imported.found.refusals:
        raise FolderError(f"{refused[0].file}: {refused[0].reason}")
    if folder := settings().signing_keys:
        ensure_key(wiring.municipalities(), terc, Path(folder), wiring.clock().now())


async def install_apps(backend: Backend, residents: Sequence[DemoResident], count: Count) -> list[App]:
    """Each resident signs in and writes their documents through the rules; the trigger indexes them."""
    apps: list[App] = []

    async with Apps.connected(backend) as park:

        async def install(resident: DemoResident) -> None:
            apps.append(await park.install(resident))

        await each(residents, install, count)
    return apps


def write_in_bulk(residents: Sequence[DemoResident], count: Count) -> None:
    """The same documents and the same index entries, written by several threads without rules and trigger."""
    finished = 0
    starts = range(0, len(residents), RESIDENTS_PER_BATCH)
    batches = [residents[start : start + RESIDENTS_PER_BATCH] for start in starts]
    with ThreadPoolExecutor(WORKERS) as pool:
        for written in pool.map(_write_batch, batches):
            finished += written
            count(finished)


def _write_batch(residents: Sequence[DemoResident]) -> int:
    client, batch = wiring.firestore(), wiring.firestore().batch()
    for resident in residents:
        for path, fields in documents(resident).items():
            batch.set(client.document(f"residents/{_uid(resident)}{path}"), _indexed(fields, client))
    batch.commit()
    for resident in residents:
        entries = index_entries(
            _as_read(_uid(resident), resident), wiring.municipalities(), wiring.reachable, wiring.areas()
        )
        with suppress(Conflict):  # `sweep` came by and has indexed what was just written
            wiring.audience().commit(_uid(resident), entries, index_state(entries), None)
    return len(residents)


def _indexed(fields: dict[str, object], client: Client) -> dict[str, Any]:
    """As the document looks once the trigger has been there: the point replaced by its cell."""
    from google.cloud.firestore import SERVER_TIMESTAMP

    from shared.geo.cells import cell_of

    written = {key: value for key, value in fields.items() if key != "point"}
    if isinstance(point := fields.get("point"), tuple):
        written["cell"] = cell_of(*point)
    return {**written, "updated": SERVER_TIMESTAMP}


def _as_read(uid: str, resident: DemoResident) -> Resident:
    return Resident(
        uid=uid,
        language=resident.language,
        places=tuple(_place_as_read(str(slot), place) for slot, place in enumerate(resident.places, 1)),
        devices=tuple(
            Device(str(slot), Platform(device.platform), Target(device.kind, device.value))
            for slot, device in enumerate(resident.devices, 1)
        ),
        preferences=preferences_of(resident.wishes.fields()),
    )


def _place_as_read(slot: str, place: DemoPlace) -> Place:
    codes = PlaceCodes(**place.codes) if place.codes else None
    return Place(slot, None, (place.lat, place.lon), codes=codes)


def _uid(resident: DemoResident) -> str:
    """28 characters, as Auth gives them; residents without an app have no account."""
    return hashlib.sha256(resident.devices[0].value.encode()).hexdigest()[:28]


def wait_until_indexed(apps: Sequence[App], count: Count, longest: float = 900) -> None:
    """Until the index says of every app's resident exactly what the app wrote. Raises TimeoutError."""
    end = time.monotonic() + longest
    for finished, app in enumerate(apps, 1):
        wanted = index_state(
            index_entries(
                _as_read(app.uid, app.resident), wiring.municipalities(), wiring.reachable, wiring.areas()
            )
        )
        while (known := wiring.audience().state(app.uid)) is None or known.value != wanted:
            if time.monotonic() > end:
                raise TimeoutError(
                    f"Only {finished - 1} of {len(apps)} residents were indexed in {longest:.0f} s"
                )
            time.sleep(0.1)
        count(finished)


def wait_until_settled(eventarc: str, longest: float = 900) -> None:
    """Until no event waits for a function: the residents' apps have calmed down. Raises TimeoutError."""
    end = time.monotonic() + longest
    while True:
        functions = requests.get(f"{eventarc}/control", timeout=60).json()["functions"]
        if not any(counts["pending"] for counts in functions.values()):
            return
        if time.monotonic() > end:
            raise TimeoutError(f"Events were still waiting after {longest:.0f} s: {functions}")
        time.sleep(0.2)
