"""Asked for with a reason by one of the crisis role, opened by a second, read by both; all in the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.address_list import (
    AddressList,
    Contact,
    Opening,
    Refusal,
    contact_of,
    key_of,
    listed,
    refusal_to_ask,
    refusal_to_open,
    refusal_to_read,
    watermark,
)
from shared.domain.alert import Alert
from shared.domain.area_parts import Drawn, Step
from shared.domain.audit import Act
from shared.domain.covered import Address
from shared.ports import AlertStore, AreaLibrary, AudienceStore, AuditLog, Clock, Staff
from shared.ports.evacuation import OpeningStore, ReceiptReader
from shared.services.alerts.alert_guards import visible
from shared.services.audience.known_registers import known_addresses
from shared.services.audience.match_parts import PartsMatch, shape_taken
from shared.services.audience.spots import Spot
from shared.services.audit.act import act_of
from shared.services.coverage.placed_phones import codes_of, placed_phones

CRISIS = "crisis"  # the role


@dataclass(frozen=True)
class EvacuationPorts:
    alerts: AlertStore
    audience: AudienceStore
    areas: AreaLibrary
    openings: OpeningStore
    audit: AuditLog
    receipts: ReceiptReader
    clock: Clock
    switched_on: bool = False


def ask_for_list(ports: EvacuationPorts, staff: Staff, alert_id: str, reason: str) -> Opening | Refusal:
    """Raises NotFound, Conflict."""
    alert = visible(ports.alerts, alert_id, staff).value
    if refused := _refused(ports, staff) or refusal_to_ask(alert, reason):
        return refused
    now = ports.clock.now()
    opening = Opening(alert_id, staff.person, reason.strip(), now)
    ports.openings.put(opening, [_act(alert, "ask", staff, opening)])
    return opening


def open_list(ports: EvacuationPorts, staff: Staff, alert_id: str) -> Opening | Refusal:
    """By the second person. Raises NotFound, Conflict."""
    alert, opening = visible(ports.alerts, alert_id, staff).value, ports.openings.get(alert_id)
    refused = _refused(ports, staff) or refusal_to_open(alert, opening, staff.person)
    if refused or opening is None:
        return refused or Refusal.NOT_ASKED
    now = ports.clock.now()
    opened = replace(opening, opened_by=staff.person, opened=now)
    ports.openings.put(opened, [_act(alert, "open", staff, opened)])
    return opened


def read_list(ports: EvacuationPorts, staff: Staff, alert_id: str) -> AddressList | Refusal:
    """All addresses that the alert means, those without contact first. Raises NotFound, Unavailable.

    Costs a read for each place of the municipality and each receipt.
    """
    alert, opening = visible(ports.alerts, alert_id, staff).value, ports.openings.get(alert_id)
    refused = _refused(ports, staff) or refusal_to_read(alert, opening, staff.person)
    if refused or opening is None:
        return refused or Refusal.NOT_ASKED
    now = ports.clock.now()
    ports.audit.record(_act(alert, "read", staff, opening))  # before it is shown
    addresses = _inside(alert, ports.areas)
    return AddressList(listed(addresses, _contacts(alert, ports)), watermark(opening, staff.person, now))


def _refused(ports: EvacuationPorts, staff: Staff) -> Refusal | None:
    if not ports.switched_on:
        return Refusal.OFF
    if staff.on_behalf:
        return Refusal.STANDS_IN
    return None if CRISIS in staff.roles else Refusal.ROLE


def _act(alert: Alert, verb: str, staff: Staff, opening: Opening) -> Act:
    return act_of(staff, f"list.{verb}", f"alerts/{alert.id}", why=opening.reason)


def _inside(alert: Alert, areas: AreaLibrary) -> Sequence[Address]:
    gazetteer = areas.gazetteer(alert.terc)
    addresses = known_addresses(gazetteer) if gazetteer else ()
    parts = alert.content.parts or (Step(Drawn(alert.content.area)),)
    inside = PartsMatch(parts, shape_taken).inside([Spot(one.cell, one.codes) for one in addresses])
    return [addresses[at] for at in sorted(inside)]


def _contacts(alert: Alert, ports: EvacuationPorts) -> dict[tuple[str, str], Contact]:
    gazetteer = ports.areas.gazetteer(alert.terc)
    phones: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for entry in placed_phones(gazetteer, ports.audience) if gazetteer else ():
        phones[key_of(codes_of(entry))] |= {(entry.uid, device.id) for device in entry.devices}
    confirmed = set(ports.receipts.received(alert.id))
    return {key: contact_of(found, confirmed) for key, found in phones.items()}
