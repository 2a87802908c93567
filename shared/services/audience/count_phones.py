"""About how many an area means, by counts of the index alone: nobody's entry is read for it."""

from __future__ import annotations

from shared.domain.content import Content
from shared.ports import AreaLibrary, AudienceStore
from shared.services.audience.match_content import match_of
from shared.services.audience.survey_match import surveyed
from shared.services.audience.whole_units_meant import whole_units


def count_phones(content: Content, terc: str, areas: AreaLibrary | None, audience: AudienceStore) -> int:
    """Places in the cells of the area of whose residents a channel has an address, as they are now.

    The cells hold some neighbours, too: the same ones each time, so it is for comparing and not for telling.
    Costs what planning the alert costs, a read per 1,000 places of each part. Raises Unavailable.
    """
    match = match_of(content.area, content.parts)
    match.units = whole_units(match, terc, areas, audience, None)
    match.codes = match.finer(terc, areas, audience, None)
    return sum(one.count for one in surveyed(match, audience, None))
