"""Gathers what a run left behind: FCM's record, the ledger, the summary, the audience of its moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shared import wiring
from shared.domain.audience import AudienceEntry
from tests.chaos.media import Medium
from tests.chaos.surroundings import WAVE
from tests.chaos.town import audience_at, meant, plainly_inside
from tests.chaos.verdict import Entry, Traces

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference

ENTRIES = 10_000  # of a slice's log: position = slice x 10,000 + number; docs/data.md


def delivery_of(medium: Medium, alert_id: str) -> DocumentReference:
    """Past the proxy: what is stored, not what the functions may see of it."""
    alert = wiring.firestore().document("alerts", alert_id)
    found: DocumentReference = alert.collection("deliveries").document(f"{medium.name}.1")
    return found


def audience_of(medium: Medium, alert_id: str) -> Sequence[AudienceEntry]:
    """Of its moment; the emulator forgets that within minutes. Empty before the delivery is planned."""
    read_time = (delivery_of(medium, alert_id).get(["read_time"]).to_dict() or {}).get("read_time")
    return audience_at(read_time) if read_time else ()


def gather(medium: Medium, alert_id: str, entries: Sequence[AudienceEntry], gone: Iterable[str]) -> Traces:
    """`entries` is the `audience_of` the alert, `gone` the uids of who left."""
    document = wiring.firestore().document("alerts", alert_id)
    alert = document.get().to_dict() or {}
    sent = delivery_of(medium, alert_id)
    delivery = sent.get().to_dict() or {}
    return Traces(
        medium=medium,
        state=str(delivery.get("state") or alert.get("state")),
        expected=targets(medium, meant(entries, alert["area"], alert.get("parts"))),
        plainly=targets(medium, plainly_inside(entries, alert["area"], alert.get("parts"))),
        messages=medium.messages(alert_id),
        log=[_entry(wave) for wave in sent.collection("waves").stream()],
        targets=dict(pair for entry in entries for pair in medium.addresses(entry)),
        gone=frozenset(gone),
        summary=_figures(delivery, document.collection("summary").document("current").get().to_dict()),
        wave=WAVE,
    )


def following(traces: Traces, alert_id: str, before: str, entries: Sequence[AudienceEntry]) -> Traces:
    """Of a message that follows the alert `before`: for whoever that one's ledger names, an update also for
    its area. Of whom the ledger may have forgotten it is right either way."""
    medium = traces.medium
    kind = str((wiring.firestore().document("alerts", alert_id).get(["kind"]).to_dict() or {}).get("kind"))
    told = _told(medium, before)
    area = traces.expected if kind == "update" else frozenset()
    mine = {entry.uid: targets(medium, [entry]) for entry in entries}
    by_ledger = frozenset(target for uid in told & mine.keys() for target in mine[uid])
    forgotten = frozenset(target for uid in traces.gone & mine.keys() for target in mine[uid])
    sent = frozenset(str(message["target"]) for message in traces.messages)
    got = frozenset(str(message["target"]) for message in medium.messages(before))
    return replace(
        traces,
        expected=((area | by_ledger) - forgotten) | (sent & forgotten) | (area & forgotten),
        plainly=traces.plainly if kind == "update" else frozenset(),
        heard_before=(got & frozenset().union(*mine.values())) - forgotten if mine else frozenset(),
    )


def _told(medium: Medium, alert_id: str) -> frozenset[str]:
    """Uids of whoever may have got it, by the ledger."""
    words = (medium.accepted, *medium.unheard)
    waves = [wave.to_dict() or {} for wave in delivery_of(medium, alert_id).collection("waves").stream()]
    lines = (line for wave in waves for word in words for line in wave["outcomes"].get(word, "").split())
    return frozenset(line.rpartition("/")[0].rpartition(".")[0] for line in lines)


def _figures(delivery: Mapping[str, Any], summary: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """As they are, which staff are never told, and whether they are complete, which staff are."""
    return summary and {**(delivery.get("figures") or {}), "complete": summary.get("complete")}


def targets(medium: Medium, entries: Iterable[AudienceEntry]) -> frozenset[str]:
    return frozenset(target for entry in entries for _, target in medium.addresses(entry))


def _entry(snapshot: Any) -> Entry:
    wave = snapshot.to_dict()
    return Entry(
        slice=wave["position"] // ENTRIES,
        number=wave["position"] % ENTRIES,
        worker=wave["mark"].partition(".")[0],
        attempt=wave["progress"]["attempt"],
        outcomes={outcome: keys.split("\n") for outcome, keys in wave["outcomes"].items()},
    )
