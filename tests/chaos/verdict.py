"""What a run's traces prove: pure, so that the judge itself can be tried on made-up traces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.media import Medium

TWO_NOTIFICATIONS = "a phone would show two notifications"


@dataclass(frozen=True)
class Entry:
    """One document of `waves`: what a worker wrote of its slice; docs/data.md."""

    slice: int
    number: int
    worker: str  # whoever read the slice and wrote this of it
    attempt: int
    outcomes: Mapping[str, Sequence[str]]  # outcome -> keys uid.place/device


@dataclass(frozen=True)
class Traces:
    """All that is left of a run. Whom a message went to, and who was meant, is named by the target: a phone's
    registration, or for letters the resident."""

    medium: Medium
    state: str  # of the delivery; of the alert when it has none
    expected: frozenset[str]  # by the exact filter over the audience as of read_time
    plainly: frozenset[str]  # whose cell's centre lies in what was drawn, or by the codes alone
    messages: Sequence[Mapping[str, Any]]  # as they were handed over
    log: Sequence[Entry]
    targets: Mapping[str, str]  # by key
    gone: frozenset[
        str
    ]  # uids of those who erased themselves, if only for a while: the ledger may forget them
    summary: Mapping[str, Any] | None
    wave: int  # pushes at most
    heard_before: frozenset[str] = frozenset()  # who got what this one follows, and can be reached


@dataclass(frozen=True)
class Verdict:
    """Counts of phones or pushes; `faults` names every bound that was broken."""

    expected: int
    pushed: int
    missed: int
    outside: int
    again: int  # pushes beyond the first to a phone
    allowed_again: int
    takeovers: int
    answers_lost: int
    waves: int
    slices: int
    faults: tuple[str, ...]


def judge(traces: Traces) -> Verdict:
    times = Counter(str(message["target"]) for message in traces.messages)
    takeovers = takeovers_of(traces.log)
    lost = _lost_answers(traces)
    again = _beyond_the_first(times)
    forgotten = _forgotten(traces)
    of_forgotten = Counter({phone: times[phone] for phone in forgotten & times.keys()})
    allowed = traces.wave * sum(takeovers.values()) + sum(lost.values())
    missed, outside = traces.expected - times.keys(), times.keys() - traces.expected
    found = {
        f"is still {traces.state}": traces.state != "done",
        f"{len(missed)} missed": missed,
        f"{len(outside)} pushed who are not meant": outside,
        "somebody got the alert and not what follows it": traces.heard_before - times.keys(),
        "the exact filter left out somebody in the area": traces.plainly - traces.expected,
        f"{again} sent again, {allowed} allowed": again - _beyond_the_first(of_forgotten) > allowed,
        **_repetition_faults(traces, times - of_forgotten, takeovers, lost),
        TWO_NOTIFICATIONS: traces.medium.tagged and _tags_differ(traces.messages),
        **_ledger_faults(traces, times, forgotten),
    }
    return Verdict(
        expected=len(traces.expected),
        pushed=len(times),
        missed=len(missed),
        outside=len(outside),
        again=again,
        allowed_again=allowed,
        takeovers=sum(takeovers.values()),
        answers_lost=sum(lost.values()),
        waves=sum(bool(entry.outcomes) for entry in traces.log),
        slices=len({entry.slice for entry in traces.log}),
        faults=tuple(text for text, broken in found.items() if broken),
    )


def _beyond_the_first(times: Counter[str]) -> int:
    return sum(times.values()) - len(times)


def _forgotten(traces: Traces) -> frozenset[str]:
    """Phones of which the ledger may have lost its lines, so that only FCM can tell of them."""
    return frozenset(phone for key, phone in traces.targets.items() if key.split(".")[0] in traces.gone)


def takeovers_of(log: Sequence[Entry]) -> dict[int, int]:
    """By slice: claims that follow neither the plan nor a hand-over, so the worker before died or failed.

    A hand-over raises the attempt in its last entry, and everything sent before it was committed. `sweep`
    raises the attempt as well, in an entry of its own: what was before it counts.
    """
    return {index: _takeovers(entries) for index, entries in _by_slice(log).items()}


def _takeovers(entries: Sequence[Entry]) -> int:
    count, handed_over, worker, attempt = 0, True, "", 0
    for entry in entries:
        asked_again = entry.attempt > attempt
        if entry.worker == worker:
            handed_over = asked_again
        elif not asked_again:
            count += not handed_over
            handed_over = False
        worker, attempt = entry.worker, entry.attempt
    return count


def _by_slice(log: Sequence[Entry]) -> dict[int, list[Entry]]:
    slices: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(log, key=lambda entry: (entry.slice, entry.number)):
        slices[entry.slice].append(entry)
    return slices


def _lost_answers(traces: Traces) -> Counter[str]:
    """By target: messages recorded as unanswered; each may have been taken."""
    found = [entry.outcomes.get(word, ()) for entry in traces.log for word in traces.medium.unheard]
    keys = [key for of_entry in found for key in of_entry]
    return Counter(traces.targets.get(key, key) for key in keys)


def _repetition_faults(
    traces: Traces, times: Counter[str], takeovers: Mapping[int, int], lost: Counter[str]
) -> dict[str, bool]:
    """Per slice and per phone: stricter than the sum."""
    slice_of = {
        traces.targets.get(key, key): entry.slice
        for entry in traces.log
        for keys in entry.outcomes.values()
        for key in keys
    }
    again: Counter[int] = Counter()
    allowed = Counter({index: traces.wave * count for index, count in takeovers.items()})
    too_often = False
    for phone, count in times.items():
        index = slice_of.get(phone, -1)
        again[index] += count - 1
        allowed[index] += lost[phone]
        too_often |= count > 1 + takeovers.get(index, 0) + lost[phone]
    beyond = any(count > allowed[index] for index, count in again.items())
    return {
        "a phone was pushed once more than its slice was taken over": too_often,
        "a slice was sent again by more than a wave per takeover": beyond,
    }


def _tags_differ(messages: Sequence[Mapping[str, Any]]) -> bool:
    """An app tags its notification with thread and version; on iPhones apns-collapse-id does that."""
    tags: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for recorded in messages:
        message = recorded["message"]
        data = message["data"]
        collapse = message.get("apns", {}).get("headers", {}).get("apns-collapse-id", "")
        tags[recorded["target"]].add((data["thread"], data["version"], collapse))
    return any(len(of_phone) > 1 for of_phone in tags.values())


def _ledger_faults(traces: Traces, times: Counter[str], forgotten: frozenset[str]) -> dict[str, bool]:
    outcomes = Counter(
        (traces.targets.get(key, key), outcome)
        for entry in traces.log
        for outcome, keys in entry.outcomes.items()
        for key in keys
    )
    known = {phone for phone, _ in outcomes}
    accepted = {phone for phone, outcome in outcomes if outcome == traces.medium.accepted}
    summary = traces.summary or {}
    figures = (summary.get("targeted"), summary.get("accepted"), summary.get("complete"))
    return {
        "the ledger calls pushes accepted that the channel never had": bool(accepted - times.keys()),
        "a phone was accepted twice in the ledger": any(
            count > 1 for (_, outcome), count in outcomes.items() if outcome == traces.medium.accepted
        ),
        "the channel had a phone that the ledger does not know": bool(times.keys() - known - forgotten),
        "the ledger misses somebody": bool(traces.expected - accepted - forgotten),
        f"the summary says {figures}": figures != (len(traces.expected), len(traces.expected), True),
        "the summary has failures": bool(summary.get("failed")),
    }
