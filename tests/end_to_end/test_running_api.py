"""schemathesis against the running stack: the function in its own process, tokens of a real sign-in."""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from hypothesis import settings as hypothesis_settings

from infra.local.stack import Stack
from tests.browser.town import Town
from tests.functions.test_openapi_fuzz import CONFIG, SPEC

pytestmark = pytest.mark.stack
schema = schemathesis.openapi.from_dict(SPEC, config=CONFIG)
answers: Counter[int] = Counter()


@pytest.fixture(scope="module")
def token(stack: Stack) -> str:
    """Of someone with every role, in a municipality that is set up."""
    Town(stack)
    return stack.staff_token("ewa")


@schema.parametrize()
@hypothesis_settings(max_examples=5, deadline=None)
def test_the_running_api_keeps_its_description(case, stack, token):
    response = case.call_and_validate(
        base_url=stack.address("staff_api"), headers={"Authorization": f"Bearer {token}"}
    )
    answers[response.status_code] += 1


def test_the_running_api_was_really_asked():
    assert answers[200] > 0, answers
    assert not [status for status in answers if status >= 500], answers
