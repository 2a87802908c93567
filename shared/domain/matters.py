"""What about an alert has to be told to staff, read from the alert, its history and its deliveries alone.

Each matter has a name made of what it is about: found again, it is the same one, and is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.alert import Alert, HistoryEntry, Person, State
from shared.domain.call import Call, CallKind
from shared.domain.content import Severity
from shared.domain.news import APPROVER, AUTHOR, FAILED, NEWS, News, news_of
from shared.domain.preferences import is_urgent

RECENT = timedelta(days=1)  # older news is none: the first look at an alert of long ago tells nothing
BEFORE_EXPIRY = timedelta(minutes=30)
_WARNING = frozenset({Severity.SEVERE, Severity.EXTREME})


@dataclass(frozen=True)
class Matter:
    """`key`: the moment that the call is about; `due`: when the first attempt is."""

    kind: CallKind
    key: str
    due: datetime
    named: tuple[str, ...] = ()
    news: str = ""
    loud: bool = False


def matters(alert: Alert, history: Sequence[HistoryEntry], failed: bool, now: datetime) -> tuple[Matter, ...]:
    return (*_asked(alert), *_ahead(alert), *_news(alert, history, now), *_failure(alert, failed, now))


def call_of(alert: Alert, matter: Matter, now: datetime) -> Call:
    what = f".{matter.news}" if matter.news else ""
    return Call(
        id=f"{alert.id}.{matter.kind.value}{what}.{matter.key}",
        terc=alert.terc,
        kind=matter.kind,
        created=now,
        wake=max(matter.due, now),
        alert=alert.id,
        key=matter.key,
        news=matter.news,
        urgent=is_urgent(alert.content) if matter.kind is not CallKind.NEWS else matter.loud,
        exercise=alert.content.exercise,
        named=matter.named,
    )


def is_past(call: Call, alert: Alert | None) -> bool:
    """Whether it is no matter any more: somebody acted, or the alert is over. News and drills never are."""
    if call.kind in (CallKind.NEWS, CallKind.DRILL) or not call.kind.known:
        return False
    if alert is None:
        return True
    return (call.kind, call.key) not in {(one.kind, one.key) for one in (*_asked(alert), *_ahead(alert))}


def moment_key(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _asked(alert: Alert) -> Iterator[Matter]:
    """Somebody has to decide."""
    if alert.state is State.SUBMITTED:
        since = alert.submitted or alert.updated
        yield Matter(CallKind.APPROVE, moment_key(since), since)
    if alert.state is State.HELD or _is_altered_since(alert):
        since = alert.held or alert.approved or alert.updated
        yield Matter(CallKind.HELD, moment_key(since), since)
    if alert.sent_alone and alert.confirmed is None and alert.approved and _was_sent(alert):
        yield Matter(CallKind.CONFIRM, moment_key(alert.approved), alert.approved)


def _is_altered_since(alert: Alert) -> bool:
    """Held after its start: nobody more is sent it, and nobody has decided yet what becomes of it."""
    return alert.state is State.ACTIVE and alert.held is not None and alert.held == alert.stopped


def _was_sent(alert: Alert) -> bool:
    return alert.state not in (State.DRAFT, State.SUBMITTED)


def _ahead(alert: Alert) -> Iterator[Matter]:
    """What comes by itself while an alert is active: its end, and the moment by which news was promised."""
    if alert.state is not State.ACTIVE:
        return
    content, began = alert.content, alert.started or alert.updated
    if content.severity in _WARNING and not content.exercise:
        half = began + (content.expires - began) / 2
        due = max(content.expires - BEFORE_EXPIRY, half)
        yield Matter(CallKind.EXPIRING, moment_key(content.expires), due)
    if content.next_info is not None and content.next_info < content.expires:
        yield Matter(CallKind.LATE, moment_key(content.next_info), content.next_info)


def _news(alert: Alert, history: Iterable[HistoryEntry], now: datetime) -> Iterator[Matter]:
    for entry in history:
        news = news_of(entry.action, entry.details)
        if news and now - entry.at < RECENT and (named := _named(alert, news, entry.by)):
            yield _told(news, f"{entry.revision:04}{moment_key(entry.at)}", entry.at, named)


def _failure(alert: Alert, failed: bool, now: datetime) -> Iterator[Matter]:
    began = alert.started or alert.updated
    if failed and now - began < RECENT and (named := _named(alert, NEWS[FAILED], None)):
        yield _told(NEWS[FAILED], f"{alert.generation:04}", began, named)


def _told(news: News, key: str, at: datetime, named: tuple[str, ...]) -> Matter:
    return Matter(CallKind.NEWS, key, at, named, news.word, news.loud)


def _named(alert: Alert, news: News, by: Person | None) -> tuple[str, ...]:
    """Nobody hears of what they did themselves."""
    people = {AUTHOR: alert.author, APPROVER: alert.approver}
    found = (people[one] for one in news.to)
    return tuple(dict.fromkeys(one.uid for one in found if one and not (by and one.uid == by.uid)))
