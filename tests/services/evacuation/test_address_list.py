"""All addresses inside an extreme alert: by two people with a reason, in the audit, and none called safe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.staff_api import app
from shared.domain.address_list import AddressList, Contact, Refusal
from shared.domain.alert import Severity, State
from shared.domain.area_parts import Level, Step, Unit
from shared.errors import NotFound
from shared.services.coverage.placed_phones import placed_phones
from shared.services.evacuation.address_list import (
    CRISIS,
    EvacuationPorts,
    ask_for_list,
    open_list,
    read_list,
)
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.areas import GAZETTEER, ROZANA, FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.audit import FakeAuditLog
from tests.fakes.clock import FakeClock
from tests.fakes.coverage import FakePhoneRegister
from tests.fakes.evacuation import FakeOpeningStore, FakeReceiptReader
from tests.fakes.tokens import STAFF
from tests.services.coverage.counted_world import JOINED, at_rozana, register

REASON = "Wał przecieka, straż idzie od drzwi do drzwi"


def with_role(name):
    return replace(STAFF[name], roles=frozenset({CRISIS}))


ANNA, PIOTR, EWA, JAN = (with_role(name) for name in ("anna", "piotr", "ewa", "jan"))


@pytest.fixture
def ports():
    audit = FakeAuditLog()
    ports = EvacuationPorts(
        FakeAlertStore(audit),
        FakeAudienceStore(),
        FakeAreaLibrary(),
        FakeOpeningStore(audit),
        audit,
        FakeReceiptReader(),
        FakeClock(),
        switched_on=True,
    )
    put(ports)
    return ports


def put(ports, state=State.ACTIVE, **changes):
    street = (Step(Unit(Level.STREET, ROZANA)),)
    told = content(**{"severity": Severity.EXTREME, "parts": street, **changes})
    ports.alerts.put(alert("a1", state=state, started=ports.clock.now(), content=told))


def opened(ports):
    ask_for_list(ports, ANNA, "a1", REASON)
    open_list(ports, PIOTR, "a1")
    return ports


def read(ports, who):
    found = read_list(opened(ports), who, "a1")
    assert isinstance(found, AddressList)
    return found


def live(ports, uid, number):
    register(ports.audience, FakePhoneRegister(ports.audience), uid, at_rozana(number), (JOINED,))


def test_every_address_is_listed_those_without_contact_first_and_none_is_called_safe(ports):
    live(ports, "silent", 1)
    live(ports, "heard", 2)
    live(ports, "both", 2)
    ports.receipts.shown = {("heard", "1")}
    found = read(ports, ANNA).addresses
    assert len(found) == 42
    assert [one.number for one in found[:3]] == ["3", "4", "5"]
    assert [(one.number, one.contact) for one in found[-2:]] == [
        ("1", Contact.NO_RECEIPT),
        ("2", Contact.RECEIPT),
    ]
    assert "safe" not in {contact.name.lower() for contact in Contact}


def test_nobody_is_left_out_of_the_list_for_having_a_phone(ports):
    for number in range(1, 43):
        live(ports, f"r{number}", number)
    ports.receipts.shown = {(entry.uid, "1") for entry in placed_phones(GAZETTEER, ports.audience)}
    assert len(read(ports, PIOTR).addresses) == 42


def test_each_step_is_in_the_audit_with_who_when_and_why(ports):
    read_list(opened(ports), PIOTR, "a1")
    noted = [(act.action, act.about, act.by.uid, act.why) for act in ports.audit.acts(TERC)]
    assert noted == [
        ("list.ask", "alerts/a1", ANNA.person.uid, REASON),
        ("list.open", "alerts/a1", PIOTR.person.uid, REASON),
        ("list.read", "alerts/a1", PIOTR.person.uid, REASON),
    ]


def test_every_copy_says_whose_it_is(ports):
    mark = read(ports, PIOTR).watermark
    assert PIOTR.person.name in mark
    assert f"{ports.clock.now():%Y-%m-%d %H:%M:%S}" in mark


def test_it_is_switched_off_unless_said_otherwise(ports):
    off = replace(ports, switched_on=False)
    assert EvacuationPorts.__dataclass_fields__["switched_on"].default is False
    assert ask_for_list(off, ANNA, "a1", REASON) is Refusal.OFF
    assert open_list(off, PIOTR, "a1") is Refusal.OFF
    assert read_list(opened(ports) and off, ANNA, "a1") is Refusal.OFF


def test_no_route_leads_to_it():
    assert not [rule.rule for rule in app.url_map.iter_rules() if "address" in rule.rule]


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa"])
def test_without_the_role_nobody_asks_opens_or_reads(ports, who):
    assert ask_for_list(ports, STAFF[who], "a1", REASON) is Refusal.ROLE
    assert open_list(opened(ports), STAFF[who], "a1") is Refusal.ROLE
    assert read_list(ports, STAFF[who], "a1") is Refusal.ROLE


def test_who_stands_in_neither_asks_opens_nor_reads(ports):
    stand_in = replace(ANNA, on_behalf="Powiat")
    assert ask_for_list(ports, stand_in, "a1", REASON) is Refusal.STANDS_IN
    assert open_list(opened(ports), replace(PIOTR, on_behalf="Powiat"), "a1") is Refusal.STANDS_IN
    assert read_list(ports, stand_in, "a1") is Refusal.STANDS_IN
    assert "list.read" not in [act.action for act in ports.audit.acts(TERC)]


def test_one_person_alone_opens_nothing(ports):
    ask_for_list(ports, ANNA, "a1", REASON)
    assert open_list(ports, ANNA, "a1") is Refusal.SAME_PERSON
    assert read_list(ports, ANNA, "a1") is Refusal.NOT_ASKED


def test_what_nobody_asked_for_is_not_opened(ports):
    assert open_list(ports, PIOTR, "a1") is Refusal.NOT_ASKED


def test_a_third_person_does_not_read_it(ports):
    assert read_list(opened(ports), EWA, "a1") is Refusal.NOT_THEIRS


@pytest.mark.parametrize("reason", ["", "   ", "bo tak", "x" * 501])
def test_without_a_reason_it_is_not_asked_for(ports, reason):
    assert ask_for_list(ports, ANNA, "a1", reason) is Refusal.REASON
    assert not ports.audit.acts(TERC)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"severity": Severity.SEVERE}, Refusal.NOT_EXTREME),
        ({"exercise": True}, Refusal.NOT_EXTREME),
        ({"state": State.SCHEDULED}, Refusal.NOT_ACTIVE),
        ({"state": State.EXPIRED}, Refusal.NOT_ACTIVE),
        ({"state": State.CANCELLED}, Refusal.NOT_ACTIVE),
    ],
)
def test_only_an_active_extreme_alert_has_such_a_list(ports, changes, why):
    put(ports, **changes)
    assert ask_for_list(ports, ANNA, "a1", REASON) is why


@pytest.mark.parametrize("state", [State.EXPIRED, State.CANCELLED])
def test_when_the_alert_is_over_nobody_reads_it_any_more(ports, state):
    opened(ports)
    put(ports, state=state)
    assert read_list(ports, ANNA, "a1") is Refusal.NOT_ACTIVE


def test_another_municipality_does_not_learn_that_there_is_one(ports):
    opened(ports)
    for act in (lambda: ask_for_list(ports, JAN, "a1", REASON), lambda: read_list(ports, JAN, "a1")):
        with pytest.raises(NotFound):
            act()
