"""All that proves what became of one alert, for the office's document system: XML and PDF/A with metadata."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.audit import AuditEntry
from shared.errors import NotFound
from shared.formats.packet import Packet
from shared.ports import AlertStore, AuditFilter, AuditLog, Clock, MunicipalityStore, Page, Staff
from shared.services.alerts.alert_guards import visible
from shared.services.audit.act import act_of
from shared.services.inspection.read_audit import PAGE, require_reader

MOST_ENTRIES = 2_000  # of one alert; a packet that lacks older ones says so


@dataclass(frozen=True)
class PacketPorts:
    alerts: AlertStore
    municipalities: MunicipalityStore
    audit: AuditLog
    clock: Clock


def packet_of(ports: PacketPorts, staff: Staff, alert_id: str) -> bytes:
    """A ZIP file. That it was taken is an entry, too, though not yet in this packet.

    Raises Forbidden, NotFound, Unreadable.
    """
    from shared.formats.packet_zip import zipped

    require_reader(staff)
    alert = visible(ports.alerts, alert_id, staff).value
    municipality = ports.municipalities.get(staff.terc)
    if municipality is None:
        raise NotFound("municipality-not-ready", terc=staff.terc)
    about = f"alerts/{alert.id}"
    found = _entries(ports.audit, staff.terc, about)
    ports.audit.record(act_of(staff, "audit.export", about, after={"format": "packet"}))
    return zipped(
        Packet(
            municipality.name,
            alert,
            found.items[::-1],
            staff.person,
            ports.clock.now(),
            cut=found.next is not None,
            unreadable=found.unreadable,
        )
    )


def _entries(log: AuditLog, terc: str, about: str) -> Page[AuditEntry]:
    """The newest first."""
    found = Page[AuditEntry]((), None)
    for _ in range(MOST_ENTRIES // PAGE):
        page = log.entries(terc, AuditFilter(about=about), PAGE, found.next)
        found = Page((*found.items, *page.items), page.next, found.unreadable + page.unreadable)
        if found.next is None:
            break
    return found
