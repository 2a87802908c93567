"""An Idempotency-Key that comes back is recognised also by the release after."""

from __future__ import annotations

from datetime import timedelta

from shared.adapters.alert_documents import content_digest, content_document
from shared.domain.content import Category, Hazard
from tests.fakes.alert_values import content


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
