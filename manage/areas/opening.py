"""Opens a municipality in one go: its registers, how to reach the office, its languages, its signing key.

It is served from the commit on that shows its register and its boundary, and not before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from manage.areas.importing import Imported, Telling, Wanted, import_registers
from manage.areas.library import Library
from manage.signing_keys.key_ring import KeyRing
from shared.adapters.municipality_documents import shown_document
from shared.domain.signature import PublicKey
from shared.ports import AreaImportStore, MunicipalityStore
from shared.ports.area_import import Change


@dataclass(frozen=True)
class Opening:
    """`name` as it is shown ("Gmina Wzorów"), None for that of TERC; `contact` as in docs/data.md."""

    terc: str
    languages: Sequence[str]
    name: str | None = None
    contact: Mapping[str, str] = field(default_factory=dict)


def open_municipality(
    store: AreaImportStore, opening: Opening, files: Sequence[Path], wanted: Wanted, telling: Telling
) -> Imported:
    """Again it changes what is said otherwise, and keeps keys and a contact that is not said."""

    def shown(made: Library) -> list[Change]:
        centre = made.centre
        if centre is None:
            raise ValueError("a library without a boundary")
        fields = shown_document(made.gazetteer.name, opening.languages, centre, opening.contact)
        return [Change(f"municipalities/{opening.terc}", fields, merge=True)]

    own = replace(wanted, tercs=[opening.terc], name=opening.name or "", opens=True)
    return import_registers(store, files, own, telling, shown)


def ensure_key(municipalities: MunicipalityStore, terc: str, folder: Path, now: datetime) -> PublicKey:
    """A key in use whose private half is in the folder. Raises KeyTrouble."""
    return KeyRing(municipalities, terc, folder).ensure(now)
