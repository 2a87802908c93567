"""What an area covers, by name: one function for preview, draft, submission, approval and what is signed."""

from __future__ import annotations

import logging

from shared.domain.area_parts import Drawn, Step, Steps
from shared.domain.covered import MOST_NAMED, Covered
from shared.domain.search.gazetteer import Gazetteer
from shared.errors import Unreadable
from shared.ports import AreaLibrary
from shared.services.audience.known_registers import known_addresses
from shared.services.audience.match_parts import PartsMatch, shape_taken

log = logging.getLogger(__name__)


def covers_of(
    area: str, parts: Steps | None, terc: str, library: AreaLibrary, most: int = MOST_NAMED
) -> Covered | None:
    """Of a stored area: GeoJSON text, and the parts that it is the outline of, if any.

    None where no register is known, or none that this release can read. Raises Unavailable.
    """
    gazetteer = _readable(terc, library)
    if gazetteer is None:
        return None
    return PartsMatch(parts or (Step(Drawn(area)),), shape_taken).covers(known_addresses(gazetteer), most)


def _readable(terc: str, library: AreaLibrary) -> Gazetteer | None:
    try:
        return library.gazetteer(terc)
    except Unreadable:
        log.exception("the register of municipality %s cannot be read: nothing is told by name", terc)
        return None
