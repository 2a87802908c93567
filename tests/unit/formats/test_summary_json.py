"""Figures as the API answers them are what openapi.yaml describes and what the page reads in Firestore."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from jsonschema import Draft202012Validator

from infra.local.processes import ROOT
from shared.domain.statistics import ChannelReport, Neighbourhood, PlatformFigures, Point, Summary
from shared.formats.summary_json import summary_json

SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())
SCHEMA = {"$ref": "#/components/schemas/Summary", "components": SPEC["components"]}
ONE = PlatformFigures(3, 2, 1, 1, 0)
UPDATED = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
FIGURES = Summary(
    targeted=9,
    accepted=6,
    failed={"bad-target": 3},
    received=3,
    opened=0,
    complete=True,
    updated=datetime(2026, 11, 22, 2, 10, tzinfo=UTC),
    rung=2,
    not_mine=1,
    by_platform={"android": ONE, "ios": ONE, "web": ONE},
    series=(Point(3, 2, 0, 0), Point(9, 6, 3, 0)),
    deliveries=(ChannelReport("push", 1, "done", UPDATED, 9, 6, {"bad-target": 3}),),
    places=(Neighbourhood("871e2adb5ffffff", 49.834, 19.938, 6),),
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
        {"by_platform": {"android": ONE}},
        {"places": (Neighbourhood("871e2adb5ffffff", 49.834, 19.938, 4),)},
        {"rung": -1},
    ],
    ids=["a platform is missing", "a group too small to be shown", "a negative count"],
)
def test_the_description_refuses(wrong):
    assert not described(summary_json(replace(FIGURES, **wrong)))
