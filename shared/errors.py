"""Every failure the system names, with its HTTP status and whether a retry helps.

AlertOnlineError
|-- Malformed               400  the request cannot be read
|-- TooLarge                413  the body is larger than the limit
|-- UnsupportedMediaType    415  the body is not JSON
|-- InvalidInput            422  the caller must change a field; lists every wrong one
|   |-- InvalidArea         422  the drawn or uploaded shape cannot be used
|   |-- NameTaken           422  something else of the municipality has this name
|   `-- NotSendable         422  time has passed or boundaries moved since the alert was written
|-- MailRefused             422  the provider of e-mail takes none for this address
|-- SmsRefused              422  the provider of SMS takes none for this number, or not this text
|-- KeyReused               422  an Idempotency-Key came back with another request
|-- Unauthenticated         401  no, expired or forged token, or no second factor
|-- Forbidden               403  the role, or the two-person rule, does not allow it
|-- MethodNotAllowed        405  the address does not take this HTTP method
|-- NotFound                404  absent, or another municipality's (the answer does not tell which)
|-- WrongState              409  the alert is not in a state that allows the action
|-- PreconditionRequired    428  If-Match is missing
|-- TooMany                 429  the person or the address asks more often than their limit
|-- PreconditionFailed      412  the caller saw an older revision
|-- Conflict                503  another worker wrote first; read again and repeat
|-- Unreadable              503  a stored document is of a form that this release does not read
`-- Unavailable             503  a service we depend on did not answer
    |-- NotYetDue           425  its moment has not come
    |-- Throttled           503  a service takes no more for now; what was asked was not done
    |-- Held                409  somebody else works on it
    `-- Unserved            409  another instance does this, or will

Of what comes back, 503 is for what the whole queue had better wait for: it makes Cloud Tasks slow down all
tasks (google.cloud.tasks_v2, HttpRequest: "429 or 503"). What concerns one task alone is not told by it.

Words for people live in `shared/messages.py`, found by `code`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_ERRORS = 50  # named in one answer; a form has fewer fields


@dataclass(frozen=True)
class FieldError:
    """One wrong field: JSON pointer into the body (RFC 6901), message code and its parameters."""

    pointer: str
    code: str
    params: dict[str, str | int | float] = field(default_factory=dict)


class AlertOnlineError(Exception):
    """Base of all: `code` names the problem type (RFC 9457) and the message."""

    status = 500
    code = "internal"
    retry_helps = False

    def __init__(self, code: str | None = None, /, **params: str | int | float) -> None:
        super().__init__(code or self.code)
        self.code = code or self.code
        self.params = params


class Malformed(AlertOnlineError):
    status = 400
    code = "malformed"


class TooLarge(AlertOnlineError):
    status = 413
    code = "too-large"


class UnsupportedMediaType(AlertOnlineError):
    status = 415
    code = "not-json"


class InvalidInput(AlertOnlineError):
    status = 422
    code = "invalid-input"

    def __init__(self, errors: Sequence[FieldError], inside: Mapping[str, object] | None = None) -> None:
        """`inside`: of an area that leaves the municipality, the part inside (a GeoJSON geometry)."""
        super().__init__()
        self.errors = tuple(errors)[:MOST_ERRORS]
        self.inside = inside


class InvalidArea(InvalidInput):
    """The area's own fault; `pointer` is where the caller put it, set by who knows."""

    def __init__(self, code: str, /, pointer: str = "/area", **params: str | int | float) -> None:
        super().__init__([FieldError(pointer, code, params)])


class NameTaken(InvalidInput):
    def __init__(self) -> None:
        super().__init__([FieldError("/name", "name-taken")])


class NotSendable(InvalidInput):
    """Of an alert as it is stored: whoever submits or approves it cannot mend it by asking again."""

    code = "not-sendable"


class KeyReused(AlertOnlineError):
    status = 422
    code = "idempotency-key-reused"


class MailRefused(AlertOnlineError):
    status = 422
    code = "mail-refused"


class SmsRefused(AlertOnlineError):
    status = 422
    code = "sms-refused"


class Unauthenticated(AlertOnlineError):
    status = 401
    code = "unauthenticated"


class Forbidden(AlertOnlineError):
    status = 403
    code = "forbidden"


class NotFound(AlertOnlineError):
    status = 404
    code = "not-found"


class MethodNotAllowed(AlertOnlineError):
    status = 405
    code = "method-not-allowed"


class WrongState(AlertOnlineError):
    status = 409
    code = "wrong-state"


class TooMany(AlertOnlineError):
    """`seconds`: until one more is taken. No task meets it, so that no queue need come back."""

    status = 429
    code = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


class PreconditionRequired(AlertOnlineError):
    status = 428
    code = "if-match-required"


class PreconditionFailed(AlertOnlineError):
    status = 412
    code = "stale-etag"


class Conflict(AlertOnlineError):
    status = 503
    code = "conflict"
    retry_helps = True


class Unreadable(AlertOnlineError):
    """A newer release wrote it, which serves soon: until then work that needs it comes back."""

    status = 503
    code = "unreadable"
    retry_helps = True


class Unavailable(AlertOnlineError):
    status = 503
    code = "unavailable"
    retry_helps = True


class NotYetDue(Unavailable):
    status = 425
    code = "not-yet-due"


class Throttled(Unavailable):
    code = "throttled"


class Held(Unavailable):
    status = 409
    code = "slice-held"


class Unserved(Unavailable):
    status = 409
    code = "channel-unknown"
