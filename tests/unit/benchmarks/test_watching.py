"""What watching an alert costs is counted as the page asks."""

from __future__ import annotations

import re

from benchmarks import watching
from infra.local.processes import ROOT


def test_people_ask_at_the_pace_of_the_page():
    source = (ROOT / "web-admin/js/detail/watch.js").read_text()
    (pace,) = re.findall(r"const LIVE = (\d+);", source)
    assert int(pace) == 1000 * watching.PACE


def test_asking_costs_less_than_listening_and_each_question_at_most_a_few_reads():
    now, before = watching.measured()
    assert now.requests == len(watching.PEOPLE) * watching.SECONDS // watching.PACE
    assert now.reads < before.reads
    assert now.reads / now.requests <= 6.5
    assert now.unchanged > 0
