"""The largest alert that may be written fits, before and after a change, into one event of Eventarc."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from google.cloud.firestore_v1 import _helpers
from google.cloud.firestore_v1.types import Document

from infra.local.eventarc.bridge import MOST_BYTES
from shared.adapters.alert_documents import to_document
from shared.adapters.published import published_document
from shared.domain.alert import Alert, State, Text
from shared.domain.area_parts import Drawn, Step
from shared.domain.content import Content, specs
from shared.domain.covered import LONGEST_NAME, MOST_NAMED, Covered, CoveredName
from shared.domain.public_alert import public_alert
from shared.domain.signature import Signature
from shared.formats.signed_alert import signed_text
from shared.geo.geojson import MOST_VERTICES
from shared.geo.read_area import parse_area
from shared.services.areas.take_parts import MOST_OUTLINE, MOST_PARTS
from tests.fakes.alert_values import alert, content
from tests.fakes.clock import SUNDAY_NIGHT

BESIDE = 1024  # bytes of the event's own: names, times, the mask of what was changed


def largest() -> Alert:
    """With the longest of all texts in all languages, in letters of two bytes."""
    longest = {name: "Щ" * (spec.longest or 0) for name, spec in specs(Text).items()}
    texts = {language: Text(**longest) for language in ("pl", "en", "uk")}
    others: dict[str, Any] = {
        name: "Щ" * spec.longest for name, spec in specs(Content).items() if spec.longest
    }
    area = parse_area({"type": "Polygon", "coordinates": [_circle(MOST_VERTICES - 1)]}).text()
    said = replace(content(), texts=texts, area=area, covers=widest(), **others)
    return replace(alert(state=State.ACTIVE, started=SUNDAY_NIGHT), content=said)


def widest() -> Covered:
    """As many names as are told, each as long as one is told."""
    names = [CoveredName(f"0951617:{code:05}", "Ż" * LONGEST_NAME, 9999, 9999) for code in range(MOST_NAMED)]
    return Covered(tuple(names), 99_999, 99_999, 9999, 99_999)


def _circle(count: int) -> list[list[float]]:
    angles = [2 * math.pi * number / count for number in range(count)]
    points = [[19.95 + 0.03 * math.cos(angle), 49.85 + 0.03 * math.sin(angle)] for angle in angles]
    return [*points, points[0]]


def size(document: dict[str, Any]) -> int:
    return len(Document.serialize(Document(fields=_helpers.encode_dict(document))))


def test_the_event_of_the_largest_alert_is_not_too_large():
    assert 2 * size(to_document(largest())) + BESIDE < MOST_BYTES


def test_the_event_of_the_largest_alert_of_parts_is_not_too_large():
    found = largest()
    parts = (Step(Drawn("x" * MOST_PARTS)),)
    of_parts = replace(found, content=replace(found.content, area="x" * MOST_OUTLINE, parts=parts))
    assert 2 * size(to_document(of_parts)) + BESIDE < MOST_BYTES


def test_its_copy_fits_into_a_document():
    """Which holds it twice, once signed; a document may have 1 MiB (Firestore docs, quotas)."""
    found = largest()
    text = signed_text(public_alert(found), "k" * 16, SUNDAY_NIGHT)
    assert size(published_document(found, Signature(text, "s" * 86, "k" * 16))) < 1024 * 1024
