"""Brings a municipality's documents from what is stored to what a library says, and no document more.

First the units, which nobody finds before their names; then in one commit what readers find them by, with
the boundary; at last what is gone. So a reader sees one import or the other, and an import that was cut off
is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from manage.areas.library import Library
from manage.areas.stored import StoredLibrary
from shared.ports import AreaImportStore
from shared.ports.area_import import Change


@dataclass(frozen=True)
class Plan:
    """`kept`: how many units a register has no more, and an alert still names."""

    units: Sequence[Change] = ()
    shown: Sequence[Change] = ()
    gone: Sequence[Change] = ()
    kept: int = 0

    @property
    def size(self) -> int:
        return len(self.units) + len(self.shown) + len(self.gone)


@dataclass(frozen=True)
class Written:
    """What an import did to one municipality."""

    library: Library
    plan: Plan = field(default_factory=Plan)

    def counts(self) -> dict[str, Any]:
        localities = self.library.gazetteer.localities
        return {
            "terc": self.library.terc,
            "localities": len(localities),
            "streets": sum(len(one.streets) for one in localities),
            "addresses": self.library.addresses,
            "written": self.plan.size,
            "retired": self.plan.kept,
            "deleted": len(self.plan.gone),
        }


def plan(
    library: Library,
    stored: StoredLibrary,
    named_codes: Callable[[], frozenset[str]],
    beside: Iterable[Change],
    today: str,
) -> Plan:
    """`named_codes` is asked only when a unit is gone; `beside` goes into the commit that shows the rest."""
    wanted = library.unit_documents()
    units = [Change(path, one) for path, one in wanted.items() if _differs(stored.units.get(path), one)]
    lost = [path for path in stored.units if path not in wanted]
    named = named_codes() if lost else frozenset()
    kept = [path for path in lost if path.rpartition("/")[2] in named]
    retired = {"retired": library.as_of or today}
    units += [Change(path, retired, merge=True) for path in kept if not stored.units[path].get("retired")]
    gone = [Change(path, None) for path in lost if path not in kept]
    beside = list(beside)
    served = stored.served or any(one.path == f"municipalities/{library.terc}" for one in beside)
    return Plan(units, [*_shown(library, stored, served), *_changed(beside, stored)], gone, len(kept))


def write(
    store: AreaImportStore, planned: Plan, stored: StoredLibrary, tell: Callable[[int, int], None]
) -> None:
    """Raises Conflict when somebody imported meanwhile, Unavailable; `tell` hears how many of how many."""
    before, size = len(planned.units), planned.size
    store.write(planned.units, lambda done: tell(done, size))
    if planned.shown:
        store.switch(stored.terc, planned.shown, stored.token)
        tell(before + len(planned.shown), size)
    store.write(planned.gone, lambda done: tell(before + len(planned.shown) + done, size))


def _differs(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> bool:
    """The day alone is no difference: it is that of the register in which the unit became as it is."""
    return before is None or any(before.get(name) != now[name] for name in now if name != "as_of")


def _shown(library: Library, stored: StoredLibrary, served: bool) -> list[Change]:
    """All pages or none: they say of which generation they are."""
    documents = library.shown_documents(served)
    changed = _changed([Change(path, one) for path, one in documents.items()], stored)
    old_pages = [Change(path, None) for path in stored.pages if path not in documents]
    frames = [Change(path, one, merge=True) for path, one in library.frame(served).items()]
    return [*changed, *old_pages, *_changed(frames, stored)]


def _changed(changes: Iterable[Change], stored: StoredLibrary) -> list[Change]:
    return [one for one in changes if not _is_there(one, stored.documents.get(one.path))]


def _is_there(change: Change, before: Mapping[str, Any] | None) -> bool:
    """A field more is a later release's."""
    if before is None or change.fields is None:
        return False
    return all(before.get(name) == value for name, value in change.fields.items())
