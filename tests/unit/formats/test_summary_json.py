"""Figures as the API answers them are what openapi.yaml describes and what the page reads in Firestore."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from jsonschema import Draft202012Validator

from infra.local.processes import ROOT
from shared.domain.statistics import ChannelReport, Neighbourhood, Point, ShownGroup, Summary
from shared.formats.summary_json import summary_json

SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())
SCHEMA = {"$ref": "#/components/schemas/Summary", "components": SPEC["components"]}
ONE = ShownGroup(15, 15, None, 10, None)
UPDATED = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
FIGURES = Summary(
    targeted=45,
    accepted=30,
    failed={"bad-target": 15},
    received=15,
    opened=None,
    complete=True,
    updated=datetime(2026, 11, 22, 2, 10, tzinfo=UTC),
    rung=10,
    not_mine=None,
    by_platform={"android": ONE, "ios": ONE, "web": ONE},
    series=(Point(3, None, None, None), Point(9, 30, 15, None)),
    deliveries=(ChannelReport("push", 1, "done", UPDATED, 45, 30, {"bad-target": 15}),),
    places=(Neighbourhood("871e2adb5ffffff", 49.834, 19.938, 30),),
    least=10,
)


def described(answer):
    return not list(Draft202012Validator(SCHEMA).iter_errors(json.loads(json.dumps(answer))))


def test_the_answer_is_as_described():
    assert described(summary_json(FIGURES))


def test_nothing_is_answered_that_is_not_described():
    assert set(summary_json(FIGURES)) == set(SPEC["components"]["schemas"]["Summary"]["properties"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"targeted": 9},
        {"targeted": 0},
        {"received": 13},
        {"failed": {"network": 1}},
        {"series": (Point(3, 1, None, None),)},
        {"by_platform": {"android": ShownGroup(3)}},
        {"places": (Neighbourhood("871e2adb5ffffff", 49.834, 19.938, 4),)},
        {"rung": -1},
    ],
    ids=[
        "a figure of few",
        "nobody",
        "a figure that is not rounded",
        "a reason of few",
        "a point of few",
        "a platform of few",
        "a place of few",
        "a negative count",
    ],
)
def test_the_description_refuses(wrong):
    assert not described(summary_json(replace(FIGURES, **wrong)))
