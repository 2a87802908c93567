"""A report as a PDF that stays readable (PDF/A-2a, ISO 19005-2, tagged for screen readers)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from shared.formats.packet_pdf import printable
from shared.formats.report_shown import Shown

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).parent / "report.typ"


def report_pdf(shown: Shown, office: str, made: datetime) -> bytes:
    """The same for the same report and day, with the fonts of typst alone."""
    given = {**asdict(shown), "office": office, "day": [made.year, made.month, made.day]}
    inputs = {"given": json.dumps(printable(given), ensure_ascii=False)}
    pdf = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2a"])
    if not isinstance(pdf, bytes):
        raise TypeError("not one PDF")
    return pdf


@cache
def _compiler() -> Compiler:
    from typst import Compiler

    return Compiler(TEMPLATE, ignore_system_fonts=True)
