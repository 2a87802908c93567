"""What a page asks for again and again: answered by 304 while nothing of it has changed."""

from __future__ import annotations

import hashlib
import json

from flask import Response, g, request

from shared import wiring
from shared.domain.staff import Membership
from shared.formats.people_json import membership_json

FRESH_FOR = 300  # seconds: then it is read again, whatever the marks say, since an older release writes none


def list_tag() -> str:
    """The ETag of a list: what was asked, of which municipality, by whom with which rights, and when any of
    its alerts was last written.

    Costs one read, where the list costs one for each alert.
    """
    staff, now = g.staff, wiring.clock().now().timestamp()
    asked = request.query_string.decode("ascii", "replace")
    mark = wiring.change_marks().of(staff.terc)
    rights = json.dumps(membership_json(Membership(staff.roles, staff.scopes)), sort_keys=True)
    parts = (staff.terc, mark, str(now // FRESH_FOR), staff.person.uid, rights, str(staff.late), asked)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def not_modified(tag: str) -> Response | None:
    """The answer for whoever has it already, or None."""
    if not request.if_none_match.contains_weak(tag):
        return None
    return tagged(Response(status=304), tag)


def tagged(response: Response, tag: str) -> Response:
    response.headers["ETag"] = f'W/"{tag}"'
    return response
