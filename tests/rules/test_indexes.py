"""firestore.indexes.json: the emulator needs no indexes and never forgets by TTL, so the file is read."""

from __future__ import annotations

import json

import pytest

from infra.local.processes import ROOT

SPEC = json.loads((ROOT / "firestore.indexes.json").read_text())
OVERRIDES = {(item["collectionGroup"], item["fieldPath"]): item for item in SPEC["fieldOverrides"]}
DATA = (ROOT / "docs" / "data.md").read_text()


def test_no_field_has_two_overrides():
    assert len(OVERRIDES) == len(SPEC["fieldOverrides"])


def test_what_the_data_page_says_expires_has_a_ttl():
    forgotten = {group for (group, field), item in OVERRIDES.items() if item.get("ttl") and field == "expire"}
    paragraphs = [part for part in DATA.split("\n\n") if "(TTL" in part]
    assert paragraphs
    assert [part for part in paragraphs if not any(f"{group}/" in part for group in forgotten)] == []


@pytest.mark.parametrize(
    ("group", "indexed"),
    [
        ("audience", {"cell", "terc"}),
        ("receipts", set()),  # an indexed time would cap receipts at 500 writes a second
        ("deliveries", {"wake"}),
        ("slices", {"done"}),
        ("waves", {"position"}),
        ("places", {"until", "updated"}),
        ("residents", {"updated"}),
        ("reports", {"device"}),
        ("targets", {"uid"}),
        ("questions", set()),
        ("entries", {"at"}),
        ("waiting", set()),
        ("templates", set()),
        ("erasures", {"turn"}),
        ("devices", {"updated"}),
        ("sweep", set()),
    ],
)
def test_only_what_is_queried_is_indexed(group, indexed):
    of_group = {field: item["indexes"] for (name, field), item in OVERRIDES.items() if name == group}
    assert of_group["*"] == []
    assert {field for field, indexes in of_group.items() if indexes} == indexed


def test_idle_devices_are_found_over_all_residents_at_once():
    [index] = OVERRIDES["devices", "updated"]["indexes"]
    assert index == {"order": "ASCENDING", "queryScope": "COLLECTION_GROUP"}


def test_deliveries_that_wake_are_found_over_all_alerts_at_once():
    [index] = OVERRIDES["deliveries", "wake"]["indexes"]
    assert index == {"order": "ASCENDING", "queryScope": "COLLECTION_GROUP"}


def test_places_whose_time_is_over_are_found_over_all_residents_at_once():
    [index] = OVERRIDES["places", "until"]["indexes"]
    assert index == {"order": "ASCENDING", "queryScope": "COLLECTION_GROUP"}


@pytest.mark.parametrize("field", ["wake", "updated"])
def test_what_sweep_asks_alerts_for_keeps_its_automatic_index(field):
    assert ("alerts", "*") not in OVERRIDES
    assert ("alerts", field) not in OVERRIDES


def test_entries_of_a_code_are_read_in_the_order_of_their_cells_through_one_index_of_both():
    [of_both] = [item["fields"] for item in SPEC["indexes"] if item["collectionGroup"] == "audience"]
    assert of_both == [
        {"fieldPath": "found_by", "arrayConfig": "CONTAINS"},
        {"fieldPath": "cell", "order": "ASCENDING"},
    ]


def test_receipts_are_counted_by_kind_and_platform_through_one_index_of_both():
    composite = [
        [field["fieldPath"] for field in item["fields"]]
        for item in SPEC["indexes"]
        if item["collectionGroup"] == "receipts"
    ]
    assert composite == [["kind", "platform"]]


@pytest.mark.parametrize("field", ["area", "texts", "signed", "signature"])
def test_long_texts_of_published_alerts_are_not_indexed(field):
    """Of a text only the first 1,500 bytes are indexed (Firestore docs, quotas): it would find nothing."""
    assert OVERRIDES["published", field]["indexes"] == []
