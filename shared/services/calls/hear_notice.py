"""What Amazon tells of mails that were taken and did not arrive: the call goes on another way, and the person
is told on the page."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.audit import Act
from shared.domain.call import Call, Outcome, Way
from shared.domain.mail_notice import Notice, NoticeKind
from shared.domain.staff import StaffRecord
from shared.errors import Forbidden
from shared.formats.sns_notice import refused_addresses
from shared.ports import NoticeVerifier, Versioned
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_call

OLDEST = timedelta(hours=1)  # of a notice; SNS tries an address for an hour
_CLOCKS = timedelta(minutes=5)  # that Amazon's and ours may differ by
MOST_OPEN = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoticePorts:
    calling: CallPorts
    verifier: NoticeVerifier


def hear_notice(ports: NoticePorts, notice: Notice) -> int:
    """How many people it was about. Safe to repeat: SNS tells at least once. Raises Forbidden, Conflict,
    Unavailable: SNS tells it again."""
    ports.verifier.verify(notice)
    if notice.kind is NoticeKind.SUBSCRIPTION:
        ports.verifier.confirm(notice)
        log.warning("the topic of notices is subscribed to")
        return 0
    age = ports.calling.clock.now() - notice.at
    if notice.kind is NoticeKind.END or not -_CLOCKS <= age <= OLDEST:
        raise Forbidden("notice-unknown")
    return sum(_refused(ports.calling, address, notice) for address in refused_addresses(notice.message))


def _refused(ports: CallPorts, address: str, notice: Notice) -> int:
    known = ports.staff.by_email(address)
    found = ports.staff.find(known.uid) if known else None
    if found is None:
        log.warning("a mail to somebody who is not staff came back")
        return 0
    for terc in found.value.tercs():
        for call in ports.calls.open(terc, MOST_OPEN):
            _correct(ports, call, found.value.uid)
    _keep(ports, found, notice)
    return 1


def _correct(ports: CallPorts, found: Versioned[Call], uid: str) -> None:
    """What had been handed over to this address did not arrive; where nothing else of the round did, the next
    one is due."""
    call, now = found.value, ports.clock.now()
    wrong = [
        one
        for one in call.attempts
        if (one.uid, one.way, one.outcome) == (uid, Way.EMAIL, Outcome.SENT) and now - one.at <= OLDEST
    ]
    if not wrong:
        return
    after = call
    for attempt in wrong:
        after = after.with_attempt(replace(attempt, outcome=Outcome.REFUSED))
    if call.acknowledged is None and any(one.round == call.round for one in wrong):
        after = after.settled_again(now)
    kept = ports.calls.replace(found, after)
    ask_call(ports.tasks, kept.value, now, "bounced")


def _keep(ports: CallPorts, found: Versioned[StaffRecord], notice: Notice) -> None:
    before = found.value
    if before.email_refused is not None and before.email_refused >= notice.at:
        return
    act = Act(before.terc, "staff.email-refused", None, f"staff/{before.uid}", after={"refused": True})
    ports.staff.replace(found, replace(before, email_refused=notice.at), (act,))
