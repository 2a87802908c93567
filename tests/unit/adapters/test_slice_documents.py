"""What a plan says of a slice: ranges of cells as ever, or what a code finds, which older releases leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.adapters.delivery_documents import delivery_document, delivery_of
from shared.adapters.slice_documents import plan_document, slice_of
from shared.adapters.stored_documents import Misfit
from shared.domain.delivery import Delivery, DeliveryRef, Slice

NOW = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
CELLS = (("8d1e2e4b0000007", "8d1e2e4b0000047"), ("8d1e2e4b0000087", "8d1e2e4b00000c7"))
PLAIN = Slice(3, CELLS, 40)


def test_a_plan_by_cells_is_stored_as_releases_before_read_it():
    document = plan_document(PLAIN, NOW)
    assert document["ranges"] == ["8d1e2e4b0000007-8d1e2e4b0000047", "8d1e2e4b0000087-8d1e2e4b00000c7"]
    assert {"code", "within"} & document.keys() == set()
    assert slice_of(3, document) == PLAIN


@pytest.mark.parametrize(
    "part",
    [
        replace(PLAIN, code="0951617:01014/odd"),
        replace(PLAIN, code=""),
        replace(PLAIN, code="", ranges=(("=0327340", "=0327340"), ("=120903", "=120903"))),
        replace(PLAIN, code="?", cursor=("8d1e2e4b0000087", "ann.1")),
    ],
)
def test_a_plan_by_codes_is_read_again_and_lacks_what_a_release_before_needs(part):
    document = plan_document(part, NOW)
    assert slice_of(3, document) == part
    assert "ranges" not in document


def test_a_slice_without_what_it_is_to_read_is_unreadable():
    for document in (plan_document(PLAIN, NOW), plan_document(replace(PLAIN, code="?"), NOW)):
        left = {name: value for name, value in document.items() if name not in ("ranges", "within")}
        with pytest.raises(Misfit):
            slice_of(3, left)


def test_a_delivery_keeps_how_it_was_planned_and_one_of_before_went_by_the_outline():
    made = Delivery(
        "a1", "push", 1, 1, 1, urgent=False, due=NOW, expires=NOW, by_parts=True, units=("=120903",)
    )
    document = delivery_document(made)
    ref = DeliveryRef("a1", "push.1")
    assert delivery_of(ref, document) == made
    before = {name: value for name, value in document.items() if name not in ("by_parts", "units")}
    assert delivery_of(ref, before) == replace(made, by_parts=False, units=())
