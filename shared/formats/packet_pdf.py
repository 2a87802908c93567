"""The packet of an alert as a PDF that stays readable (PDF/A-2a, ISO 19005-2, tagged for screen readers)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shared.domain.audit import AuditEntry
from shared.formats.audit_json import words_text
from shared.formats.audit_words import alert_words
from shared.formats.packet import Packet

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).parent / "packet.typ"
WARSAW = ZoneInfo("Europe/Warsaw")
# What the font can show: Latin, Cyrillic, punctuation; PDF/A allows no sign without a picture.
_NOT_SHOWN = re.compile(
    "[^\n\u0020-\u007e\u00a1-\u00ac\u00ae-\u017f\u0400-\u045f\u0490\u0491\u2013\u2014"
    "\u2018-\u201e\u2022\u2026\u20ac]"
)


def packet_pdf(packet: Packet) -> bytes:
    given = {
        "title": packet.title,
        "office": packet.office,
        "terc": packet.alert.terc,
        "alert": packet.alert.id,
        "made": packet.made.astimezone(WARSAW).strftime("%d.%m.%Y %H:%M:%S %Z"),
        "day": [packet.made.year, packet.made.month, packet.made.day],
        "by": packet.by.name,
        "words": [[name, _line(value)] for name, value in alert_words(packet.alert).items() if value],
        "notes": list(_notes(packet)),
        "entries": [_entry(one) for one in packet.entries],
    }
    inputs = {"given": json.dumps(printable(given), ensure_ascii=False)}
    pdf = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2a"])
    if not isinstance(pdf, bytes):
        raise TypeError("not one PDF")
    return pdf


def _notes(packet: Packet) -> Iterator[str]:
    if packet.cut:
        yield "Wykaz nie jest pełny: najstarszych wpisów tu nie ma. Są w rejestrze zdarzeń."
    if packet.unreadable:
        yield f"Wykaz nie jest pełny. Wpisów, których nie da się odczytać: {packet.unreadable}."


def printable(value: Any) -> Any:
    """Signs that the font lacks by their numbers; the XML beside has them as they are."""
    if isinstance(value, str):
        return _NOT_SHOWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list | tuple) else value


def _entry(entry: AuditEntry) -> dict[str, Any]:
    act = entry.act
    lines = [f"{name}: {_line(value)}" for name, value in (("przed", act.before), ("po", act.after)) if value]
    return {
        "seq": entry.seq,
        "at": (act.happened or entry.at).astimezone(WARSAW).strftime("%d.%m.%Y %H:%M:%S"),
        "who": act.by.name if act.by else "system",
        "where": act.where,
        "what": act.action,
        "outcome": act.outcome.value,
        "lines": [*([f"powód: {act.why}"] if act.why else []), *lines],
        "mac": entry.mac,
    }


def _line(value: object) -> str:
    return value if isinstance(value, str) else (words_text({"": value}) or "")[4:-1]


@cache
def _compiler() -> Compiler:
    """With the fonts of typst alone, so that a packet looks alike everywhere."""
    from typst import Compiler

    return Compiler(TEMPLATE, ignore_system_fonts=True)
