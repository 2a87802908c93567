"""docs/delivery.md says of outcomes and shares what the code and the declaration say."""

from __future__ import annotations

import re

import pytest

from infra.deployment import load
from infra.local.processes import ROOT
from shared.channels.push.outcome import Outcome
from tests.unit.test_push_quota import rate, senders, share

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "delivery.md").read_text().splitlines()
    if line.startswith("|")
]
OUTCOMES = {row[1].strip("`"): row for row in ROWS if len(row) == 4 and row[1].startswith("`")}
SHARES = {row[0].strip("`"): row[1:] for row in ROWS if len(row) == 5}


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_every_outcome_has_a_row():
    assert set(OUTCOMES) == {str(outcome) for outcome in Outcome}


@pytest.mark.parametrize("outcome", Outcome)
def test_a_row_says_what_becomes_of_push_and_device(outcome):
    _, _, again, device = OUTCOMES[outcome]
    assert again.startswith("yes" if outcome.passing else "no")
    assert device == ("deleted" if outcome.target_is_dead else "stays")


@pytest.mark.parametrize("name", senders())
def test_the_shares_of_the_quota_are_those_declared(name):
    function = load().functions[name]
    declared = [function.instances, function.env["PUSH_BURST"], rate(function), share(function)]
    assert [number(cell) for cell in SHARES[name]] == declared


def test_the_shares_are_added_up():
    assert number(SHARES["together"][-1]) == sum(map(share, senders().values()))


def test_messages_to_look_for_are_in_the_code():
    words = re.compile("`(.*)`")
    told = [words.fullmatch(row[1]) for row in ROWS if row[0] in {"ERROR", "WARNING"}]
    code = "".join(path.read_text() for path in (ROOT / "shared").rglob("*.py"))
    assert told
    assert [found[1] for found in told if found and found[1] not in code] == []
