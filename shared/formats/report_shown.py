"""A report as people read it, one form for the page and the PDF: sections of notes and a table each.

Made of the JSON alone, also of one that an older release froze: what it lacks is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.formats.report_words import LANGUAGES, ReportWords, since

Json = Mapping[str, Any]
MOST_POINTS = 14  # of a curve in its table; all are in the JSON
_STEPS = (
    *("noticed_to_draft", "draft_to_submitted", "submitted_to_approved", "approved_to_started"),
    *("due_to_started", "started_to_first", "started_to_half", "first_to_last", "noticed_to_started"),
)
_FIGURES = ("targeted", "accepted", "received", "opened", "rung", "not_mine")
_PEOPLE = ("author", "approver", "confirmer")
_MOMENTS = (*("noticed", "created", "submitted", "approved", "started", "stopped", "finished", "expires"),)


@dataclass(frozen=True)
class Section:
    title: str
    notes: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    wide: tuple[int, ...] = field(default=())  # columns that hold sentences


@dataclass(frozen=True)
class Shown:
    language: str
    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Standing:
    """Whether it is frozen: `at`, with its hash; `due`: when it will be; `earlier`: hashes by moments."""

    at: str | None = None
    sha256: str = ""
    due: str | None = None
    earlier: tuple[tuple[str, str], ...] = ()


def shown_report(report: Json, standing: Standing, language: str) -> Shown:
    return _Telling(report, ReportWords(language)).shown(standing)


class _Telling:
    def __init__(self, report: Json, words: ReportWords) -> None:
        self._report, self._words = report, words
        self._messages: Sequence[Json] = report.get("messages") or ()
        named = (*self._messages, *(report.get("unsent") or ()))
        self._names = {str(one.get("id")): self._name(one) for one in named}

    def shown(self, standing: Standing) -> Shown:
        word, report = self._words, self._report
        exercise = word.say("exercise") if any(one.get("exercise") for one in self._messages) else ""
        title = exercise + word.say("title", number=report.get("number", ""))
        sections = tuple(one for one in self._sections() if one.rows or one.notes)
        return Shown(word.language, title, tuple(self._intro(standing)), sections)

    def _intro(self, standing: Standing) -> Iterator[str]:
        word, report = self._words, self._report
        started = sorted(str(one["started"]) for one in self._messages if one.get("started"))
        ended = sorted(str(one["finished"]) for one in self._messages if one.get("finished"))
        span = {
            "from": word.moment(next(iter(started), None)) or word.say("unknown"),
            "to": word.moment(next(reversed(ended), None)) or word.say("unknown"),
        }
        yield word.say("by", office=report.get("office", ""), terc=report.get("terc", ""), **span)
        if standing.at is None:
            yield word.say("preview", at=word.moment(report.get("made")))
        else:
            yield word.say("frozen", at=word.moment(standing.at), sha256=standing.sha256)
        if standing.due is not None:
            yield word.say("due", at=word.moment(standing.due))
        for at, sha256 in standing.earlier:
            yield word.say("edition", at=word.moment(at), sha256=sha256)

    def _sections(self) -> Iterator[Section]:
        yield from self._sent()
        yield self._steps()
        yield from self._texts()
        for message in self._messages:
            yield from self._reach(message)
        yield self._unreached()
        yield self._upwards()
        yield self._calls()
        yield self._promises()
        yield self._lines()
        yield self._unsent()
        yield self._gaps()

    def _sent(self) -> Iterator[Section]:
        word = self._words
        head = (word.of("column", "what"), word.of("column", "said"))
        for message in self._messages:
            title = word.of("section", "messages", message=self._name(message))
            yield Section(title, (), head, tuple(self._facts(message)), (1,))

    def _facts(self, message: Json) -> Iterator[tuple[str, str]]:
        word = self._words
        kind = "hazard" if message.get("event") else "category"
        event = word.label(kind, message.get("event") or message.get("category"))
        addresses = message.get("addresses")
        facts = [
            ("severity", f"{word.label('severity', message.get('severity'))}: {event}"),
            ("state", word.label("state", message.get("state"))),
            ("area", str(message.get("area_name") or "")),
            ("addresses", "" if addresses is None else str(addresses)),
            *((one, str(message.get(one) or "")) for one in _PEOPLE),
            *((one, word.moment(message.get(one))) for one in _MOMENTS),
            ("reason", str(message.get("reason") or "")),
        ]
        yield from ((word.of("column", what), said) for what, said in facts if said)

    def _steps(self) -> Section:
        word = self._words
        rows = [
            (self._name(one), word.of("steps", step), word.span((one.get("steps") or {}).get(step)))
            for one in self._messages
            for step in _STEPS
        ]
        return self._table("steps", ("message", "step", "count"), [row for row in rows if row[2]])

    def _texts(self) -> Iterator[Section]:
        word = self._words
        for message in self._messages:
            for language, text in sorted(
                (message.get("texts") or {}).items(), key=lambda one: (one[0] != LANGUAGES[0], one[0])
            ):
                parts = ("title", "body", "instruction")
                rows = [(word.of("column", part), str(text.get(part) or "")) for part in parts]
                title = word.of(
                    "section", "texts", message=self._name(message), language=word.of("language", language)
                )
                head = (word.of("column", "what"), word.of("column", "said"))
                yield Section(title, (), head, tuple(row for row in rows if row[1]), (1,))

    def _reach(self, message: Json) -> Iterator[Section]:
        word, reach = self._words, message.get("reach")
        if not reach:
            return
        name = self._name(message)
        rows = [(word.of("figure", one), word.figure(reach.get(one))) for one in _FIGURES]
        notes = [word.of("note", "reach")]
        notes += [word.of("figure", "unverified")] if reach.get("unverified") else []
        notes += [] if reach.get("complete", True) else [word.of("figure", "incomplete")]
        head = (word.of("column", "figure"), word.of("column", "count"))
        yield Section(word.of("section", "reach", message=name), tuple(notes), head, tuple(rows))
        yield from self._curves(name, reach)

    def _curves(self, name: str, reach: Json) -> Iterator[Section]:
        word = self._words
        rows = [row for curve in reach.get("curves") or () for row in self._accepted(curve)]
        rows += self._confirmed(reach.get("confirmed") or ())
        title, columns = word.of("section", "curve", message=name), ("after", "channel", "what", "count")
        head = tuple(word.of("column", one) for one in columns)
        if rows:
            yield Section(title, (word.of("note", "curve"),), head, tuple(rows))
        else:
            yield Section(title, (word.of("note", "small"),))

    def _accepted(self, curve: Json) -> Iterator[tuple[str, ...]]:
        word = self._words
        for point in _thinned(curve.get("points") or ()):
            channel = word.label("channel", curve.get("channel"))
            told = (word.span(point.get("seconds")), channel, word.of("column", "accepted"))
            yield (*told, word.figure(point.get("accepted")))

    def _confirmed(self, series: Sequence[Json]) -> Iterator[tuple[str, ...]]:
        word = self._words
        for point in _thinned(series):
            for what in ("received", "opened"):
                after = word.span(point.get("seconds"))
                yield after, "", word.of("column", what), word.figure(point.get(what))

    def _unreached(self) -> Section:
        rows = [row for one in self._messages if one.get("reach") for row in self._missing(one)]
        return self._table("unreached", ("message", "what", "count"), rows, note="unreached")

    def _missing(self, message: Json) -> Iterator[tuple[str, str, str]]:
        word, reach, name = self._words, message["reach"], self._name(message)
        for what in ("unreached", "unconfirmed"):
            yield name, word.of("figure", what), word.figure(reach.get(what))
        for reason, count in sorted((reach.get("failed") or {}).items()):
            yield name, word.of("figure", "failed", reason=word.of("failed", reason)), word.figure(count)

    def _upwards(self) -> Section:
        word = self._words
        rows = [
            (
                self._named(one.get("message")),
                ", ".join(
                    (word.of("centre", str(one.get("centre"))), one.get("name", ""), one.get("address", ""))
                ),
                f"{word.of('way', str(one.get('way')))}, {one.get('by', '')}, {word.moment(one.get('at'))}",
                word.of("outcome", str(one.get("outcome"))),
                _both(word.moment(one.get("answered")), word.span(since(one.get("answered"), one.get("at")))),
            )
            for one in self._report.get("upwards") or ()
        ]
        columns = ("message", "centre", "way", "outcome", "answered")
        return self._table("upwards", columns, rows, note=None if rows else "no_upwards", wide=(1, 2))

    def _calls(self) -> Section:
        word = self._words
        rows = [
            (
                self._named(one.get("message")),
                word.of("kind", str(one.get("kind"))),
                word.moment(one.get("at")),
                str(one.get("told", "")),
                _both(word.span(one.get("acknowledged_s")), str(one.get("by") or "")),
                _both(word.of("end", str(one.get("end") or "open")), word.span(one.get("ended_s"))),
            )
            for one in self._report.get("calls") or ()
        ]
        columns = ("message", "call", "at", "told", "acknowledged", "ended")
        return self._table("calls", columns, rows, note=None if rows else "no_calls")

    def _promises(self) -> Section:
        word = self._words
        rows = [
            (
                self._named(one.get("message")),
                word.moment(one.get("promised")),
                word.moment(one.get("kept")) or word.say("none"),
                word.span(one.get("late_s")) if one.get("late_s") else word.say("none"),
            )
            for one in self._report.get("promises") or ()
        ]
        return self._table("promises", ("message", "promised", "kept", "late"), rows)

    def _lines(self) -> Section:
        lines = self._report.get("lines") or ()
        began = next((one.get("at") for one in lines), None)
        rows = [self._line(one, began) for one in lines]
        columns = ("at", "since", "message", "what", "who")
        return self._table("lines", columns, rows, note="lines", wide=(3,))

    def _line(self, line: Json, began: object) -> tuple[str, ...]:
        word = self._words
        who = str(line.get("who") or "")
        if not who and not str(line.get("what")).startswith("push."):
            who = word.say("system")
        return (
            word.moment(line.get("at")),
            word.span(since(line.get("at"), began)),
            self._named(line.get("message")),
            "; ".join(self._said(line)),
            who,
        )

    def _said(self, line: Json) -> Iterator[str]:
        word, what, details = self._words, str(line.get("what")), line.get("details") or {}
        noun, _, verb = what.partition(".")
        given = {name: self._detail(name, str(value)) for name, value in details.items()}
        yield word.label("step", verb) if noun == "alert" else word.of("do", what, **given)
        if line.get("outcome") not in (None, "done") and noun != "upwards":
            yield word.of("outcome", str(line["outcome"]))
        if line.get("why"):
            yield str(line["why"])
        elif details.get("reason"):
            yield str(details["reason"])
        if verb in ("extend", "move") and (moment := given.get("expires") or given.get("send_at")):
            yield moment
        if (line.get("count") or 1) > 1:
            yield word.say("times", count=line["count"], until=word.moment(line.get("until")))
        if not line.get("proved") and noun in ("alert", "upwards"):
            yield word.say("unproved")

    def _detail(self, name: str, value: str) -> str:
        word = self._words
        if name in ("expires", "send_at"):
            return word.moment(value) or value
        if name == "channel":
            return word.label("channel", value)
        return word.of(name, value) if name in ("kind", "centre", "way", "outcome") else value

    def _unsent(self) -> Section:
        word = self._words
        rows = [
            (
                self._name(one),
                word.label("state", one.get("state")),
                one.get("author", ""),
                one.get("reason", ""),
            )
            for one in self._report.get("unsent") or ()
        ]
        return self._table("unsent", ("message", "state", "author", "reason"), rows, wide=(3,))

    def _gaps(self) -> Section:
        word, rows = self._words, []
        for one in self._report.get("gaps") or ():
            said = word.of("gap", str(one.get("what")), count=one.get("count", 1))
            rows.append((self._named(one.get("message")), said))
        return self._table("gaps", ("message", "what"), rows, wide=(1,))

    def _table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        note: str | None = None,
        wide: tuple[int, ...] = (),
    ) -> Section:
        word = self._words
        notes = () if note is None else (word.of("note", note),)
        told = tuple(word.of("column", one) for one in columns)
        if not rows and name == "unreached":
            notes = ()
        return Section(word.of("section", name), notes, told if rows else (), tuple(rows), wide)

    def _name(self, message: Json) -> str:
        kind = self._words.label("kind", message.get("kind"))
        if "version" not in message:
            return f"{kind} {message.get('number', '')}"
        return self._words.say(
            "message", kind=kind, number=message.get("number", ""), version=message["version"]
        )

    def _named(self, message: object) -> str:
        return self._names.get(str(message), str(message or ""))


def _both(one: str, other: str) -> str:
    return f"{one} ({other})" if one and other else one or other


def _thinned(points: Sequence[Json]) -> list[Json]:
    """First, last, and others evenly between."""
    if len(points) <= MOST_POINTS:
        return list(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return [points[round(number * step)] for number in range(MOST_POINTS)]
