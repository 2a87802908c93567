"""What an area covers, by name: one function for preview, draft, submission, approval and what is signed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock

from shared.domain.area_parts import Drawn, Step, Steps
from shared.domain.covered import Address, Covered
from shared.domain.search.gazetteer import Gazetteer
from shared.errors import Unreadable
from shared.ports import AreaLibrary
from shared.services.audience.match_parts import PartsMatch, shape_taken
from shared.services.audience.register_addresses import addresses_of

MOST_KNOWN = 8  # municipalities whose addresses are kept in the process
_known: dict[str, tuple[Gazetteer, Sequence[Address]]] = {}
_turn = Lock()
log = logging.getLogger(__name__)


def covers_of(area: str, parts: Steps | None, terc: str, library: AreaLibrary) -> Covered | None:
    """Of a stored area: GeoJSON text, and the parts that it is the outline of, if any.

    None where no register is known, or none that this release can read. Raises Unavailable.
    """
    addresses = known_addresses(terc, library)
    if addresses is None:
        return None
    return PartsMatch(parts or (Step(Drawn(area)),), shape_taken).covers(addresses)


def known_addresses(terc: str, library: AreaLibrary) -> Sequence[Address] | None:
    """Worked out once for each state of the register."""
    try:
        gazetteer = library.gazetteer(terc)
    except Unreadable:
        log.exception("the register of municipality %s cannot be read: nothing is told by name", terc)
        return None
    if gazetteer is None:
        return None
    with _turn:
        known = _known.get(terc)
        if known is None or known[0] is not gazetteer:
            _known.pop(terc, None)
            while len(_known) >= MOST_KNOWN:
                del _known[next(iter(_known))]
            _known[terc] = known = gazetteer, addresses_of(gazetteer)
        return known[1]
