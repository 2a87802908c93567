"""A batch of letters as a PDF that is tagged for screen readers (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from manage.letters.mailing import Batch, Letter

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).parent / "letter.typ"
QUIET_ZONE = 4  # modules; ISO/IEC 18004, 5.3.8


@dataclass(frozen=True)
class Sender:
    """The office as the letters name it; `contact` as in municipalities/{terc}."""

    name: str
    contact: Mapping[str, str]
    site: str

    @property
    def host(self) -> str:
        """In words, against forged codes."""
        return self.site.removeprefix("https://")


def rendered(batch: Batch, sender: Sender) -> bytes:
    """One page for each letter. Raises typst.TypstError, also for a letter that does not fit on its page."""
    first = batch.letters[0]
    where = first.street or first.locality
    given = {
        "title": f"Alerty na telefonie: {where} ({len(batch.letters)})",
        "office": {"name": sender.name, **sender.contact},
        "host": sender.host,
        "letters": [_fields(letter) for letter in batch.letters],
    }
    pdf = _compiler().compile(
        format="pdf", sys_inputs={"given": json.dumps(given, ensure_ascii=False)}, pdf_standards=["ua-1"]
    )
    if not isinstance(pdf, bytes):
        raise TypeError("not one PDF")
    return pdf


def _fields(letter: Letter) -> dict[str, object]:
    return {"address": letter.address, "code": list(code_of(letter.link))}


def code_of(link: str) -> bytes:
    """The QR code as SVG; at least 15 % of it may be damaged (level M)."""
    drawn = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawn, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True)
    return drawn.getvalue()


@cache
def _compiler() -> Compiler:
    """With the fonts of typst alone, so that pages break alike everywhere."""
    from typst import Compiler

    return Compiler(TEMPLATE, ignore_system_fonts=True)
