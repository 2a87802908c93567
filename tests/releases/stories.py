"""What the present release writes, in a few databases; together they hold every document of docs/data.md.

What functions write is written by their own code. What apps, importers and operators write stands here as
they write it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client, GeoPoint

from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.area_documents import search_documents, unit_document
from shared.adapters.areas import FirestoreAreaLibrary
from shared.adapters.audience import FirestoreAudienceStore
from shared.adapters.audit_chain import AuditChain
from shared.adapters.coverage import FirestoreCoverageStore
from shared.adapters.cursors import FirestoreCursorStore
from shared.adapters.delivery import FirestoreDeliveryStore
from shared.adapters.municipalities import FirestoreMunicipalityStore
from shared.adapters.published import FirestorePublishedStore
from shared.adapters.questions import FirestoreQuestionStore
from shared.adapters.residents import FirestoreResidentStore
from shared.adapters.saved_areas import FirestoreSavedAreaStore
from shared.adapters.series import FirestoreSeriesStore
from shared.adapters.summaries import FirestoreSummaryStore
from shared.adapters.targets import FirestoreTargetStore
from shared.adapters.templates import FirestoreTemplateStore
from shared.adapters.traces import FirestoreTraceStore
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.domain.alert import Alert, Category, Kind, Severity, State, Text
from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.audience import Platform
from shared.domain.audit import Act
from shared.domain.audit import Outcome as Done
from shared.domain.coverage import Coverage, StreetShare
from shared.domain.covered import Covered, CoveredName
from shared.domain.facts.office_template import StoredTemplate
from shared.domain.house_numbers import Houses, Parity
from shared.domain.preferences import Preferences, QuietHours
from shared.domain.reach import Question
from shared.domain.saved_area import SavedArea
from shared.domain.series import SeriesState
from shared.domain.signature import rotated
from shared.formats.search_json import packed
from shared.formats.template_json import built_in
from shared.geo.cells import cell_of
from shared.ports.coverage import SilentWalk
from shared.services.audience.index_resident import index_resident
from shared.services.audience.own_target import own_target
from shared.services.delivery.gather_summary import gather_summary
from shared.services.delivery.start_alert import start_alert
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.emulator.test_delivery_on_firestore import FirestoreWorld, RealClock
from tests.fakes.alert_values import APPROVER, AUTHOR, SQUARE, TERC, alert, at, content, entry
from tests.fakes.areas import GAZETTEER, ROZANA, TOWN, VILLAGE, register_units
from tests.fakes.audit import FakeAuditKeys, chain_of
from tests.fakes.clock import FakeClock
from tests.fakes.reachable import has_device
from tests.fakes.series_values import FIRST, series
from tests.fakes.signer import SeededKey
from tests.releases.rights import rights
from tests.services.delivery_world import AREA, EAST, SMALL, WEST, World

CELL, OTHER_CELL = "8d1e22d2c4b0cbf", "8d1e22d2c4b1abf"
POINT = (49.84, 19.94)
PARTS = (
    Step(Unit(Level.STREET, "9990019:90001", Houses(Parity.ODD, "1", None), SQUARE)),
    Step(Saved("zone1", (Step(Around(49.84, 19.94, 300)), Step(Drawn(SQUARE))))),
    Step(Unit(Level.LOCALITY, "9990025", shape=SQUARE), subtracted=True),
)
COVERS = Covered((CoveredName("9990019:90001", "ul. Różana", 21, 42),), 21, 171)
PUBLIC = ("active", "cancelled", "expired")
DAY = "2026-01-01"  # of the registers
LATER = timedelta(minutes=20)  # while Firestore still keeps what was there at the start


def office(client: Client) -> None:
    """A municipality with its staff, and an alert in every state, with its first entry in the history."""
    _registers(client)
    for number, state in enumerate(State):
        written = _in_state(f"a{number}", state)
        FirestoreAlertStore(client, chain_of(client)).create(
            written, entry(written), idempotency_key=f"key {number}"
        )
        if written.started:  # by a municipality without a key that can be read
            FirestorePublishedStore(client).publish(written, None)
    parts = '[{"kind":"gmina","code":"120102"}]'
    FirestoreSavedAreaStore(client).create(SavedArea("zone1", TERC, "Strefa 1", parts, AUTHOR, at(3), 1, 171))
    _coverage(client)
    questions = FirestoreQuestionStore(client)
    questions.note("uid-anna", TERC, Question(at(3), "0" * 64), questions.asked("uid-anna", at(3)))
    cursors = FirestoreCursorStore(client)
    for name in ("published", "figures", "heartbeat"):
        cursors.put(name, at(5).isoformat())
    cursors.put("residents", "ann")
    cursors.put("entries", "ann.1")
    cursors.put("quiet", f"{at(5).isoformat()} ann")


def _coverage(client: Client) -> None:
    """What `sweep` counts once a month."""
    store = FirestoreCoverageStore(client)
    streets = (StreetShare(("9990019:90001",), "ul. Różana", "Regionalna", 42, 50),)
    silent = {"permission": 10, "no_place": None, "lost": None, "muted": 15}
    store.put(Coverage(TERC, "2026-11", at(3), 171, 40, streets, 60, 50, 20, None, silent))
    store.keep(SilentWalk("2026-11", "ann", {TERC: {"permission": 12}}), at(3))


def people(client: Client) -> None:
    """Residents with all that they can set, in the index; one left it, one is still to be cleared away."""
    _registers(client)
    writer = FirestoreResidentWriter(client)
    night = QuietHours(at(22).time(), at(6).time())
    wishes = Preferences(frozenset({Category.EVENT}), Severity.MODERATE, night)
    writer.write_resident("ann", "uk", wishes)
    writer.write_place("ann", "1", cell=CELL)
    writer.write_place("ann", "2", point=POINT, until=at(5) + timedelta(days=300))
    for number, platform in enumerate(Platform, start=1):
        kind = "fid" if platform is Platform.ANDROID else "token"
        writer.write_device("ann", str(number), f"ann-{number}", platform, kind)
    own = {"seen": SERVER_TIMESTAMP, "updated": SERVER_TIMESTAMP}
    client.document("residents/ann").update(own)
    client.document("residents/ann/places/1").update(
        {"accuracy": 12.5, "confirmed": SERVER_TIMESTAMP, "updated": SERVER_TIMESTAMP}
    )
    house = GAZETTEER.localities[0].streets[0].houses.listed[0]
    codes = {"terc": TERC, "locality": TOWN, "street": ROZANA, "number": house.number}
    picked = {"label": "", "cell": cell_of(house.lat, house.lon), "codes": codes, "updated": SERVER_TIMESTAMP}
    client.document("residents/ann/places/4").set(picked)
    whole = {"level": "locality", "code": VILLAGE}
    client.document("residents/ann/places/5").set({"label": "", "whole": whole, "updated": SERVER_TIMESTAMP})
    writer.write_resident("bob", "pl")
    writer.write_place("bob", "1", cell=OTHER_CELL)
    writer.write_device("bob", "1", "bob-1")
    own_target("ann", "1", FirestoreTargetStore(client))
    for uid in ("ann", "bob"):
        _index(client, uid)
    writer.write_place("ann", "3", point=POINT)  # not indexed yet
    writer.delete_resident("bob")
    _index(client, "bob")
    traces = FirestoreTraceStore(client)
    traces.ask("bob", at(3))
    traces.move_on("bob", "a1")
    traces.ask("zoe", at(4))


def delivering(client: Client) -> None:
    """A worker died in the middle of a slice; others are done, wait to be tried again, or were not begun."""
    with _world(client) as world:
        _approve(world)
        world.call_start()
        for _ in range(2):
            world.tasks.run_next(world.run)
        world.faults.at_call, world.faults.after = "delivery.save", True
        world.tasks.run_next(world.run)
        world.trigger()
        _gather(world)


def sounding(client: Client) -> None:
    """Delivered silently, and in the middle of the second round, with sound."""
    with _world(client) as world:
        _approve(world, sound_at=world.clock.now() + LATER)
        world.call_start()
        world.run_all(until=LATER - timedelta(seconds=1))
        _gather(world)
        for _ in range(2):
            world.tasks.run_next(world.run)
        _gather(world)


def delivered(client: Client) -> None:
    """Everybody was told; phones confirmed it, one resident says that it is not theirs."""
    with _world(client) as world:
        _approve(
            world, exercise=True, texts={"pl": Text("Próba", "To próba."), "en": Text("Test", "A test.")}
        )
        world.call_start()
        world.run_all(until=timedelta(minutes=30))
        proof = world.delivery.proof_key("a1")
        for number, kind in enumerate(("received", "opened", "received")):
            receipt = {"kind": kind, "platform": "android", "proof": proof, "at": SERVER_TIMESTAMP}
            receipt["expire"] = at(3) + timedelta(days=90)
            client.document(f"published/a1/receipts/in{number}.1.{kind}").set(receipt)
        report = {"reason": "not_mine", "device": "1", "proof": proof, "at": SERVER_TIMESTAMP}
        client.document("published/a1/reports/in3").set(report)
        world.clock.advance(timedelta(minutes=1))
        _gather(world)


def audited(client: Client) -> None:
    """Acts with words and without, of somebody and of nobody, and one that waits for its key."""
    chain, keys = chain_of(client, FakeClock(at(3))), FakeAuditKeys()
    words = {"area_name": "Rynek", "texts": {"pl": {"title": "Brak wody"}}}
    for act in (
        Act(TERC, "alert.create", AUTHOR, "alerts/a1", None, words, where="192.0.2.0/24"),
        Act(TERC, "alert.approve", AUTHOR, "alerts/a1", why="own-approval", outcome=Done.REFUSED),
        Act(
            TERC, "alert.expire", None, "alerts/a1", {"state": "active"}, {"state": "expired"}, happened=at(2)
        ),
    ):
        chain.commit(lambda batch: None, act)
    keys.missing = True
    waits = AuditChain(client, keys, FakeClock(at(4)))
    waits.commit(lambda batch: None, Act(TERC, "alert.cancel", AUTHOR, "alerts/a1"))


def followed(client: Client) -> None:
    """An alert, and an update that leaves some of those out who were told."""
    with _world(client) as world:
        _approve(world)
        world.call_start()
        world.run_all(until=timedelta(minutes=30))
        smaller = AREA.replace(str(EAST), str((WEST + EAST) / 2))
        known = world.alert()
        after = replace(
            known, id="b1", state=State.SCHEDULED, content=replace(known.content, area=smaller), version=2,
            kind=Kind.UPDATE, thread="a1", replaces="a1", ends_what=State.SUPERSEDED, area_change="eased",
            started=None, approved=world.clock.now(),
        )  # fmt: skip
        world.alerts.create(after, entry(after), None)
        start_alert(world.ports, "b1", 1)
        world.run_all(until=timedelta(hours=1))
        world.trigger("b1")


STORIES: dict[str, Callable[[Client], None]] = {
    story.__name__: story
    for story in (office, people, delivering, sounding, delivered, followed, rights, audited)
}


def _registers(client: Client) -> None:
    shown = {"name": "Wzorów", "languages": ["pl", "en"], "center": GeoPoint(*POINT)}
    contact = {
        "phone": "+48 12 345 67 89",
        "email": "urzad@wzorow.example",
        "address": "Rynek 1",
        "dpo": "iod@",
        "accessibility": "Anna Nowak",
        "premises": "Wejście bez progu.",
        "online_since": "2026-12-01",
    }
    client.document("municipalities", TERC).set({**shown, "contact": contact})
    area = {"kind": "municipality", "terc": TERC, "name": "Wzorów", "geometry": SQUARE}
    client.document("areas", TERC).set(area)
    streets = '{"type":"FeatureCollection","features":[]}'
    client.document("areas", TERC, "layers", "base").set({"geojson": streets})
    for name, document in search_documents(packed(GAZETTEER, 700), "0" * 16, {"TERC": DAY}).items():
        client.document("areas", TERC, "layers", name).set(document)
    for unit in register_units(GAZETTEER):
        client.document("areas", TERC, "units", unit.code).set(unit_document(unit, DAY))
    submitted = series(state=SeriesState.SUBMITTED, submitted=at(3))
    agreed = {"approver": APPROVER, "approved": at(3), "approved_digest": "0" * 64, "made": at(3)}
    FirestoreSeriesStore(client).create(submitted)
    FirestoreSeriesStore(client).create(
        series("series1", state=SeriesState.APPROVED, withdrawn=(FIRST,), ended=at(4), **agreed)
    )
    own = StoredTemplate("water_outage", 1, at(2), APPROVER, built_in()["water_outage"])
    FirestoreTemplateStore(client).put(TERC, None, own)
    person = {"terc": TERC, "roles": ["author"], "name": "Anna Nowak", "active": True, "valid_since": at(1)}
    client.document("staff/uid-anna").set(person)
    municipalities = FirestoreMunicipalityStore(client, FakeClock())
    before = municipalities.keys(TERC)
    assert before is not None
    first = SeededKey(1).public(at(0))
    municipalities.replace_keys(TERC, before, rotated((first,), SeededKey(2).public(at(3)), at(3)))


def _in_state(alert_id: str, state: State) -> Alert:
    """As far as its state says that it came."""
    begun = state not in (State.DRAFT, State.SUBMITTED)
    started = at(3) if state.value in PUBLIC else None
    texts = {"pl": Text("Brak wody", "Do ok. 14:00."), "en": Text("No water", "Until about 14:00.")}
    known = alert(
        alert_id,
        state=state,
        content=content(texts=texts, send_at=at(3), severity=Severity.SEVERE, parts=PARTS, covers=COVERS),
        submitted=None if state is State.DRAFT else at(2),
        approved=at(2, 30) if begun else None,
        approver=APPROVER if begun else None,
        generation=int(begun),
        started=started,
        finished=at(4) if state in (State.CANCELLED, State.EXPIRED) else None,
    )
    return replace(known, revision=3 if begun else 1)


@contextmanager
def _world(client: Client) -> Iterator[FirestoreWorld]:
    """Some of its phones are busy at first; of slices and waves there are enough of every kind."""
    clock = RealClock()
    stores: dict[str, Any] = {
        "alerts": FirestoreAlertStore(client, chain_of(client)),
        "audience": FirestoreAudienceStore(client, clock),
        "published": FirestorePublishedStore(client),
        "summaries": FirestoreSummaryStore(client),
        "delivery": FirestoreDeliveryStore(client, chain_of(client)),
    }
    world = FirestoreWorld(pace=replace(SMALL, slice=6, wave=3), clock=clock, **stores)
    numbers = count()

    def busy_at_times(request: PushRequest, tried: int) -> PushAnswer:
        fates = {0: Outcome.UNAVAILABLE if tried == 1 else Outcome.ACCEPTED, 1: Outcome.UNREGISTERED}
        return PushAnswer(request.key, fates.get(next(numbers) % 7, Outcome.ACCEPTED))

    world.push.answering = busy_at_times
    world.populate(people=16)
    yield world


def _approve(world: FirestoreWorld, **changes: Any) -> None:
    expires = world.clock.now() + timedelta(hours=12)
    known = World(clock=world.clock).approve(expires=expires, **changes)
    world.alerts.create(known, entry(known), None)


def _gather(world: FirestoreWorld) -> None:
    gather_summary(
        "a1",
        alerts=world.alerts,
        delivery=world.delivery,
        published=world.published,
        summaries=world.summaries,
        clock=world.clock,
        at_most_every=timedelta(),
    )


def _index(client: Client, uid: str) -> None:
    clock = RealClock()
    stores = FirestoreResidentStore(client), FirestoreAudienceStore(client, clock)
    municipalities, areas = FirestoreMunicipalityStore(client, clock), FirestoreAreaLibrary(client, clock)
    index_resident(uid, *stores, municipalities, has_device, areas)
