"""Where the crisis centres of powiat and voivodeship are reached, as an admin enters it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from shared.domain.upwards import CentreContact, Centres
from shared.errors import Conflict, PreconditionFailed
from shared.ports import CentreStore, Staff
from shared.services.audit.act import act_of


def centres_of(store: CentreStore, terc: str) -> Centres:
    """Where nobody entered any there are none, of revision 0."""
    found = store.get(terc)
    return found.value if found else Centres(terc)


def keep_centres(
    store: CentreStore,
    expected: int,
    staff: Staff,
    powiat: CentreContact | None,
    voivodeship: CentreContact | None,
) -> Centres:
    """Both in place of what was. Raises PreconditionFailed."""
    before = store.get(staff.terc)
    known = before.value if before else Centres(staff.terc)
    if known.revision != expected:
        raise PreconditionFailed
    after = replace(known, powiat=powiat, voivodeship=voivodeship, revision=known.revision + 1)
    act = act_of(staff, "centres.keep", f"centres/{staff.terc}", _words(known), _words(after))
    try:
        store.put(before, after, [act])
    except Conflict as error:
        raise PreconditionFailed from error
    return after


def _words(centres: Centres) -> dict[str, Any]:
    return {name: told for name, told in asdict(centres).items() if name in ("powiat", "voivodeship")}
