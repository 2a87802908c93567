"""An Idempotency-Key that comes back is recognised also by the release after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from shared.adapters.alert_documents import content_digest, content_document
from shared.domain.area_parts import Around, Level, Saved, Step, Unit
from shared.domain.content import Category, Hazard
from shared.domain.covered import Covered
from tests.fakes.alert_values import SQUARE, content


def test_a_field_that_is_not_said_does_not_count():
    before = {name: value for name, value in content_document(content()).items() if value}
    assert "event" not in before
    assert content_digest(content()) == content_digest(content(event=None, exercise=False))


def test_whatever_is_said_counts():
    water = content()
    others = [
        content(event=Hazard("water_outage")),
        content(event_ends=water.expires),
        content(exercise=True),
        content(category=Category.EVENT),
        content(expires=water.expires + timedelta(seconds=1)),
    ]
    assert len({content_digest(one) for one in (water, *others)}) == 1 + len(others)


def test_what_was_worked_out_of_a_request_does_not_count():
    """The register, or the release, may be another one when the request comes again."""
    street = Unit(Level.STREET, "9990019:90001", shape=SQUARE)
    first = content(parts=(Step(street),))
    again = content(parts=(Step(replace(street, shape=None)),), area="{}", covers=Covered((), 0, 7))
    assert content_digest(again) == content_digest(first)
    assert content_digest(content(covers=Covered((), 0, 7))) == content_digest(content())


def test_other_parts_count():
    street = Unit(Level.STREET, "9990019:90001")
    asked = [
        content(),
        *(content(parts=(Step(one),)) for one in (street, Around(49.8, 19.9, 50), Saved("a", ()))),
        content(parts=(Step(street), Step(street, subtracted=True))),
    ]
    assert len({content_digest(one) for one in asked}) == len(asked)
