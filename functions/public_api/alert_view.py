"""What the page of an alert shows beside its words: map, QR code, standing, seal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from shapely.errors import ShapelyError

from functions.public_api.words import Words
from shared.domain.public_alert import PublicAlert
from shared.domain.standing import text_in
from shared.formats.signed_alert import Fault
from shared.geo.area_map import HEIGHT, WIDTH, AreaMap, area_map, overview
from shared.services.publishing.read_published import ReadAlert

log = logging.getLogger(__name__)
SUSPICIOUS = ("missing", "broken")  # said at the top of the page
LONGEST_DESCRIPTION = 200  # characters, as link previews show them


def alert_view(found: ReadAlert, boundary: str | None, address: str, words: Words) -> dict[str, Any]:
    """The template's values. `boundary` is GeoJSON text, `address` the page's without a language."""
    alert = found.alert
    language, text = text_in(alert, words.language)
    seal = _seal(found)
    if seal in SUSPICIOUS:
        log.error("The published alert %s does not verify: %s", alert.id, found.fault)
    return {
        "found": found,
        "alert": alert,
        "standing": found.standing.value,
        "text": text,
        "text_language": language,
        "description": _cut(" ".join(text.body.split())),
        "map": _drawn(area_map, alert, boundary),
        "overview": None if boundary is None else _drawn(overview, alert, boundary),
        "drawing": {"width": WIDTH, "height": HEIGHT},
        "qr": _qr(address),
        "seal": seal,
        "suspicious": seal in SUSPICIOUS,
        "public_key": next((key.key for key in found.municipality.keys if key.id == alert.key), None),
        "text_in": text_in,
        "bare_address": address.partition("://")[2],
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


def _drawn(draw: Callable[[str, Any], AreaMap], alert: PublicAlert, boundary: str | None) -> AreaMap | None:
    """None for an area that is no shape: the words are there all the same."""
    try:
        return draw(alert.area, boundary)
    except (ValueError, ShapelyError):
        log.error("The area of the published alert %s cannot be drawn", alert.id)
        return None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"


@lru_cache(maxsize=64)
def _qr(address: str) -> str:
    """Inline SVG; a quarter of it may be torn off or dirty (level Q)."""
    import segno

    return segno.make(address, error="q", micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=4, light="#fff"
    )
