"""For what harms most in the wrong hands the person shows once more who they are."""

from __future__ import annotations

from datetime import datetime

from shared.errors import Unauthenticated
from shared.ports import Staff


def require_fresh(staff: Staff, now: datetime) -> None:
    """401, as of a token that is too old, so that a page that does not know the problem leads to signing in.

    Raises Unauthenticated: "key-required" of whoever has a key, else "fresh-sign-in-required".
    """
    if staff.proof.is_fresh(now):
        return
    if staff.proof.has_key:
        raise Unauthenticated("key-required")
    raise Unauthenticated("fresh-sign-in-required")
