"""The codes by which places are found in the index: one query asks for one of them.

Of a street's sides each has its own, so that "the odd numbers" reads no even ones. What the register does
not tell of a place is a code as well: such places are asked for by cells, and no others with them.

What lies directly in a gmina or a locality has a code too, so that the rest of it can be asked for when one
part is taken out. One query can ask for whoever has any of some codes: then its code is all of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.domain.area_parts import Level, Unit
from shared.domain.house_numbers import Parity, house_number
from shared.domain.place_codes import PlaceCodes

NO_STREET = "?"  # neither street nor locality is known: the shape of one decides
NO_GMINA = "?gmina"  # never without the other
MOST_AT_ONCE = 30  # codes of one query; Firestore docs, "Query limitations": disjunctions
_BETWEEN = "|"
_TERC_DIGITS = {Level.VOIVODESHIP: 2, Level.POWIAT: 4, Level.GMINA: 6}


def found_by(codes: PlaceCodes) -> tuple[str, ...]:
    """At most eleven, each once."""
    return tuple(dict.fromkeys(_found_by(codes)))


def beneath(whole: str, part: str = "") -> str:
    """Of the places of a gmina (6 digits) or a locality (SYM) in one that lies directly in it (SYM), or in
    nothing that does: a gmina's without a locality, a locality's on no street and in no part of it."""
    return f"{whole}>{part}"


def side(street: str, parity: Parity) -> str:
    return f"{street}/{parity.value}"


def any_of(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of as few queries as find whoever has any of these."""
    starts = range(0, len(codes), MOST_AT_ONCE)
    return tuple(_BETWEEN.join(codes[start : start + MOST_AT_ONCE]) for start in starts)


def codes_in(code: str) -> Sequence[str]:
    """Of a query."""
    return code.split(_BETWEEN)


def code_of(unit: Unit) -> str:
    """Of all places that the part can mean by their codes, or of few more."""
    if unit.level is Level.STREET and unit.houses is not None and unit.houses.parity is not None:
        return side(unit.code, unit.houses.parity)
    return unit.code[: _TERC_DIGITS.get(unit.level, len(unit.code))]


def _found_by(codes: PlaceCodes) -> Iterator[str]:
    if codes.terc is None:
        yield NO_GMINA
    else:
        yield from (codes.terc[:digits] for digits in _TERC_DIGITS.values())
        yield beneath(codes.terc[: _TERC_DIGITS[Level.GMINA]], codes.part_of or codes.locality or "")
    if codes.terc is None or (codes.locality is None and codes.street is None):
        yield NO_STREET
    yield from (code for code in (codes.locality, codes.part_of, codes.street) if code is not None)
    yield from _beneath_locality(codes)
    if codes.street is not None:
        yield from (side(codes.street, parity) for parity in _sides(codes.number))


def _beneath_locality(codes: PlaceCodes) -> Iterator[str]:
    if codes.locality is None:
        return
    if codes.part_of is not None:
        yield beneath(codes.part_of, codes.locality)
    if codes.street is None or not codes.street.startswith(f"{codes.locality}:"):
        yield beneath(codes.locality)


def _sides(number: str | None) -> tuple[Parity, ...]:
    """Of "10-13" both; of what is no number both, since a shape has to tell."""
    known = None if number is None else house_number(number)
    if known is None:
        return tuple(Parity)
    odd = {early[0] % 2 == 1 for early, _ in known.numbers()}
    return tuple(parity for parity in Parity if (parity is Parity.ODD) in odd)
