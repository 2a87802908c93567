"""Telling the centres, by mail or by telephone, and writing down that they answered.

The intent is written before the provider is asked and the outcome after it, each with its entry of the audit;
nothing sends a second mail by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.audit import Act
from shared.domain.audit import Outcome as Done
from shared.domain.call import Outcome
from shared.domain.upwards import LATE_BY, MOST_TELLINGS, Centre, CentreContact, Telling, ToldBy, Upwards
from shared.errors import (
    AlertOnlineError,
    Conflict,
    FieldError,
    InvalidInput,
    MailRefused,
    NotFound,
    Throttled,
    TooMany,
    Unavailable,
    WrongState,
)
from shared.formats.json_body import pointer
from shared.formats.upwards_text import upwards_mail, upwards_text
from shared.ports import Staff, Versioned
from shared.services.alerts.alert_guards import visible
from shared.services.audit.act import act_of
from shared.services.upwards.centres import centres_of
from shared.services.upwards.see_upwards import office_of, require_within
from shared.services.upwards.upwards_ports import UpwardsPorts

MOST_CONFLICTS = 5
_CLOCKS = timedelta(minutes=2)  # that a person's and ours may differ by
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ToTell:
    """`at`: when it was said, of a telephone call that is written down later; `key`: of the request."""

    centres: tuple[Centre, ...]
    way: ToldBy
    at: datetime | None = None
    key: str = ""


def tell_upwards(ports: UpwardsPorts, staff: Staff, alert_id: str, wanted: ToTell) -> Upwards:
    """Asked for again with the same key, what was told then.

    Raises NotFound, Forbidden, WrongState before the alert was sent and while the same centre is being told,
    InvalidInput for a centre whose address nobody entered, TooMany, Conflict.
    """
    alert = visible(ports.alerts.alerts, alert_id, staff).value
    require_within(ports.alerts, staff, alert)
    if alert.started is None:
        raise WrongState
    begun = _begin(ports, staff, alert, wanted)
    if begun is None:
        known = ports.upwards.get(alert.id)
        return known.value if known else Upwards(alert.id, alert.terc)
    after, made = begun
    for telling in made:
        if telling.way is ToldBy.EMAIL:
            after = _settle(ports, staff, alert, replace(telling, outcome=_mail(ports, alert, telling)))
    return after


def answered(
    ports: UpwardsPorts, staff: Staff, alert_id: str, number: int, at: datetime | None = None
) -> Upwards:
    """Written down twice it stays as it was first. Raises NotFound, Forbidden, InvalidInput, Conflict."""
    alert = visible(ports.alerts.alerts, alert_id, staff).value
    require_within(ports.alerts, staff, alert)

    def change(known: Upwards) -> tuple[Upwards, Sequence[Act]] | None:
        telling = known.numbered(number)
        if telling is None:
            raise NotFound
        if telling.answered is not None:
            return None
        now = ports.alerts.clock.now()
        after = replace(telling, answered=_moment(at, telling.at, now), noted=staff.person)
        return known.with_telling(after), [_act(staff, "upwards.answer", alert, after)]

    return _changed(ports, alert, change)


def _begin(
    ports: UpwardsPorts, staff: Staff, alert: Alert, wanted: ToTell
) -> tuple[Upwards, tuple[Telling, ...]] | None:
    """What is written before anybody is asked; None: the same request wrote it before."""
    contacts = _contacts(ports, alert.terc, wanted)
    text = upwards_text(alert, office_of(ports.alerts, alert.terc))
    made: tuple[Telling, ...] = ()

    def change(known: Upwards) -> tuple[Upwards, Sequence[Act]] | None:
        nonlocal made
        made = ()
        if known.asked_by(wanted.key):
            return None
        now = ports.alerts.clock.now()
        _refuse_more(known, wanted, now)
        after, blank = known, _blank(staff, alert, wanted, text, now)
        for centre, contact in contacts:
            address = contact.phone if wanted.way is ToldBy.PHONE else contact.email
            told = replace(blank, number=after.next_number, centre=centre, name=contact.name, address=address)
            after, made = after.with_telling(told), (*made, told)
        return after, [_act(staff, "upwards.tell", alert, one) for one in made]

    after = _changed(ports, alert, change)
    return (after, made) if made else None


def _blank(staff: Staff, alert: Alert, wanted: ToTell, text: str, now: datetime) -> Telling:
    """What both centres' have in common. By telephone they are told already."""
    by_phone = wanted.way is ToldBy.PHONE
    at = _moment(wanted.at, alert.started or now, now) if by_phone else now
    outcome = Outcome.SENT if by_phone else Outcome.INTENT
    return Telling(
        0, Centre.POWIAT, wanted.way, "", "", text, staff.person, at, alert.version, outcome, wanted.key
    )


def _contacts(ports: UpwardsPorts, terc: str, wanted: ToTell) -> list[tuple[Centre, CentreContact]]:
    """Raises InvalidInput."""
    centres, errors, found = centres_of(ports.centres, terc), [], []
    for number, centre in enumerate(wanted.centres):
        contact = centres.of(centre)
        if contact is None:
            errors.append(FieldError(pointer("centres", number), "centre-unknown"))
        elif wanted.way is ToldBy.EMAIL and not contact.email:
            errors.append(FieldError(pointer("centres", number), "centre-no-email"))
        else:
            found.append((centre, contact))
    if errors:
        raise InvalidInput(errors)
    return found


def _refuse_more(known: Upwards, wanted: ToTell, now: datetime) -> None:
    if len(known.tellings) + len(wanted.centres) > MOST_TELLINGS:
        raise TooMany(seconds=3600)
    if any(one.is_under_way(now) and one.centre in wanted.centres for one in known.tellings):
        raise WrongState("upwards-under-way")


def _moment(said: datetime | None, earliest: datetime, now: datetime) -> datetime:
    """Not before what it is about, nor ahead. Raises InvalidInput."""
    if said is None:
        return now
    if not max(earliest - _CLOCKS, now - LATE_BY) <= said <= now + _CLOCKS:
        raise InvalidInput([FieldError("/at", "upwards-time")])
    return min(max(said, earliest), now)


def _mail(ports: UpwardsPorts, alert: Alert, telling: Telling) -> Outcome:
    """One attempt, and what is known of it."""
    letter = upwards_mail(alert, office_of(ports.alerts, alert.terc), telling.text)
    try:
        ports.mail().send(telling.address, letter.subject, letter.text)
    except MailRefused:
        return Outcome.REFUSED
    except Throttled:
        return Outcome.THROTTLED
    except Unavailable as error:
        return Outcome.OFF if error.code == "mail-not-set-up" else Outcome.UNKNOWN
    except AlertOnlineError as error:
        log.error("a crisis centre could not be told by mail: %s", error.code)
        return Outcome.UNKNOWN
    return Outcome.SENT


def _settle(ports: UpwardsPorts, staff: Staff, alert: Alert, telling: Telling) -> Upwards:
    def change(known: Upwards) -> tuple[Upwards, Sequence[Act]]:
        now = known.numbered(telling.number) or telling  # an answer may have been written down meanwhile
        after = replace(now, outcome=telling.outcome)
        return known.with_telling(after), [_act(staff, "upwards.tell", alert, after)]

    return _changed(ports, alert, change)


Change = Callable[[Upwards], "tuple[Upwards, Sequence[Act]] | None"]


def _changed(ports: UpwardsPorts, alert: Alert, change: Change) -> Upwards:
    """Raises Conflict when others wrote at every attempt."""
    for last in range(MOST_CONFLICTS):
        found: Versioned[Upwards] | None = ports.upwards.get(alert.id)
        known = found.value if found else Upwards(alert.id, alert.terc)
        step = change(known)
        if step is None:
            return known
        try:
            return ports.upwards.put(found, *step).value
        except Conflict:
            if last == MOST_CONFLICTS - 1:
                raise
    raise Conflict


def _act(staff: Staff, action: str, alert: Alert, telling: Telling) -> Act:
    words = {
        "number": telling.number,
        "centre": telling.centre.value,
        "way": telling.way.value,
        "name": telling.name,
        "address": telling.address,
        "outcome": telling.outcome.value,
    }
    if telling.answered is not None:
        words["answered"] = telling.answered.isoformat()
    done = {Outcome.INTENT: Done.INTENT, Outcome.SENT: Done.DONE}.get(telling.outcome, Done.FAILED)
    act = act_of(staff, action, f"alerts/{alert.id}", after=words)
    return replace(act, outcome=Done.DONE if action == "upwards.answer" else done)
