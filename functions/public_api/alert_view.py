"""What the page of an alert shows beside its words: map, QR code, standing, seal."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from functions.public_api.area_view import Within, area_view, on_map
from functions.public_api.preview_view import preview_tags
from functions.public_api.words import Words
from shared.domain.content import Response
from shared.domain.standing import Standing, may_go_on, text_in
from shared.formats.signed_alert import Fault
from shared.services.publishing.read_published import ReadAlert

log = logging.getLogger(__name__)
SUSPICIOUS = ("missing", "broken")  # said at the top of the page


def alert_view(
    found: ReadAlert, boundary: str | None, base_map: str | None, address: str, words: Words
) -> dict[str, Any]:
    """The template's values. Boundary and base map are GeoJSON text, `address` has no language."""
    alert = found.alert
    language, text = text_in(alert, words.language)
    seal = _seal(found)
    area = area_view(alert, boundary, base_map, words)
    current = f"{address.rpartition('/')[0]}/{(found.newer or alert).id}"  # where a notice leads to
    if seal in SUSPICIOUS:
        log.error("The published alert %s does not verify: %s", alert.id, found.fault)
    return {
        "found": found,
        "alert": alert,
        "standing": found.standing.value,
        "thread": [(one, became.value, by) for one, became, by in found.course],
        "corrected": found.corrected,
        "evacuated": any(one.response == Response("Evacuate") for one in found.thread),
        "may_go_on": may_go_on(alert, found.standing),
        "text": text,
        "text_language": language,
        **area,
        "preview": preview_tags(found, address, _is_drawn(found, area), area["map_words"], words),
        **_asking(found, area["within"], base_map),
        "qr": _qr(current),
        "seal": seal,
        "suspicious": seal in SUSPICIOUS,
        "public_key": next((key.key for key in found.municipality.keys if key.id == alert.key), None),
        "text_in": text_in,
        "bare_address": address.partition("://")[2],
        "bare_current": current.partition("://")[2],
    }


def _is_drawn(found: ReadAlert, area: Mapping[str, Any]) -> bool:
    """What nobody signed is not passed on as a picture of the municipality's."""
    return area["map"] is not None and not found.doubtful


def _asking(found: ReadAlert, within: Within | None, base_map: str | None) -> dict[str, Any]:
    """Where a register of addresses is known, whoever reads an alert that holds may ask for one of them."""
    known = found.alert.covers is not None or base_map is not None
    name = within.names[0].name if within and within.names else None
    return {
        "can_ask": known and found.standing is Standing.ACTIVE,
        "ask_example": f"{on_map(name)} 12" if name else "",
    }


def _seal(found: ReadAlert) -> str:
    """What is said before the reader's own browser has checked it. Who takes a signature away must not
    do better than who forges one: it may be missing only where the municipality has no key."""
    match found.fault:
        case None:
            return "signed"
        case Fault.UNSIGNED:
            return "missing" if found.municipality.keys else "unsigned"
        case _:
            return "broken"


@lru_cache(maxsize=64)
def _qr(address: str) -> str:
    """Inline SVG; a quarter of it may be torn off or dirty (level Q)."""
    import segno

    return segno.make(address, error="q", micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=4, light="#fff"
    )
