"""One attempt: asking a provider once, and what is known afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable

from shared.domain.call import Attempt, Call, Outcome, Way
from shared.errors import AlertOnlineError, MailRefused, SmsRefused, Throttled, Unavailable
from shared.formats.call_words import call_words
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.note_refusal import note_refusal

NOT_SET_UP = frozenset({"mail-not-set-up", "sms-not-set-up"})
log = logging.getLogger(__name__)


def hand_over(ports: CallPorts, call: Call, attempt: Attempt) -> Outcome:
    """Where to is read now: whoever left or changed their number is called nowhere else. Raises Unavailable
    of the register."""
    found = ports.staff.find(attempt.uid)
    if found is None or not found.value.employed(ports.clock.now()):
        return Outcome.REFUSED
    person = found.value
    to = person.phone if attempt.way is Way.SMS else person.email
    if not to:
        return Outcome.REFUSED
    words = call_words(call, _office(ports, call))
    if attempt.way is Way.SMS:
        outcome = _outcome(attempt.way, lambda: ports.sms().send(to, words.sms))
        note_refusal(ports, call.terc, found, outcome)
        return outcome
    return _outcome(attempt.way, lambda: ports.mail().send(to, words.subject, words.text))


def _outcome(way: Way, send: Callable[[], object]) -> Outcome:
    try:
        send()
    except (MailRefused, SmsRefused) as error:
        log.warning("a call by %s was refused: %s", way.value, error.code)
        return Outcome.REFUSED
    except Throttled:
        return Outcome.THROTTLED
    except Unavailable as error:
        return Outcome.OFF if error.code in NOT_SET_UP else Outcome.UNKNOWN
    return Outcome.SENT


def _office(ports: CallPorts, call: Call) -> str:
    """A name that cannot be read holds no call up."""
    try:
        found = ports.municipalities.get(call.terc)
    except AlertOnlineError:
        return call.terc
    return found.name if found else call.terc
