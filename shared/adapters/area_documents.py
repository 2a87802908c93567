"""`areas/{terc}/units/{code}` and the search document of a municipality, as they are read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.adapters.stored_documents import Document, Misfit, needed, record
from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit

_ABOVE = {2: Level.VOIVODESHIP, 4: Level.POWIAT}  # by the digits of the code


def unit(code: str, document: Document) -> RegisterUnit:
    """Raises Misfit."""
    return record(RegisterUnit, document, code=code)


def unit_above(code: str, document: Document) -> RegisterUnit:
    """A voivodeship or a powiat, of `areas/{code}`. Raises Misfit."""
    return record(RegisterUnit, document, code=code, level=_ABOVE[len(code)])


def unit_document(unit: RegisterUnit, as_of: str) -> dict[str, Any]:
    """`as_of`: the day of the register, ISO 8601."""
    return {
        "level": unit.level.value,
        "name": unit.name,
        "parent": unit.parent,
        "addresses": unit.addresses,
        "shape": unit.shape,
        "as_of": as_of,
        "retired": unit.retired,
    }


def area_document(terc: str, name: str, geometry: str) -> dict[str, Any]:
    """`areas/{terc}`, by which a place's municipality is found."""
    return {"kind": "municipality", "terc": terc, "name": name, "geometry": geometry}


def document_above(unit: RegisterUnit, as_of: str) -> dict[str, Any]:
    """`areas/{2 or 4 digits}`: a voivodeship or a powiat."""
    fields = unit_document(unit, as_of)
    return {"kind": fields.pop("level"), **fields}


def search_documents(
    texts: Sequence[str], generation: str, days: Mapping[str, str]
) -> Mapping[str, dict[str, Any]]:
    """By their names under `layers`; all to be written in one commit. `days`: of each register."""
    first, *pages = texts
    main = {"text": first, "generation": generation, "pages": len(pages), "registers": dict(days)}
    listed = {page_name(at): {"text": text, "generation": generation} for at, text in enumerate(pages)}
    return {"search": main, **listed}


def page_name(number: int) -> str:
    return f"search.{number}"


def text_of(document: Document, generation: str) -> str:
    """Raises Misfit for none, and for one of another generation."""
    text = needed(document, "text")
    if not isinstance(text, str) or document.get("generation") != generation:
        raise Misfit("text")
    return text
