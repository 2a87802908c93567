"""A small storm with each run of the tests; `python -m tests.audit_storm` is the whole one."""

from __future__ import annotations

import pytest

from tests.audit_storm.storm import storm

pytestmark = pytest.mark.emulator


def test_the_audit_holds_what_was_committed_and_no_more(project):
    outcome = storm(project, writers=8, actions=120, seed=1)
    assert outcome.holds, str(outcome)
    assert outcome.cut
    assert len(outcome.done) > 60
