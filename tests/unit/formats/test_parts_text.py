"""The parts of an alert as they are stored: read back as they were, and never without one of them."""

from __future__ import annotations

import json
import math

import pytest

from shared.adapters.alert_documents import from_document, to_document
from shared.adapters.stored_documents import Misfit
from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.covered import Covered, CoveredName
from shared.domain.house_numbers import Houses, Parity
from shared.formats.parts_text import parts_of, parts_text
from tests.fakes.alert_values import SQUARE, alert, content

STREET = Unit(Level.STREET, "0951617:01014", Houses(Parity.ODD, "3", None), shape=SQUARE)
INNER = (Step(Around(math.pi, 19.1, 10)),)
EVERY = (
    Step(Unit(Level.GMINA, "120903")),
    Step(Unit(Level.LOCALITY, "0327468", shape=SQUARE), subtracted=True),
    Step(STREET),
    Step(Around(49.83, 19.94, 300.0)),
    Step(Drawn(SQUARE), subtracted=True),
    Step(Saved("zone-3", (Step(STREET), Step(Saved("b", INNER), subtracted=True)))),
)


def test_what_is_stored_is_read_back_with_the_shapes_that_the_register_had():
    assert parts_of(parts_text(EVERY)) == EVERY


def test_an_alert_keeps_its_parts():
    written = alert(content=content(parts=EVERY))
    document = to_document(written)
    assert isinstance(document["parts"], str)
    assert from_document("a1", document) == written


def test_an_area_that_a_release_of_before_changed_has_neither_parts_nor_names():
    """Its update leaves the fields that it does not know, while releases work side by side."""
    covers = Covered((CoveredName("9990019:90001", "ul. Różana", 9, 42),), 9, 171)
    document = to_document(alert(content=content(parts=EVERY, covers=covers)))
    assert from_document("a1", document).content.covers == covers
    drawn = from_document("a1", {**document, "area": SQUARE.replace("19.93", "19.92")}).content
    assert (drawn.parts, drawn.covers) == (None, None)


def test_an_alert_of_before_has_none():
    document = {name: value for name, value in to_document(alert()).items() if name != "parts"}
    assert from_document("a1", document).content.parts is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        7,
        '[{"kind": "of a later release"}]',
        '[{"kind": "saved", "id": "a"}]',
        '[{"kind": "saved", "id": "a", "parts": []}]',
        '[{"kind": "street"}]',
        "[7]",
    ],
)
def test_what_cannot_be_read_whole_is_no_area(text):
    with pytest.raises(ValueError, match=r"parts|Expecting|Level"):
        parts_of(text)
    with pytest.raises(Misfit, match="parts"):
        from_document("a1", {**to_document(alert()), "parts": text})


def test_what_a_later_release_says_beside_is_left_alone():
    later = [{"kind": "street", "code": "0951617:01014", "side": "left"}]
    assert parts_of(json.dumps(later)) == (Step(Unit(Level.STREET, "0951617:01014")),)
