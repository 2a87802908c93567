"""Reading all that is stored of a thread; what cannot be read is a gap of the report and takes nothing else
down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from shared.domain.alert import Alert
from shared.domain.audit import AuditEntry
from shared.domain.delivery import Delivery
from shared.domain.report.material import Kept, Material
from shared.domain.report.values import Gap
from shared.domain.statistics import Summary
from shared.domain.upwards import Telling
from shared.errors import AlertOnlineError, NotFound, Unreadable
from shared.ports import AuditFilter
from shared.services.delivery.gather_summary import gather_summary
from shared.services.inspection.read_audit import PAGE
from shared.services.reports.report_ports import ReportPorts

MOST_ENTRIES = 2_000  # of the audit, of one message: the newest
T = TypeVar("T")


def thread_of(ports: ReportPorts, terc: str, thread: str, asked: Alert | None = None) -> tuple[Alert, ...]:
    """All messages, by versions; the first one is missing where it cannot be read."""
    found = {one.id: one for one in ports.alerts.thread(thread)}
    if asked is not None:
        found[asked.id] = asked
    if thread not in found and (first := _first(ports, thread)) is not None:
        found[thread] = first
    mine = (one for one in found.values() if one.terc == terc)
    return tuple(sorted(mine, key=lambda one: (one.version, one.created, one.id)))


def _first(ports: ReportPorts, thread: str) -> Alert | None:
    try:
        found = ports.alerts.get(thread)
    except Unreadable:
        return None
    return found.value if found else None


def gather_material(
    ports: ReportPorts, terc: str, thread: str, messages: Sequence[Alert], anew: bool = False
) -> Material:
    """`anew`: figures as they are at this moment. Raises Unavailable, Conflict."""
    lost = () if any(one.id == thread for one in messages) else (Gap("first-unreadable", thread),)
    kept = [_kept(ports, one, anew) for one in messages]
    return Material(terc, _office(ports, terc), thread, kept, ports.clock.now(), lost)


def _kept(ports: ReportPorts, alert: Alert, anew: bool) -> Kept:
    gaps: list[Gap] = []

    def read(what: str, work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except (Unreadable, NotFound):
            gaps.append(Gap(f"{what}-unreadable", alert.id))
            return otherwise

    entries, faults = _entries(ports, alert)
    deliveries: tuple[Delivery, ...] = ()
    summary: Summary | None = None
    if alert.started is not None:
        deliveries = tuple(one.value for one in ports.delivery.of(alert.id))
        summary = read("figures", lambda: _figures(ports, alert, anew), None)
    return Kept(
        alert=alert,
        history=read("history", lambda: ports.alerts.history(alert.id), ()),
        entries=entries,
        deliveries=deliveries,
        waves={one.id: ports.waves.counts(one.ref) for one in deliveries},
        summary=summary,
        calls=[one.value for one in ports.calls.of(alert.id)],
        tellings=read("upwards", lambda: _tellings(ports, alert), ()),
        gaps=(*faults, *gaps),
    )


def _figures(ports: ReportPorts, alert: Alert, anew: bool) -> Summary:
    return gather_summary(
        alert.id,
        alerts=ports.alerts,
        delivery=ports.delivery,
        published=ports.published,
        summaries=ports.summaries,
        clock=ports.clock,
        at_most_every=timedelta() if anew else None,
    )


def _tellings(ports: ReportPorts, alert: Alert) -> tuple[Telling, ...]:
    found = ports.upwards.get(alert.id)
    return found.value.tellings if found else ()


def _entries(ports: ReportPorts, alert: Alert) -> tuple[tuple[AuditEntry, ...], tuple[Gap, ...]]:
    """The oldest first."""
    about, after = AuditFilter(about=f"alerts/{alert.id}"), None
    found: list[AuditEntry] = []
    unreadable = 0
    while len(found) < MOST_ENTRIES:
        page = ports.audit.entries(alert.terc, about, PAGE, after)
        found += page.items
        unreadable, after = unreadable + page.unreadable, page.next
        if after is None:
            break
    gaps = [Gap("audit-unreadable", alert.id, unreadable)] if unreadable else []
    gaps += [Gap("audit-cut", alert.id)] if after is not None else []
    return tuple(found[::-1]), tuple(gaps)


def _office(ports: ReportPorts, terc: str) -> str:
    """A name that cannot be read holds nothing up."""
    try:
        found = ports.municipalities.get(terc)
    except AlertOnlineError:
        return terc
    return found.name if found else terc
