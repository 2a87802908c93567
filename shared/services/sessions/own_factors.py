"""Keys and a PIN: given and taken away by whoever has just shown who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shared.domain.audit import Act
from shared.domain.own_factors import LONGEST_NAME, MOST_KEYS, TRIES, Factors, is_pin, is_plain, new_pin
from shared.domain.staff_session import Challenge, StaffSession, Standing
from shared.errors import FieldError, InvalidInput, NotFound, Unauthenticated, WrongState
from shared.ports import Staff, Versioned
from shared.services.audit.act import act_of
from shared.services.sessions.fresh_factor import require_fresh
from shared.services.sessions.session_ports import SessionPorts

Session = Versioned[StaffSession]
REGISTER, USE = "register", "use"


def factors_of(ports: SessionPorts, staff: Staff) -> Factors:
    found = ports.factors.get(staff.person.uid)
    return found.value if found else Factors(staff.person.uid)


def challenge(ports: SessionPorts, staff: Staff, session: Session, purpose: str) -> Mapping[str, Any]:
    """The options that the page hands to the browser. Raises Unauthenticated, WrongState, NotFound."""
    now, keys = ports.clock.now(), factors_of(ports, staff).keys
    if purpose == REGISTER:
        require_fresh(staff, now)
        if len(keys) >= MOST_KEYS:
            raise WrongState("keys-many", most=MOST_KEYS)
        options = ports.ceremony.register_options(staff.person.uid, staff.person.name, keys)
    elif not keys:
        raise NotFound("no-key")
    else:
        options = ports.ceremony.use_options(keys)
    asked = Challenge(options["challenge"], now, purpose)
    ports.sessions.note(session.value, replace(session.value, challenge=asked))
    return options


def add_key(ports: SessionPorts, staff: Staff, session: Session, credential: object, name: str) -> Factors:
    """Raises Unauthenticated, InvalidInput, WrongState, Conflict."""
    now = ports.clock.now()
    require_fresh(staff, now)
    key = ports.ceremony.registered(
        credential, _taken(ports, session, REGISTER), name.strip()[:LONGEST_NAME], now
    )
    return _put(ports, staff, "key.add", lambda before: before.with_key(key), {"name": key.name})


def remove_key(ports: SessionPorts, staff: Staff, key_id: str) -> Factors:
    """Of whoever has one it takes that key or another: a fished code takes none away. Raises Unauthenticated,
    NotFound, Conflict."""
    require_fresh(staff, ports.clock.now())
    key = factors_of(ports, staff).key(key_id)
    if key is None:
        raise NotFound
    return _put(ports, staff, "key.remove", lambda before: before.without_key(key_id), {"name": key.name})


def use_key(ports: SessionPorts, staff: Staff, session: Session, credential: object) -> StaffSession:
    """The session, renewed and with a fresh factor. Raises InvalidInput, Unauthenticated, Conflict."""
    now, before = ports.clock.now(), ports.factors.get(staff.person.uid)
    key = before.value.key(_key_id(credential)) if before else None
    if before is None or key is None:
        raise InvalidInput([FieldError("/credential", "key-refused")])
    used = ports.ceremony.used(credential, _taken(ports, session, USE), key, now)
    act = act_of(staff, "session.renew", _about(staff), after={"by": "key"})
    ports.factors.put(before, before.value.with_key(used), (act,))
    return _renewed(ports, session.value, replace(session.value, key_used=now))


def set_pin(ports: SessionPorts, staff: Staff, pin: str) -> Factors:
    """Raises Unauthenticated, InvalidInput, Conflict."""
    require_fresh(staff, ports.clock.now())
    if not is_pin(pin):
        raise InvalidInput([FieldError("/pin", "pin-digits")])
    if is_plain(pin):
        raise InvalidInput([FieldError("/pin", "pin-plain")])
    return _put(ports, staff, "pin.set", lambda before: replace(before, pin=new_pin(pin)))


def remove_pin(ports: SessionPorts, staff: Staff) -> Factors:
    """Raises Conflict."""
    return _put(ports, staff, "pin.remove", lambda before: replace(before, pin=None))


def use_pin(ports: SessionPorts, staff: Staff, session: Session, pin: str) -> StaffSession:
    """The session, renewed. A try is counted before it is looked at, so that many at once are no more tries.

    Raises InvalidInput for a wrong PIN, Unauthenticated where there is none or no try is left, Conflict.
    """
    before = ports.factors.get(staff.person.uid)
    if before is None or before.value.pin is None or before.value.pin.left == 0:
        raise Unauthenticated("pin-gone")
    known = before.value.pin
    counted = replace(before.value, pin=replace(known, left=known.left - 1))
    ports.factors.put(before, counted, _last_try(staff) if known.left == 1 else ())
    if not known.fits(pin):
        raise InvalidInput([FieldError("/pin", "pin-wrong", {"left": known.left - 1})])
    _put(ports, staff, "session.renew", _with_all_tries, {"by": "pin"})
    return _renewed(ports, session.value, session.value)


def _with_all_tries(factors: Factors) -> Factors:
    return replace(factors, pin=replace(factors.pin, left=TRIES) if factors.pin else None)


def _last_try(staff: Staff) -> tuple[Act, ...]:
    return (act_of(staff, "pin.last_try", _about(staff)),)


def _renewed(ports: SessionPorts, before: StaffSession, after: StaffSession) -> StaffSession:
    """Somebody is there again; a session whose time is up stays so. Raises Unauthenticated."""
    now = ports.clock.now()
    if before.standing(now) is Standing.OVER:
        raise Unauthenticated("session-over")
    after = replace(after, seen=now)
    ports.sessions.note(before, after)
    return after


def _taken(ports: SessionPorts, session: Session, purpose: str) -> str:
    """The challenge, which nobody answers twice. Raises InvalidInput, Conflict."""
    asked = session.value.challenge
    if asked is None or not asked.holds(purpose, ports.clock.now()):
        raise InvalidInput([FieldError("/credential", "key-late")])
    ports.sessions.replace(session, replace(session.value, challenge=None))
    return asked.value


def _key_id(credential: object) -> str:
    found = credential.get("id") if isinstance(credential, dict) else None
    return found if isinstance(found, str) else ""


def _about(staff: Staff) -> str:
    return f"staff/{staff.person.uid}"


def _put(
    ports: SessionPorts,
    staff: Staff,
    action: str,
    change: Callable[[Factors], Factors],
    after: Mapping[str, Any] | None = None,
) -> Factors:
    found = ports.factors.get(staff.person.uid)
    changed = change(found.value if found else Factors(staff.person.uid))
    ports.factors.put(found, changed, (act_of(staff, action, _about(staff), after=after),))
    return changed
