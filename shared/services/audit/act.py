"""An act of the caller, as every use case of staff says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.domain.audit import Act, Outcome
from shared.ports import Staff


def act_of(
    staff: Staff,
    action: str,
    about: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    outcome: Outcome = Outcome.DONE,
) -> Act:
    """In the municipality that the request is for."""
    return Act(staff.terc, action, staff.person, about, before, after, why, staff.origin, outcome)
