"""The packet of an alert as a PDF that stays readable (PDF/A-2a, ISO 19005-2, tagged for screen readers)."""

from __future__ import annotations

import json
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
        "entries": [_entry(one) for one in packet.entries],
    }
    pdf = _compiler().compile(
        format="pdf", sys_inputs={"given": json.dumps(given, ensure_ascii=False)}, pdf_standards=["a-2a"]
    )
    if not isinstance(pdf, bytes):
        raise TypeError("not one PDF")
    return pdf


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
