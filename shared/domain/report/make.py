"""The report of a thread out of its material: pure, so that the same material makes the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.domain.alert import Alert, State
from shared.domain.alert_number import alert_number
from shared.domain.call import WORKED, Call, CallKind
from shared.domain.report.lines import lines, seconds_between, unproved
from shared.domain.report.material import Kept, Material
from shared.domain.report.reach import curves, pace
from shared.domain.report.values import (
    CalledStaff,
    Gap,
    Message,
    Promise,
    Reach,
    Report,
    Steps,
    Unsent,
)

MOST_MESSAGES = 60


def make_report(material: Material) -> Report:
    sent = [one for one in material.kept if one.alert.started is not None]
    promises = tuple(_promises([one.alert for one in sent], material.now))
    told, cut = lines(material.kept, promises)
    return Report(
        terc=material.terc,
        office=material.office,
        thread=material.thread,
        number=alert_number(material.thread),
        made=material.now,
        messages=tuple(_message(one) for one in sent[:MOST_MESSAGES]),
        unsent=tuple(_unsent(one.alert) for one in material.kept if one.alert.started is None),
        lines=told,
        calls=tuple(_called(one.alert, call) for one in material.kept for call in _asking(one)),
        upwards={one.alert.id: tuple(one.tellings) for one in sent if one.tellings},
        promises=promises,
        gaps=tuple(_gaps(material, sent, cut, unproved(told))),
    )


def _message(kept: Kept) -> Message:
    alert, content = kept.alert, kept.alert.content
    return Message(
        id=alert.id,
        number=alert_number(alert.id),
        version=alert.version,
        kind=alert.kind.value,
        ends_what=alert.ends_what.value if alert.ends_what else None,
        state=alert.state.value,
        category=content.category.value,
        severity=content.severity.value,
        event=content.event.value if content.event else None,
        exercise=content.exercise,
        area_name=content.area_name,
        addresses=content.covers.inside if content.covers else None,
        author=alert.author.name,
        approver=alert.approver.name if alert.approver else None,
        confirmer=alert.confirmer.name if alert.confirmer else None,
        sent_alone=alert.sent_alone,
        noticed=noticed(alert),
        created=alert.created,
        submitted=alert.submitted,
        approved=alert.approved,
        due=alert.due(),
        started=alert.started,
        finished=alert.finished,
        stopped=alert.stopped,
        confirmed=alert.confirmed,
        expires=content.expires,
        next_info=content.next_info,
        reason=alert.reason,
        texts=dict(content.texts),
        steps=_steps(kept),
        reach=None if kept.summary is None else Reach(kept.summary, curves(kept)),
    )


def noticed(alert: Alert) -> datetime | None:
    """When the office learned of it, where somebody said so."""
    said = getattr(alert, "noticed", None)
    return said if isinstance(said, datetime) else None


def _steps(kept: Kept) -> Steps:
    alert, when = kept.alert, pace(kept)
    began = noticed(alert)
    return Steps(
        noticed_to_draft=seconds_between(began, alert.created),
        draft_to_submitted=seconds_between(alert.created, alert.submitted),
        submitted_to_approved=seconds_between(alert.submitted, alert.approved),
        approved_to_started=seconds_between(alert.approved, alert.started),
        due_to_started=seconds_between(alert.due(), alert.started),
        started_to_first=seconds_between(alert.started, when.first),
        first_to_last=seconds_between(when.first, when.last),
        started_to_half=seconds_between(alert.started, when.half),
        noticed_to_started=seconds_between(began, alert.started),
    )


def _unsent(alert: Alert) -> Unsent:
    return Unsent(
        alert.id,
        alert_number(alert.id),
        alert.kind.value,
        alert.state.value,
        alert.author.name,
        alert.created,
        alert.reason,
    )


def _promises(sent: Sequence[Alert], now: datetime) -> Iterator[Promise]:
    """News is the next message that started, or that the alert was ended. That it ran out is none."""
    for alert in sent:
        promised = alert.content.next_info
        if promised is None or alert.started is None:
            continue
        later = [one.started for one in sent if one.started and one.started > alert.started]
        if alert.state is State.CANCELLED and alert.finished is not None:
            later.append(alert.finished)
        kept = min(later, default=None)
        late = seconds_between(promised, kept or now)
        yield Promise(alert.id, promised, kept, late or 0)


def _asking(kept: Kept) -> list[Call]:
    """Those that wanted a reaction; a drill is about no alert."""
    asking = (one for one in kept.calls if one.kind not in (CallKind.NEWS, CallKind.DRILL))
    return sorted(asking, key=lambda one: (one.created, one.id))


def _called(alert: Alert, call: Call) -> CalledStaff:
    began = min((one.at for one in call.attempts), default=call.created)
    names = {one.uid: one.name for one in call.attempts}
    return CalledStaff(
        message=alert.id,
        kind=call.kind.value,
        at=began,
        rounds=call.round + 1,
        told=sum(one.outcome in WORKED for one in call.attempts),
        acknowledged_s=seconds_between(began, call.acknowledged),
        by=names.get(call.by, ""),
        ended_s=seconds_between(began, call.ended),
        end=call.why,
        deaf=call.deaf,
    )


def _gaps(material: Material, sent: Sequence[Kept], cut: bool, only_history: int) -> Iterator[Gap]:
    yield from material.gaps
    yield from (gap for one in material.kept for gap in one.gaps)
    for one in sent:
        if one.summary is None or not one.summary.deliveries:
            yield Gap("no-figures", one.alert.id)
    if only_history:
        yield Gap("history-alone", count=only_history)
    if cut:
        yield Gap("lines-cut")
    if len(sent) > MOST_MESSAGES:
        yield Gap("messages-cut", count=len(sent) - MOST_MESSAGES)
