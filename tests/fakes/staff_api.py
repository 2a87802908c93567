"""The staff's API in one process on fakes: an office with a clock, and a way to ask as one of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.adapters.instance_limits import NoLimits
from shared.adapters.webauthn_keys import WebAuthnKeys
from shared.channels.push.channel import PushChannel
from shared.domain.facts.office_template import Approval
from shared.domain.staff_session import SessionLimits
from shared.domain.stand_in import StandIn
from shared.formats.template_json import built_in
from shared.ports import ChangeMarks, LimitStore, Pace
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.areas.area_ports import AreaPorts
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.own_contact import ContactPorts
from shared.services.inspection.packet import PacketPorts
from shared.services.limits.admit import LimitPorts
from shared.services.reports.report_ports import ReportPorts
from shared.services.series.series_ports import SeriesPorts
from shared.services.sessions.session_ports import SessionPorts
from shared.services.staff.access_review import ReviewPorts
from shared.services.staff.people_ports import PeoplePorts
from shared.services.templates.read_templates import approvals_now
from shared.services.templates.template_ports import TemplatePorts
from shared.services.upwards.upwards_ports import UpwardsPorts
from tests.fakes.after_action import FakeReportStore, FakeWaveStore
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audit import FakeAuditLog
from tests.fakes.calls import FakeCallStore, FakeDutyStore
from tests.fakes.change_marks import FakeChangeMarks
from tests.fakes.clock import FakeClock
from tests.fakes.coverage import FakeCoverageStore
from tests.fakes.delivery import FakeDeliveryStore
from tests.fakes.enrolment import EnrolmentOffice
from tests.fakes.factors import FakeFactorStore
from tests.fakes.function_caller import FakeFunctionCaller
from tests.fakes.mail import FakeMailSender
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.published import FakePublishedStore
from tests.fakes.questions import FakeQuestionStore
from tests.fakes.rights import FakeGrantStore, FakeStandInStore
from tests.fakes.saved_areas import FakeSavedAreaStore
from tests.fakes.series import FakeSeriesStore
from tests.fakes.sms import FakeSmsSender
from tests.fakes.staff import FakeStaffStore
from tests.fakes.staff_sessions import FakeSessionStore
from tests.fakes.summaries import FakeSummaryStore
from tests.fakes.tasks import FakeTaskQueue
from tests.fakes.templates import FakeTemplateStore
from tests.fakes.tokens import FakeTokenVerifier
from tests.fakes.upwards import FakeCentreStore, FakeUpwardsStore

ENDLESS = SessionLimits(*[timedelta(days=10_000)] * 3)  # for whoever tests something else
# Figures of an alert; what a template says of facts; a question to a key; what an invitation says.
CHANGES_NOTHING = (
    "/summary",
    "/recurrence/preview",
    "/content",
    "/unsaid",
    "/factors/challenge",
    "/enrolment/open",
)
MAY_FIND_NOTHING = ("/session/end-others", "/end")  # to end; their own tests ask for the act
KEY_ORIGIN = "https://panel.example.pl"
PUBLIC_URL = "https://alerty.example.pl"


def unneeded() -> NoReturn:
    raise AssertionError("the staff's API sends nothing")


@dataclass
class StaffApi:
    """Its stores keep acts in one log, `audit`."""

    alerts: FakeAlertStore = field(default_factory=FakeAlertStore)
    areas: FakeAreaLibrary = field(default_factory=FakeAreaLibrary)
    municipalities: FakeMunicipalityStore = field(default_factory=FakeMunicipalityStore)
    caller: FakeFunctionCaller = field(default_factory=FakeFunctionCaller)
    clock: FakeClock = field(default_factory=FakeClock)
    coverage: FakeCoverageStore = field(default_factory=FakeCoverageStore)
    published: FakePublishedStore = field(default_factory=FakePublishedStore)
    summaries: FakeSummaryStore = field(default_factory=FakeSummaryStore)
    session_limits: SessionLimits = ENDLESS
    key_origin: str = KEY_ORIGIN
    alarms: list[tuple[str, str]] = field(default_factory=list)  # of the sealed account
    audit: FakeAuditLog = field(init=False)
    questions: FakeQuestionStore = field(init=False)
    saved: FakeSavedAreaStore = field(init=False)
    templates: FakeTemplateStore = field(init=False)
    series: FakeSeriesStore = field(init=False)
    sessions: FakeSessionStore = field(init=False)
    factors: FakeFactorStore = field(init=False)
    delivery: FakeDeliveryStore = field(init=False)
    enrolment: EnrolmentOffice = field(init=False)
    tokens: FakeTokenVerifier = field(init=False)
    register: FakeStaffStore = field(init=False)
    grants: FakeGrantStore = field(init=False)
    stand_ins: FakeStandInStore = field(init=False)
    stand_in_alarms: list[StandIn] = field(default_factory=list)
    tasks: FakeTaskQueue = field(init=False)
    marks: ChangeMarks = field(init=False)
    limits: LimitStore = field(default_factory=NoLimits)
    sms: FakeSmsSender = field(default_factory=FakeSmsSender)
    calls: FakeCallStore = field(init=False)
    duty: FakeDutyStore = field(init=False)
    mail: FakeMailSender = field(default_factory=FakeMailSender)  # to crisis centres
    upwards: FakeUpwardsStore = field(init=False)
    centres: FakeCentreStore = field(init=False)
    reports: FakeReportStore = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = FakeDeliveryStore(self.alerts)
        self.audit = getattr(self.alerts, "audit", None) or FakeAuditLog()
        self.audit.clock = self.clock
        self.questions = FakeQuestionStore(self.audit)
        self.saved = FakeSavedAreaStore(self.audit)
        self.templates = FakeTemplateStore(self.audit)
        self.series = FakeSeriesStore(self.alerts)
        self.sessions = FakeSessionStore(self.audit)
        self.factors = FakeFactorStore(self.audit)
        self.register = FakeStaffStore(audit=self.audit)
        self.grants = FakeGrantStore(self.register)
        self.stand_ins = FakeStandInStore(self.audit)
        self.calls, self.duty = FakeCallStore(self.audit), FakeDutyStore(self.audit)
        self.upwards, self.centres = FakeUpwardsStore(self.audit), FakeCentreStore(self.audit)
        self.reports = FakeReportStore(self.audit)
        self.tasks = FakeTaskQueue(self.clock)
        self.tokens = FakeTokenVerifier(self.clock)
        self.marks = FakeChangeMarks(self.alerts)
        self.enrolment = EnrolmentOffice(self.municipalities, self.clock, self.register, self.audit)

    @property
    def push(self) -> PushChannel:
        """As far as the API asks it: how much of a text it carries."""
        return PushChannel(unneeded, unneeded, self.clock, PUBLIC_URL, Pace())

    @property
    def ports(self) -> AlertPorts:
        channels = {"push": self.push}
        return AlertPorts(
            self.alerts,
            self.municipalities,
            self.caller,
            self.clock,
            channels,
            self.tasks,
            self.areas,
            self.saved,
            approvals=self._approvals,
        )

    def _approvals(self, terc: str, template: str) -> Sequence[Approval]:
        return approvals_now(TemplatePorts(self.templates, self.clock, built_in()), terc, template)

    @property
    def area_ports(self) -> AreaPorts:
        return AreaPorts(self.areas, self.saved, self.municipalities, self.clock)

    @property
    def people_ports(self) -> PeoplePorts:
        return PeoplePorts(
            self.register,
            self.grants,
            self.stand_ins,
            self.alerts,
            self.municipalities,
            self.saved,
            lambda terc, one: one in built_in() or self.templates.get(terc, one) is not None,
            self.clock,
            self.stand_in_alarms.append,
        )

    @property
    def session_ports(self) -> SessionPorts:
        keys = WebAuthnKeys(self.key_origin)
        stores = (self.sessions, self.alerts, self.clock, self.factors)
        return SessionPorts(*stores, keys, lambda *use: self.alarms.append(use), self.session_limits)

    @property
    def call_ports(self) -> CallPorts:
        return CallPorts(
            self.alerts,
            self.delivery,
            self.register,
            self.calls,
            self.duty,
            self.tasks,
            self.municipalities,
            self.clock,
            unneeded,
            unneeded,
        )

    @property
    def upwards_ports(self) -> UpwardsPorts:
        return UpwardsPorts(self.ports, self.upwards, self.centres, lambda: self.mail)

    @property
    def report_ports(self) -> ReportPorts:
        return ReportPorts(
            alerts=self.alerts,
            audit=self.audit,
            delivery=self.delivery,
            published=self.published,
            summaries=self.summaries,
            waves=FakeWaveStore(self.delivery),
            calls=self.calls,
            upwards=self.upwards,
            reports=self.reports,
            municipalities=self.municipalities,
            clock=self.clock,
        )

    @property
    def packet_ports(self) -> PacketPorts:
        return PacketPorts(self.alerts, self.municipalities, self.audit, self.clock)

    def open(self, monkeypatch: pytest.MonkeyPatch) -> Api:
        """The API on this office instead of what wiring would build."""
        from functions.staff_api import app
        from shared import settings, wiring

        for name, value in {
            "GOOGLE_CLOUD_PROJECT": "demo",
            "PUBLIC_URL": PUBLIC_URL,
            "WORKER_ACCOUNT": "w@x",
        }.items():
            monkeypatch.setenv(name, value)
        settings.settings.cache_clear()
        replaced = {
            "audit": self.audit,
            "packet_ports": self.packet_ports,
            "alerts": self.alerts,
            "areas": self.areas,
            "municipalities": self.municipalities,
            "questions": self.questions,
            "templates": self.templates,
            "coverage": self.coverage,
            "clock": self.clock,
            "token_verifier": self.tokens,
            "alert_ports": self.ports,
            "area_ports": self.area_ports,
            "series_ports": SeriesPorts(self.series, self.ports),
            "saved_areas": self.saved,
            "change_marks": self.marks,
            "session_ports": self.session_ports,
            "review_ports": ReviewPorts(self.register, self.sessions, self.audit, self.clock),
            "people_ports": self.people_ports,
            "limit_ports": LimitPorts(self.limits, self.limits, self.clock, self.clock),
            "call_ports": self.call_ports,
            "contact_ports": ContactPorts(
                self.register, LimitPorts(self.limits, self.limits, self.clock, self.clock), lambda: self.sms
            ),
            "delivery": self.delivery,
            "published": self.published,
            "summaries": self.summaries,
            "enrol_ports": self.enrolment.ports,
            "upwards_ports": self.upwards_ports,
            "report_ports": self.report_ports,
        }
        for name, port in replaced.items():
            monkeypatch.setattr(wiring, name, lambda port=port: port)
        return Api(app.test_client(), self)

    @property
    def acts(self) -> int:
        """How many there are, of every municipality."""
        return self.audit.count + self.enrolment.audit.count


@dataclass
class Api:
    """Of an `office`, whoever changes something leaves an act of it: each test that does is held to that."""

    client: FlaskClient
    office: StaffApi | None = None

    def ask(self, who: str | None, method: str, path: str, **request: Any) -> TestResponse:
        """`who` is a name of tests.fakes.tokens.STAFF."""
        headers = dict(request.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {who}"
        acts = self.office.acts if self.office else 0
        answer = self.client.open(path, method=method, headers=headers, **request)
        again = "Idempotency-Key" in headers or path.endswith("/lost-phone")
        changes = (
            method not in ("GET", "HEAD")
            and not path.endswith((*CHANGES_NOTHING, *MAY_FIND_NOTHING))
            and not again
        )
        if self.office and changes and answer.status_code < 300:
            assert self.office.acts > acts, f"{method} {path} left no act"
        return answer

    def get(self, who: str | None, path: str, **request: Any) -> TestResponse:
        return self.ask(who, "GET", path, **request)

    def post(self, who: str | None, path: str, body: object = None, **request: Any) -> TestResponse:
        if body is not None:
            request["json"] = body
        return self.ask(who, "POST", path, **request)

    def step(self, who: str, path: str, etag: str) -> TestResponse:
        """One of submit, approve, cancel."""
        return self.ask(who, "POST", path, headers={"If-Match": etag})

    def edit(self, who: str, path: str, etag: str, body: object) -> TestResponse:
        return self.ask(who, "PUT", path, headers={"If-Match": etag}, json=body)
