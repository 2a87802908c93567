"""The number that a person is called at: entered by themselves, theirs once they say the code sent to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shared.domain.limits import Limit
from shared.domain.staff import StaffRecord
from shared.domain.staff_contact import is_number, new_code, number_of, proving
from shared.errors import Conflict, FieldError, InvalidInput, NotFound, PreconditionFailed
from shared.formats.call_words import code_sms
from shared.ports import SmsSender, Staff, StaffStore, Versioned
from shared.services.audit.act import act_of
from shared.services.limits.admit import LimitPorts, admit

_FRESH: Mapping[str, Any] = {"phone": "", "proving": None, "phone_refused": None}


@dataclass(frozen=True)
class ContactPorts:
    """`sms` is called when one is sent, and raises Unavailable where none can be."""

    staff: StaffStore
    limits: LimitPorts
    sms: Callable[[], SmsSender]


def own_contact(ports: ContactPorts, staff: Staff) -> StaffRecord:
    """Raises NotFound, Unavailable."""
    return _own(ports, staff).value


def set_phone(ports: ContactPorts, staff: Staff, text: str) -> StaffRecord:
    """One SMS with a code. What was the number before stays so until the code is said.

    The code is kept before it is sent: where an answer was lost, it may have arrived, and serves.
    Raises InvalidInput, TooMany, SmsRefused, Throttled, Unavailable.
    """
    number = number_of(text)
    if not is_number(number):
        raise InvalidInput([FieldError("/phone", "phone-number")])
    before = _own(ports, staff)
    admit(ports.limits, Limit.SMS, staff.person.uid)
    admit(ports.limits, Limit.SMS, number)
    sender, code = ports.sms(), new_code()
    waiting = proving(number, code, ports.limits.clock.now())
    after = _put(ports, staff, before, "staff.phone-asked", proving=waiting)
    sender.send(number, code_sms(code))
    return after


def verify_phone(ports: ContactPorts, staff: Staff, code: str) -> StaffRecord:
    """A try is counted before it is looked at. Raises NotFound, InvalidInput, TooMany."""
    before = _own(ports, staff)
    waiting = before.value.proving
    if waiting is None or not waiting.is_open(ports.limits.clock.now()):
        raise NotFound("no-code")
    admit(ports.limits, Limit.CODE, f"phone {staff.person.uid}")
    left = waiting.code.left - 1
    counted = replace(waiting, code=replace(waiting.code, left=left))
    _replace(ports, before, replace(before.value, proving=counted), ())
    if not waiting.code.fits(code):
        raise InvalidInput([FieldError("/code", "code-wrong", {"left": left})])
    return _put(ports, staff, _own(ports, staff), "staff.phone", **{**_FRESH, "phone": waiting.phone})


def remove_phone(ports: ContactPorts, staff: Staff) -> StaffRecord:
    return _put(ports, staff, _own(ports, staff), "staff.phone-removed", **_FRESH)


def _own(ports: ContactPorts, staff: Staff) -> Versioned[StaffRecord]:
    found = ports.staff.find(staff.person.uid)
    if found is None:
        raise NotFound
    return found


def _put(
    ports: ContactPorts, staff: Staff, before: Versioned[StaffRecord], action: str, **changes: Any
) -> StaffRecord:
    """The number itself is no word of the audit, which others read."""
    after = replace(before.value, **changes)
    words: Mapping[str, object] = {"phone": bool(after.phone)}
    _replace(ports, before, after, (act_of(staff, action, f"staff/{after.uid}", after=words),))
    return after


def _replace(
    ports: ContactPorts, before: Versioned[StaffRecord], after: StaffRecord, acts: tuple[Any, ...]
) -> None:
    try:
        ports.staff.replace(before, after, acts)
    except Conflict as error:
        raise PreconditionFailed from error
