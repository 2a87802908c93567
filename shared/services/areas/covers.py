"""What an area covers, by name: one function for preview, draft, submission, approval and what is signed."""

from __future__ import annotations

from shared.domain.area_parts import Drawn, Step, Steps
from shared.domain.covered import MOST_NAMED, Covered
from shared.ports import AreaLibrary
from shared.services.audience.known_registers import known_addresses, known_gazetteer
from shared.services.audience.match_parts import PartsMatch, shape_taken


def covers_of(
    area: str, parts: Steps | None, terc: str, library: AreaLibrary, most: int = MOST_NAMED
) -> Covered | None:
    """Of a stored area: GeoJSON text, and the parts that it is the outline of, if any.

    None where no register is known, or none that this release can read. Raises Unavailable.
    """
    gazetteer = known_gazetteer(terc, library)
    if gazetteer is None:
        return None
    return PartsMatch(parts or (Step(Drawn(area)),), shape_taken).covers(known_addresses(gazetteer), most)
