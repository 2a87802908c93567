"""What happened when: by the audit, by the history where that says nothing, and by the system's moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.audit import AuditEntry, Outcome
from shared.domain.call import CallKind, End
from shared.domain.report.material import Kept
from shared.domain.report.reach import pace
from shared.domain.report.values import Line, Promise

MOST_LINES = 3_000
SAME = timedelta(minutes=1)  # an entry is sealed so long after the history's, when others write at once
_TOLD = ("alert.", "upwards.", "call.acknowledge", "report.")
_TOGETHER = "alert.edit"  # somebody who types: one line
_DETAILS = (
    *("state", "version", "expires", "send_at", "stopped", "why", "reason", "kind", "number"),
    *("centre", "name", "way", "outcome", "sha256"),
)
_LONGEST = 300  # of a detail


def lines(kept: Iterable[Kept], promises: Iterable[Promise]) -> tuple[tuple[Line, ...], bool]:
    """The earliest first, and whether later ones were cut off."""
    found = [line for one in kept for line in _of_message(one)]
    found += [Line(one.promised, "promise.missed", one.message) for one in promises if one.late_s]
    ordered = _joined(sorted(found, key=lambda line: (line.at, line.message, line.what)))
    return tuple(ordered[:MOST_LINES]), len(ordered) > MOST_LINES


def unproved(found: Iterable[Line]) -> int:
    return sum(not line.proved and line.what.startswith(_TOLD) for line in found)


def _of_message(kept: Kept) -> Iterator[Line]:
    proved = [_proved(entry, kept.alert.id) for entry in kept.entries if entry.act.action.startswith(_TOLD)]
    # What was meant is told once by what came of it; an intent alone stays: nobody knows what came of it.
    settled = {(line.what, line.details.get("number")) for line in proved if line.outcome != Outcome.INTENT}
    yield from (
        line
        for line in proved
        if line.outcome != Outcome.INTENT or (line.what, line.details.get("number")) not in settled
    )
    yield from _of_history(kept, proved)
    yield from _of_pushes(kept)
    yield from _of_calls(kept)


def _proved(entry: AuditEntry, message: str) -> Line:
    act = entry.act
    return Line(
        act.happened or entry.at,
        act.action,
        message,
        act.by.name if act.by else "",
        act.why,
        act.outcome.value,
        _details(act.after or {}),
        proved=True,
    )


def _of_history(kept: Kept, proved: list[Line]) -> Iterator[Line]:
    """Each entry of the audit stands for one of the history."""
    free = list(proved)
    for entry in kept.history:
        what = f"alert.{entry.action}"
        match = next((one for one in free if one.what == what and abs(one.at - entry.at) <= SAME), None)
        if match is not None:
            free.remove(match)
            continue
        details = {"state": entry.state.value, "version": entry.version, **entry.details}
        yield Line(
            entry.at, what, kept.alert.id, entry.by.name if entry.by else "", details=_details(details)
        )


def _of_pushes(kept: Kept) -> Iterator[Line]:
    when = pace(kept)
    for what, at in (("push.first", when.first), ("push.half", when.half), ("push.last", when.last)):
        if at is not None:
            yield Line(at, what, kept.alert.id)
    for one in kept.deliveries:
        if one.refusal:
            yield Line(
                one.finished or one.due, "push.refused", kept.alert.id, details={"channel": one.channel}
            )


def _of_calls(kept: Kept) -> Iterator[Line]:
    for call in kept.calls:
        if call.kind in (CallKind.NEWS, CallKind.DRILL):
            continue
        began = min((one.at for one in call.attempts), default=None)
        if began is not None:
            yield Line(began, "call.begin", kept.alert.id, details={"kind": call.kind.value})
        if call.ended is not None and call.why == End.EXHAUSTED.value:
            yield Line(call.ended, "call.exhausted", kept.alert.id, details={"kind": call.kind.value})


def _joined(ordered: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    for line in ordered:
        last = found[-1] if found else None
        if last is not None and line.what == _TOGETHER and _is_same(last, line):
            found[-1] = replace(last, count=last.count + line.count, until=line.at, details=line.details)
        else:
            found.append(line)
    return found


def _is_same(one: Line, other: Line) -> bool:
    names = ("what", "message", "who", "outcome", "why", "proved")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _details(words: Mapping[str, Any]) -> dict[str, str]:
    """Plain words alone: texts and shapes stand with their messages."""
    found = {name: words[name] for name in _DETAILS if isinstance(words.get(name), str | int)}
    return {name: str(value)[:_LONGEST] for name, value in found.items() if value != ""}


def seconds_between(one: datetime | None, other: datetime | None) -> int | None:
    """None where one of them is not known, or they stand the other way round."""
    if one is None or other is None or other < one:
        return None
    return round((other - one).total_seconds())
