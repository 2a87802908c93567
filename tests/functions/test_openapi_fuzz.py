"""schemathesis: the running API keeps what openapi.yaml says, on Firestore's emulator, whatever is sent.

Invented content is refused for its area or its times, so part of the cases is made to fit: those reach the
successful answers, and the last test holds that every operation gave one.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import firebase_admin
import pytest
import schemathesis
import yaml
from google.cloud.firestore import Client, GeoPoint
from hypothesis import settings as hypothesis_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from functions.staff_api import app
from infra.local.processes import ROOT
from shared import settings, wiring
from shared.adapters.alert_documents import to_document
from shared.adapters.area_documents import search_documents, unit_document
from shared.adapters.audit_chain import AuditChain
from shared.adapters.id_tokens import FirebaseTokenVerifier
from shared.domain.alert import State, replace
from shared.domain.enrolment import PAUSE
from shared.domain.facts.office_template import StoredTemplate
from shared.domain.recurrence import WEEK
from shared.domain.saved_area import SavedArea
from shared.domain.series import SeriesState
from shared.formats.alert_json import time_json
from shared.formats.recurrence_json import recurrence_json
from shared.formats.search_json import packed
from shared.formats.template_json import built_in, template_json
from shared.services.staff import enrol
from shared.services.staff.enrol import finish, make_codes
from shared.services.staff.enrol_ports import Doer
from shared.services.staff.invite import Newcomer, invite, mail_first
from tests.fakes.alert_values import AUTHOR, TERC, alert, content
from tests.fakes.areas import GAZETTEER, ROZANA, TOWN, register_units
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.enrolment import HERE, EnrolmentOffice
from tests.fakes.function_caller import FakeFunctionCaller
from tests.fakes.google_identity import PROJECT, GoogleIdentity, NoCredential
from tests.fakes.municipalities import BOUNDARY
from tests.fakes.requests import SQUARE_RING, polygon
from tests.fakes.series_values import WEEKLY, series
from tests.fakes.staff import FakeStaffStore, record
from tests.fakes.staff_api import KEY_ORIGIN
from tests.fakes.tasks import FakeTaskQueue
from tests.functions.others_rights import OF_OTHERS, OthersRights
from tests.functions.own_session import OF_OWN, OwnSession

pytestmark = pytest.mark.emulator

# 422: an area or a time that the schema allows, and the municipality or the calendar does not.
# 412, 428: a well-formed If-Match that names no revision of the alert, or names none at all.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "304", "404", "409", "412", "422", "403"],
            },
            "missing_required_header": {"expected-statuses": ["401", "428"]},
        }
    }
)
BEYOND_THE_CALLER = {
    "POST /api/alerts/{alert}/send",  # for a scope that says so: test_route_walk.py sends
    "POST /api/upwards/{alert}",  # of an alert that went out: test_staff_api_upwards.py tells and notes it
    "POST /api/upwards/{alert}/answer",
    # A code that is read from an SMS, a call that began: test_staff_api_calls.py has them.
    *(
        "PUT /api/contact",
        "POST /api/contact/verify",
        "POST /api/drills",
        "POST /api/calls/{call}/acknowledge",
        "POST /api/mail-notices",  # signed; test_mail_notices.py has them
    ),
}
SOME_BYTES = 700  # of a page of the search document, so that there is one
SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())
# Shapes of ten thousand vertices would take all the time; test_staff_api_bad_input.py has that limit.
del SPEC["components"]["schemas"]["Ring"]["maxItems"]
# Nor is a drawn part in every form that a drawn area has, over and over.
SPEC["components"]["schemas"]["Part"]["oneOf"][2]["properties"]["shape"] = {
    "$ref": "#/components/schemas/Polygon"
}
# A template is looked into where it is created; four hundred ways to break it are enough once.
SPEC["paths"]["/api/templates/{template}"]["put"]["requestBody"] = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object"}}},
}
# Nor is a content that is not kept: blanks of a draft are no fault, and no area is there to be one.
SPEC["paths"]["/api/unsaid"]["post"]["requestBody"] = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object"}}},
}
schema = schemathesis.openapi.from_dict(SPEC, config=CONFIG)
schema.app = app


class World:
    """An office on the emulator; `seen` counts answers by operation and status."""

    def __init__(self, client: Client, token: str) -> None:
        self.client = client
        self.token = token
        self.seen: Counter[tuple[str, int]] = Counter()
        self._turn = 0
        self.people = EnrolmentOffice()
        self.own, self.others = OwnSession(), OthersRights()
        client.document("staff", AUTHOR.uid).set({"terc": TERC})
        client.document("municipalities", TERC).set(
            {"name": "Gmina", "languages": ["pl", "en"], "center": GeoPoint(49.85, 19.95)}
        )
        client.document("areas", TERC).set({"geometry": BOUNDARY})
        for name, document in search_documents(packed(GAZETTEER, SOME_BYTES), "0" * 16, {}).items():
            client.document("areas", TERC, "layers", name).set(document)
        for unit in register_units(GAZETTEER):
            client.document("areas", TERC, "units", unit.code).set(unit_document(unit, "2026-01-01"))

    def make_fit(self, case: Any) -> None:
        """Every second case that should be accepted is given what only this world knows."""
        if case.meta.generation.mode is not GenerationMode.POSITIVE:
            return
        self._turn += 1
        if self._turn % 2:
            return
        if isinstance(case.body, dict) and not case.body.keys().isdisjoint(("area", "parts")):
            case.body = self._fitting(case.body)
        if "area" in (case.path_parameters or {}):
            self._name_saved(case)
        elif "/areas" in case.operation.path:
            self._ask_for_what_is_there(case)
        if "/api/templates" in case.operation.path:
            self._fit_template(case)
        if case.operation.path.startswith(("/api/series", "/api/recurrence")):
            self._fit_series(case)
        if case.operation.path.startswith(OF_OWN):
            self.own.fit(case)
        if case.operation.path.startswith(OF_OTHERS):
            self.others.fit(case)
        if case.operation.path.startswith(("/api/staff", "/api/enrolment", "/api/account")):
            self._fit_enrolment(case)
        if "alert" in (case.path_parameters or {}):
            self._fit_alert(case)

    def _fit_alert(self, case: Any) -> None:
        found = self._alert_for(case.operation.label)
        case.path_parameters = {**case.path_parameters, "alert": found.id}
        if case.operation.path.endswith("/move"):
            case.body = {"send_at": time_json(datetime.now(UTC) + timedelta(minutes=30))}
        if case.operation.path.endswith("/extend"):
            case.body = {"expires": time_json(datetime.now(UTC) + timedelta(hours=4))}
        if case.method in ("PUT", "POST") and "summary" not in case.operation.path:
            case.headers = {**(case.headers or {}), "If-Match": f'"{found.revision}"'}

    def _fit_enrolment(self, case: Any) -> None:
        """Somebody new each time: invited, and for a lost phone enrolled; the caller has just signed in."""
        office, path = self.people, case.operation.path
        office.clock.advance(timedelta(hours=1))
        email = f"p{self._turn}@urzad.example"
        newcomer = Newcomer("Anna", email, frozenset({"author"}))
        uid = mail_first(office.ports, Doer(TERC), invite(office.ports, Doer(TERC), newcomer)).uid
        code = office.code()
        office.tokens.sign_in(uid, self.token)
        if path.startswith("/api/account"):
            office.accounts.renew("uid-anna", "anna@urzad.example", "Anna", "x")
        if path.endswith(("/finish", "/recover", "/lost-phone")):
            office.accounts.renew(uid, email, "Anna", "x")
            codes = make_codes(office.ports, code, HERE, self.token)
            if not path.endswith("/finish"):
                finish(office.ports, code, HERE, self.token)
            code = codes[0] if path.endswith("/recover") else code
        if case.path_parameters:
            case.path_parameters = {"uid": uid}
        if path.endswith("/send"):
            office.clock.advance(PAUSE)
            case.headers = {
                **(case.headers or {}),
                "If-Match": f'"{office.store.invitation(uid).value.revision}"',
            }
        if isinstance(case.body, dict):
            given: dict[str, Any] = {"email": email, "code": code, "why": "x"}
            given |= {"password": "cztery koty i stary parasol", "name": "Jan", "roles": ["author"]}
            given |= {"email": f"new{self._turn}@urzad.example"} if "roles" in case.body else {}
            case.body = {name: given[name] for name in case.body if name in given}

    def _ask_for_what_is_there(self, case: Any) -> None:
        there = {"code": ROZANA, "page": 0}
        parameters = case.path_parameters or {}
        case.path_parameters = {name: there.get(name, value) for name, value in parameters.items()}
        if "parent" in (case.query or {}):
            case.query = {"parent": TOWN}

    def _fit_template(self, case: Any) -> None:
        """A template of the municipality's own, whose facts the examples of the description suit."""
        template = built_in()["water_outage"]
        if case.operation.path.endswith("/content"):
            case.body = {"facts": {"where": ["ul. Różana"]}}
        elif case.operation.path.endswith("/alerts"):
            case.body = {"facts": {"telephone": "12 345 67 89"}, "area": polygon(SQUARE_RING)} | {
                "area_name": "Rynek"
            }
        elif case.method in ("PUT", "POST"):
            case.body = template_json(template)
        if case.path_parameters:
            store = wiring.templates()
            stored = StoredTemplate(store.new_id(), 1, datetime.now(UTC), AUTHOR, template)
            store.put(TERC, None, stored)
            case.path_parameters = {"template": stored.id}
            case.headers = {**(case.headers or {}), "If-Match": '"1"'}

    def _fit_series(self, case: Any) -> None:
        """One that somebody else wrote, as far as the step needs it; its first occurrence lies ahead."""
        states = {"submit": "draft", "approve": "submitted", "skip": "approved"}
        first = (datetime.now(UTC) + timedelta(days=2)).date()
        rule = replace(WEEKLY, first=first, weekdays=(WEEK[first.weekday()],))
        moment = rule.moment(first)
        told = content(send_at=moment, expires=moment + timedelta(hours=2))
        given = case.body if isinstance(case.body, dict) else {}
        body = {"content": self._fitting(given.get("content", {}))}
        if "preview" in case.operation.path:
            case.body = {"recurrence": recurrence_json(rule)}
        elif case.operation.path.endswith("/skip"):
            case.body = {"date": first.isoformat()}
        elif case.method in ("PUT", "POST") and not case.operation.path.endswith(
            ("submit", "approve", "end")
        ):
            body["content"] |= {"expires": time_json(moment + timedelta(hours=2)), "sound_at": None}
            body["content"] = {**body["content"], "event_ends": None, "next_info": None, "send_at": None}
            case.body = {**body, "recurrence": recurrence_json(rule)}
        if case.path_parameters:
            state = SeriesState(states.get(case.operation.path.rsplit("/", 1)[1], "approved"))
            stored = series(wiring.series().new_id(), content=told, recurrence=rule, state=state)
            stored = replace(stored, author=replace(AUTHOR, uid="other"), writers=("other",))
            wiring.series().create(replace(stored, approved=datetime.now(UTC)))
            case.path_parameters = {"one": stored.id}
            case.headers = {**(case.headers or {}), "If-Match": '"1"'}

    def _fitting(self, body: dict[str, Any]) -> dict[str, Any]:
        """Parts stay parts, of what is this municipality's; with an area beside them they are left out."""
        given = {name: value for name, value in body.items() if name not in ("area", "parts", "noticed")}
        if "area" in body:
            fitting: dict[str, Any] = {"area": polygon(SQUARE_RING)}
        else:
            fitting = {"parts": [{"kind": "gmina", "code": TERC[:6]}]}
        if "name" in body:
            fitting |= {"name": f"Strefa {self._turn}"}
        if "expires" in body:
            later = datetime.now(UTC) + timedelta(hours=2)
            sound_at = time_json(later - timedelta(hours=1))
            fitting |= {"expires": time_json(later), "send_at": None, "exercise": True, "sound_at": sound_at}
        return given | fitting

    def _name_saved(self, case: Any) -> None:
        saved, parts = wiring.saved_areas(), json.dumps([{"kind": "gmina", "code": TERC[:6]}])
        area = SavedArea(saved.new_id(), TERC, f"Obszar {self._turn}", parts, AUTHOR, datetime.now(UTC))
        saved.create(area)
        case.path_parameters = {**case.path_parameters, "area": area.id}
        case.headers = {**(case.headers or {}), "If-Match": '"1"'}

    def _alert_for(self, label: str) -> Any:
        now = datetime.now(UTC)
        active = ("cancel", "confirm", "stop", "extend", "update", "correct", "all-clear", "take-back")
        others = dict.fromkeys(active, State.ACTIVE)
        others |= dict.fromkeys(("approve", "return", "reject"), State.SUBMITTED)
        others |= {"move": State.SCHEDULED}
        state = others.get(label.rsplit("/", 1)[1], State.DRAFT)
        stored = replace(
            alert(wiring.alerts().new_id(), content=content(expires=now + timedelta(hours=2))),
            state=state,
            created=now,
            updated=now,
        )
        if label.endswith(("/approve", "/confirm", "/return", "/reject")):
            stored = replace(stored, sent_alone=label.endswith("/confirm"))
            stored = replace(stored, author=replace(stored.author, uid="other"), writers=("other",))
        self.client.document("alerts", stored.id).set(to_document(stored))
        return stored


@pytest.fixture(scope="module")
def world(firestore_emulator):
    """The real adapters, built at once; only the direct call of start_alert goes nowhere."""
    firestore_emulator.clear(PROJECT)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "FIRESTORE_EMULATOR_HOST": firestore_emulator.host,
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "PUBLIC_URL": "https://alerty.example.pl",
            "WORKER_ACCOUNT": "w@x",
            "LIMIT_TIMES": "0",  # a thousand requests of one person
            "KEY_ORIGIN": KEY_ORIGIN,
            "FRESH_MINUTES": "60",
        }.items():
            patch.setenv(name, value)
        google = GoogleIdentity()
        google.install(patch)
        staff = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name="fuzz")
        verifier = FirebaseTokenVerifier(
            staff, FakeStaffStore({"uid-anna": record("author", "approver", "crisis", "admin")})
        )
        patch.setattr(verifier, "verify", cache(verifier.verify))  # the same good token a thousand times
        patch.setattr(wiring, "token_verifier", lambda: verifier)
        patch.setattr(wiring, "function_caller", FakeFunctionCaller)
        patch.setattr(wiring, "task_queue", lambda: FakeTaskQueue(FakeClock()))
        cached = [item for item in vars(wiring).values() if hasattr(item, "cache_clear")]
        factories = [settings.settings, *cached]
        for factory in factories:
            factory.cache_clear()
        assert settings.settings().project == PROJECT
        built = World(wiring.firestore(), google.token())
        chain = AuditChain(wiring.firestore(), FakeAuditKeys(), wiring.clock())
        patch.setattr(wiring, "audit_chain", lambda: chain)
        patch.setattr(wiring, "enrol_ports", lambda: built.people.ports)
        patch.setattr(enrol, "_COST", {"n": 2, "r": 1, "p": 1})
        verifier.verify(built.token)
        built.others.settle()
        yield built
        for factory in factories:
            factory.cache_clear()
        firebase_admin.delete_app(staff)


@schema.parametrize()
@hypothesis_settings(max_examples=12, deadline=None)
def test_the_api_keeps_its_description(case, world):
    world.make_fit(case)
    response = case.call_and_validate(headers={"Authorization": f"Bearer {world.token}"})
    world.seen[case.operation.label, response.status_code] += 1


def test_every_operation_succeeded_at_least_once(world):
    operations = {operation.ok().label for operation in schema.get_all_operations()}  # type: ignore[union-attr]
    succeeded = {label for label, status in world.seen if status < 300}
    assert succeeded == operations - BEYOND_THE_CALLER, world.seen
