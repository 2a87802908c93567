"""Every reader of stored documents, each asked for all that it can find.

An answer is the set of what was found, by names that do not change; asked for one document, a reader may
find it unreadable, and then it is missing from the set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from google.cloud.firestore import Client

from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.areas import FirestoreAreaLibrary
from shared.adapters.audience import FirestoreAudienceStore
from shared.adapters.audit_log import FirestoreAuditLog
from shared.adapters.coverage import WALK, FirestoreCoverageStore
from shared.adapters.cursors import POSITIONS, FirestoreCursorStore
from shared.adapters.delivery import FirestoreDeliveryStore
from shared.adapters.municipalities import FirestoreMunicipalityStore
from shared.adapters.public_store import FirestorePublicStore
from shared.adapters.published import FirestorePublishedStore
from shared.adapters.questions import FirestoreQuestionStore
from shared.adapters.resident_walk import FirestoreResidentWalk
from shared.adapters.residents import FirestoreResidentStore
from shared.adapters.saved_areas import FirestoreSavedAreaStore
from shared.adapters.series import FirestoreSeriesStore
from shared.adapters.summaries import FirestoreSummaryStore
from shared.adapters.targets import FirestoreTargetStore
from shared.adapters.templates import FirestoreTemplateStore
from shared.adapters.traces import FirestoreTraceStore
from shared.domain.audience import Target
from shared.errors import Unreadable
from shared.ports import Page
from tests.fakes.alert_values import TERC
from tests.fakes.audit import SEALER, chain_of
from tests.fakes.clock import FakeClock
from tests.releases.rights import read_rights
from tests.releases.samples import Sample

Found = dict[str, set[str]]
EVER, NEVER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MANY = 1000
EVERYWHERE = ("8", "=~")  # all H3 cells of resolution 13 lie between, and all whole units


def read_alerts(client: Client, sample: Sample) -> Found:
    alerts, ids = FirestoreAlertStore(client), _ids(sample, "alerts")
    pages: list[Page] = [alerts.list(TERC, (), 3, None)]
    while pages[-1].next:
        pages.append(alerts.list(TERC, (), 3, pages[-1].next))
    return {
        "get": _each(ids, alerts.get),
        "list": {alert.id for page in pages for alert in page.items},
        "waking": {found.value.id for found in alerts.waking(NEVER, MANY)},
        "changed": {alert.id for alert in alerts.changed(EVER, NEVER, MANY)},
        "history": {f"{one} {entry.revision} {entry.action}" for one in ids for entry in alerts.history(one)},
    }


def read_published(client: Client, sample: Sample) -> Found:
    public, published, ids = (
        FirestorePublicStore(client),
        FirestorePublishedStore(client),
        _ids(sample, "published"),
    )
    return {
        "alert": _each(ids, public.alert),
        "thread": {alert.id for one in ids for alert in public.thread(one)},
        "active": {alert.id for alert in public.active(TERC, MANY)},
        "sent since": {alert.id for alert in public.sent_since(TERC, EVER, MANY)},
        "token": _each(ids, published.token),
        "receipts": {f"{one} {published.receipts(one)} {published.not_mine(one)}" for one in ids},
    }


def read_registers(client: Client, sample: Sample) -> Found:
    municipalities = FirestoreMunicipalityStore(client, FakeClock())
    served, library = municipalities.served(), FirestoreAreaLibrary(client, FakeClock())
    units = [path.split("/")[3] for path in sample if kind_of(path) == "areas/*/units/*"]
    return {
        "names": _each([TERC], library.gazetteer),
        "units": {f"{TERC} {code}" for code in _each(units, lambda code: library.unit(TERC, code))},
        "municipality": _each([TERC], municipalities.get),
        "boundary": _each([TERC], municipalities.boundary),
        "base map": _each([TERC], municipalities.base_map),
        "boundaries": set(municipalities.boundaries()),
        "served": {one.terc for one in served},
        "public keys": {f"{one.terc} {key.id}" for one in served for key in one.keys},
        "keys": _each([TERC], municipalities.keys),
        "saved": {area.id for area in FirestoreSavedAreaStore(client).list(TERC)},
    }


def read_templates(client: Client, sample: Sample) -> Found:
    return {"templates": {f"{TERC} {one.id}" for one in FirestoreTemplateStore(client).all(TERC)}}


def read_series(client: Client, sample: Sample) -> Found:
    store = FirestoreSeriesStore(client)
    return {
        "series": {one.id for one in store.list(TERC)},
        "one": _each(_ids(sample, "series"), store.get),
        "waking": {one.value.id for one in store.waking(NEVER, MANY) if one.value.wake()},
    }


def read_people(client: Client, sample: Sample) -> Found:
    audience, residents = FirestoreAudienceStore(client, FakeClock()), FirestoreResidentStore(client)
    walk, traces = FirestoreResidentWalk(client), FirestoreTraceStore(client)
    keys, uids = _ids(sample, "audience"), _ids(sample, "residents")
    known = [residents.read(uid)[0] for uid in uids]
    quiet = walk.quiet_residents(NEVER, "", MANY)
    return {
        "stream": {entry.key for entry in audience.stream(*EVERYWHERE, None)},
        "devices": {f"{e.key} {d.id}" for e in audience.stream(*EVERYWHERE, None) for d in e.devices},
        "entries": {entry.key for entry in audience.entries(keys, None)},
        "state": _each(uids, audience.state),
        "places": {f"{one.uid} {place.id}" for one in known for place in one.places},
        "phones": {f"{one.uid} {device.id}" for one in known for device in one.devices},
        "walk": {*walk.residents("", MANY), *walk.entries("", MANY)},
        "quiet": {one.uid for one in quiet}
        | {one.uid for p in quiet for one in walk.quiet_residents(NEVER, p.position, MANY)},
        "idle": {f"{one.uid} {one.id}" for one in walk.idle_devices(NEVER, MANY)},
        "ended": {f"{one.uid} {one.id}" for one in walk.ended_places(NEVER, MANY)},
        "asked": {erasure.uid for erasure in traces.asked(MANY)},
        "traces": set(traces.alerts("", MANY)),
    }


def read_owners(client: Client, sample: Sample) -> Found:
    targets = FirestoreTargetStore(client)
    registered = [Target(**fields["target"]) for fields in sample.values() if "target" in fields]
    known = [found.value for found in map(targets.owner, registered) if found]
    return {"owners": {f"{one.uid} {one.device}" for one in known}}


def read_questions(client: Client, sample: Sample) -> Found:
    questions, found = FirestoreQuestionStore(client), set()
    for uid, _, day in (one.rpartition(".") for one in _ids(sample, "questions")):
        asked = questions.asked(uid, datetime.fromisoformat(f"{day}T12:00:00+00:00")).questions
        found |= {f"{uid} {question.at}" for question in asked}
    return {"questions": found}


def read_coverage(client: Client, sample: Sample) -> Found:
    coverage, months = FirestoreCoverageStore(client), set()
    for terc, _, month in (one.partition(".") for one in _ids(sample, "coverage") if one != WALK):
        known = datetime.fromisoformat(f"{month}-02T00:00:00+00:00")
        months |= {f"{one} {month}" for one in _each([terc], partial(coverage.latest, now=known))}
    return {"coverage": months, "walk": {str(coverage.walk("2026-11").position)}}


def read_audit(client: Client, sample: Sample) -> Found:
    """Entries that verify as they were sealed."""
    log, tercs = FirestoreAuditLog(client, chain_of(client)), _ids(sample, "audit")
    stored = [(terc, one.entry) for terc in tercs for one in log.whole(terc).stored]
    sealed = [(terc, one) for terc, one in stored if one and SEALER.mac(terc, one) == one.mac]
    return {
        "entries": {f"{terc} {one.seq}" for terc, one in sealed},
        "heads": {f"{terc} {head.seq}" for terc in tercs if (head := log.head(terc)).seal},
        "waiting": {f"{terc} {number}" for terc in tercs if (number := log.waiting(terc))},
    }


def read_cursors(client: Client, sample: Sample) -> Found:
    cursors = FirestoreCursorStore(client)
    return {
        "position": {name for name in _ids(sample, "sweep") if name in cursors.all() or name == POSITIONS}
    }


def read_deliveries(client: Client, sample: Sample) -> Found:
    summaries, ids = FirestoreSummaryStore(client), _ids(sample, "alerts")
    found: Found = {"summary": _each(ids, summaries.get), "deliveries": set(), "slices": set()}
    found |= {"progress": set(), "proof": set(), "ledger": set()}
    for one in ids:
        delivery = FirestoreDeliveryStore(client)
        for known in delivery.of(one):
            ref = known.value.ref
            found["deliveries"] |= {f"{one} {ref.id}"}
            found["slices"] |= {f"{one} {ref.id} {part.index}" for part in delivery.slices(ref)}
            lines = (line for wave in delivery.ledger(ref) for line in wave.outcomes)
            found["ledger"] |= {f"{one} {ref.id} {line}" for line in lines}
            found["progress"] |= {
                f"{one} {ref.id} {item.part.value.index}" for item in delivery.progress(ref)
            }
        if f"alerts/{one}/private/proof" in sample:
            found["proof"] |= _each([one], delivery.proof_key)
    return found


# Kind of document, its ids replaced by stars: who reads it. Apps' own readers have tests of their own.
READERS: dict[str, Callable[[Client, Sample], Found]] = {
    "alerts/*": read_alerts,
    "alerts/*/history/*": read_alerts,
    "alerts/*/private/*": read_deliveries,
    "alerts/*/deliveries/*": read_deliveries,
    "alerts/*/deliveries/*/slices/*": read_deliveries,
    "alerts/*/deliveries/*/waves/*": read_deliveries,
    "alerts/*/summary/*": read_deliveries,
    "areas/*": read_registers,
    "areas/*/layers/*": read_registers,
    "areas/*/saved/*": read_registers,
    "areas/*/units/*": read_registers,
    "audience/*": read_people,
    "audit/*": read_audit,
    "audit/*/entries/*": read_audit,
    "audit/*/waiting/*": read_audit,
    "audience_state/*": read_people,
    "coverage/*": read_coverage,
    "erasures/*": read_people,
    "municipalities/*": read_registers,
    "municipalities/*/templates/*": read_templates,
    "published/*": read_published,
    "published/*/receipts/*": read_published,
    "published/*/reports/*": read_published,
    "questions/*": read_questions,
    "residents/*": read_people,
    "residents/*/devices/*": read_people,
    "residents/*/places/*": read_people,
    "series/*": read_series,
    "sweep/*": read_cursors,
    "targets/*": read_owners,
    **dict.fromkeys(
        [
            "invitations/*",
            "recovery_codes/*",
            "lost_phones/*",
            "factors/*",
            "grants/*",
            "standins/*",
            "sessions/*",
            "calls/*",
            "duty/*",
            "upwards/*",
            "centres/*",
            "after_action/*",
        ],
        read_rights,
    ),
}
# Compared with, of the rules and accounts, and only asked when it was written.
UNREAD = {"idempotency/*", "staff/*", "changes/*", "areas/*/saved_names/*", "limits/*"}
# What a release kept where no other does: its deliveries are begun anew, and `traces` erases from them.
ONLY_IN = {"0.1.0": {"alerts/*/slices/*", "alerts/*/waves/*"}}
# Written since then: tests.releases.stories writes each as the present code does, so that the next release
# freezes it (`python -m tests.releases add`) and test_recorded_fields holds that none lacks.
SINCE_0_2_0 = {
    "areas/*/saved/*",
    "areas/*/saved_names/*",
    "areas/*/units/*",
    "audit/*",
    "audit/*/entries/*",
    "audit/*/waiting/*",
    "changes/*",
    "coverage/*",
    "limits/*",
    "municipalities/*/templates/*",
    "questions/*",
    "series/*",
    "targets/*",
    *(kind for kind, reader in READERS.items() if reader is read_rights),
}
NOT_YET_IN = {
    "0.1.0": {*SINCE_0_2_0, *(kind for kind in READERS if kind.startswith("alerts/*/deliveries/"))},
    "0.2.0": SINCE_0_2_0,
}


def kinds_of(release: str) -> set[str]:
    """The documents that a release wrote."""
    return (set(READERS) | UNREAD | ONLY_IN.get(release, set())) - NOT_YET_IN.get(release, set())


def kind_of(path: str) -> str:
    names = path.split("/")
    return "/".join("*" if number % 2 else name for number, name in enumerate(names))


def _ids(sample: Sample, collection: str) -> list[str]:
    """Of a collection at the top, and of documents that are only above others."""
    return sorted({path.split("/")[1] for path in sample if path.startswith(f"{collection}/")})


def _each(ids: Iterable[str], get: Callable[[str], object]) -> set[str]:
    found = set()
    for one in ids:
        try:
            if get(one) is not None:
                found.add(one)
        except Unreadable:
            continue
    return found
