"""A thread as it was written on a night: a warning, its update, an all-clear; an office that has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.domain.alert import Alert, HistoryEntry, Kind, Person, State, Text
from shared.domain.audit import Act
from shared.domain.call import Attempt, Call, CallKind, Outcome, Way
from shared.domain.covered import Covered, CoveredName
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.domain.statistics import PlatformFigures, SentFigures
from shared.domain.upwards import Centre, Telling, ToldBy, Upwards
from shared.ports import Wave
from shared.services.reports.report_ports import ReportPorts
from tests.fakes.after_action import FakeReportStore, FakeWaveStore
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, alert, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.calls import FakeCallStore
from tests.fakes.clock import FakeClock
from tests.fakes.delivery import FakeDeliveryStore
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.published import FakePublishedStore
from tests.fakes.summaries import FakeSummaryStore
from tests.fakes.upwards import FakeUpwardsStore

# The night on which the clock goes back: 02:00 to 03:00 comes twice in Poland.
NIGHT = datetime(2027, 10, 31, 0, 10, tzinfo=UTC)
DUTY = Person("uid-kasia", "Kasia Dyżurna")
COVERS = Covered((CoveredName("0951617:00001", "ul. Różana", 30, 42),), 30, 42)


def minute(after: float) -> datetime:
    return NIGHT + timedelta(minutes=after)


class ScriptedOffice:
    """`messages`: a1 (10 min to be sent), a2 follows it after an hour, a3 ends it after three."""

    def __init__(self) -> None:
        self.clock = FakeClock(NIGHT)
        self.alerts = FakeAlertStore()
        self.audit = self.alerts.audit
        self.audit.clock = self.clock
        self.delivery = FakeDeliveryStore(self.alerts, self.clock)
        self.published, self.summaries = FakePublishedStore(), FakeSummaryStore()
        self.calls, self.upwards = FakeCallStore(self.audit), FakeUpwardsStore(self.audit)
        self.reports, self.waves = FakeReportStore(self.audit), FakeWaveStore(self.delivery)
        self.municipalities = FakeMunicipalityStore()

    @property
    def ports(self) -> ReportPorts:
        names = (
            *("alerts", "audit", "delivery", "published", "summaries", "waves", "calls", "upwards"),
            *("reports", "municipalities", "clock"),
        )
        return ReportPorts(**{name: getattr(self, name) for name in names})

    def at(self, after: float) -> datetime:
        """Moves the clock there, so that the audit says the same."""
        self.clock.advance(minute(after) - self.clock.now())
        return self.clock.now()

    def step(self, of: Alert, action: str, by: Person | None, after: float, why: str = "") -> None:
        now = self.at(after)
        self.alerts.note(of.id, HistoryEntry(action, now, by, of.state, of.revision, of.version))
        words = {"state": of.state.value, "version": of.version}
        self.audit.record(Act(TERC, f"alert.{action}", by, f"alerts/{of.id}", after=words, why=why))

    def sent(self, of: Alert, began: float, people: int) -> None:
        """A delivery of two slices, its last wave a minute after the first."""
        kinds = {"web": PlatformFigures(people, people, 0, people)}
        figures = SentFigures(people + 10, people, {"unregistered": 10}, kinds, (), people + 10)
        delivery = Delivery(
            of.id, "push", 1, 1, of.version, False, minute(began), of.content.expires,
            state=DeliveryState.DONE, read_time=minute(began), started=minute(began), slices=2,
            figures=figures,
        )  # fmt: skip
        self.delivery.put(delivery)
        self.delivery.plan(self.delivery.get(delivery.ref), delivery, [Slice(0, (), 1), Slice(1, (), 1)])
        for number, (index, share, after) in enumerate(((0, 0.4, 0.1), (1, 0.4, 0.3), (0, 0.2, 1.1))):
            outcomes = {f"r{number}.{one}/1": "accepted" for one in range(round(people * share))}
            self.delivery.waves.append((delivery.ref, Wave(index, minute(began + after), outcomes)))


def night() -> ScriptedOffice:
    office = ScriptedOffice()
    first = _warning(office)
    _update(office, first)
    _all_clear(office, first)
    return office


def _warning(office: ScriptedOffice) -> Alert:
    said = content(
        texts={
            "pl": Text("Ewakuacja: ul. Różana", "Rzeka przelewa wał.", "Wyjdź teraz."),
            "en": Text("Evacuation: Różana street", "The river tops the dyke.", "Leave now."),
        },
        expires=minute(12 * 60),
        next_info=minute(45),
        covers=COVERS,
    )
    first = alert(
        "a1", content=said, version=2, created=minute(0), updated=minute(60), submitted=minute(4),
        approved=minute(9), approver=APPROVER, started=minute(10), finished=minute(60),
        state=State.SUPERSEDED,
    )  # fmt: skip
    office.alerts.put(first)
    for action, by, after in (
        ("create", AUTHOR, 0),
        ("edit", AUTHOR, 1),
        ("edit", AUTHOR, 2),
        ("submit", AUTHOR, 4),
        ("approve", APPROVER, 9),
        ("start", None, 10),
    ):
        office.step(first, action, by, after)
    office.sent(first, 10, 100)
    office.published.receive("a1", "received", 80)
    told = Attempt(0, APPROVER.uid, APPROVER.name, Way.SMS, minute(4), Outcome.SENT, 1)
    call = Call(
        "a1.approve.1", TERC, CallKind.APPROVE, minute(4), None, alert="a1", round=0, attempts=(told,)
    )
    office.calls.create(call.acknowledged_by(APPROVER.uid, minute(6)))
    news = Call("a1.news.1", TERC, CallKind.NEWS, minute(9), None, alert="a1", round=0, attempts=(told,))
    office.calls.create(news)
    office.at(12)
    telling = Telling(
        1, Centre.POWIAT, ToldBy.EMAIL, "PCZK", "pczk@powiat.example", "Alert", DUTY, minute(12),
        outcome=Outcome.SENT, answered=minute(20), noted=DUTY,
    )  # fmt: skip
    words = {"number": 1, "centre": "powiat", "way": "email", "outcome": "sent"}
    office.upwards.put(
        None,
        Upwards("a1", TERC, (telling,)),
        [Act(TERC, "upwards.tell", DUTY, "alerts/a1", after=words)],
    )
    return first


def _update(office: ScriptedOffice, first: Alert) -> None:
    said = replace(
        first.content, texts={"pl": Text("Woda opada", "Wał trzyma.", "Zostań u rodziny.")}, next_info=None
    )
    second = alert(
        "a2", content=said, version=3, kind=Kind.UPDATE, thread="a1", replaces="a1", created=minute(50),
        updated=minute(180), submitted=minute(55), approved=minute(60), approver=APPROVER, started=minute(60),
        finished=minute(180), state=State.ENDED,
    )  # fmt: skip
    office.alerts.put(second)
    office.step(second, "create", AUTHOR, 50)
    office.step(second, "submit", AUTHOR, 55)
    office.step(second, "approve", APPROVER, 60)
    office.step(first, "supersede", None, 60.1)
    office.sent(second, 60, 6)


def _all_clear(office: ScriptedOffice, first: Alert) -> None:
    said = replace(first.content, texts={"pl": Text("Koniec zagrożenia", "Można wracać.")}, next_info=None)
    third = alert(
        "a3", content=said, version=4, kind=Kind.ALL_CLEAR, thread="a1", replaces="a2", created=minute(170),
        updated=minute(720), started=minute(180), approved=minute(180), finished=minute(720),
        state=State.EXPIRED,
        sent_alone=True, reason="nikogo nie ma",
    )  # fmt: skip
    office.alerts.put(third)
    office.step(third, "send_now", DUTY, 180, why="nikogo nie ma")
    office.sent(third, 180, 100)
    office.step(third, "expire", None, 720)
    draft = alert(
        "a4",
        content=said,
        version=4,
        kind=Kind.CORRECTION,
        thread="a1",
        state=State.DRAFT,
        created=minute(100),
    )
    office.alerts.put(draft)
