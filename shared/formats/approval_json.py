"""What an approval says beside itself: what the page had not shown."""

from __future__ import annotations

from shared.domain.approval import Unseen
from shared.errors import FieldError, InvalidInput

NAME = "unseen"


def read_approval(body: object) -> tuple[Unseen, ...]:
    """Each once, in the order of the words; none when there is no body. Raises InvalidInput."""
    if body is None:
        return ()
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    errors = [FieldError(f"/{name}", "unknown-field") for name in body if name != NAME]
    told = body.get(NAME, [])
    if not isinstance(told, list) or not all(isinstance(one, str) and one in set(Unseen) for one in told):
        errors.append(FieldError(f"/{NAME}", "unknown-value", {"known": ", ".join(Unseen)}))
    if errors:
        raise InvalidInput(errors)
    return tuple(one for one in Unseen if one in told)
