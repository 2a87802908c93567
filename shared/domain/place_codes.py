"""Where a place stands in the register, and whether a part named by code means it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shared.domain.area_parts import Level, Unit
from shared.domain.house_numbers import house_number

# Of a gmina the seventh, RODZ, changes over the years.
_TERC_DIGITS = {Level.VOIVODESHIP: 2, Level.POWIAT: 4, Level.GMINA: 6}


@dataclass(frozen=True)
class PlaceCodes:
    """`part_of`: the locality that `locality` is a part of (SIMC, SYMPOD); None: not known.

    With a locality and no `street`, the place is known to lie on none.
    """

    terc: str | None = None
    locality: str | None = None
    part_of: str | None = None
    street: str | None = None
    number: str | None = None


UNKNOWN = PlaceCodes()


def meant(unit: Unit, codes: PlaceCodes, wholly: bool = False) -> bool | None:
    """Whether the part means the place; None where its codes do not tell, and a shape has to.

    `wholly`: a building of several numbers only when all of them are meant.
    """
    if unit.level in _TERC_DIGITS:
        digits = _TERC_DIGITS[unit.level]
        return None if codes.terc is None else codes.terc[:digits] == unit.code[:digits]
    if codes.locality is None and codes.street is None:
        return None
    if unit.level is Level.LOCALITY:
        return unit.code in (codes.locality, codes.part_of)
    if codes.street != unit.code:
        return False
    return _house_meant(unit, codes.number, wholly)


def _house_meant(unit: Unit, number: str | None, wholly: bool) -> bool | None:
    if unit.houses is None:
        return True
    known = None if number is None else house_number(number)
    if known is None:
        return None
    return unit.houses.hold_wholly(known) if wholly else unit.houses.hold(known)


@dataclass(frozen=True)
class CodeIndex:
    """The codes of many places, found by code: a part asks those alone that it can mean."""

    codes: Sequence[PlaceCodes]

    def meant(self, unit: Unit, wholly: bool = False) -> tuple[frozenset[int], frozenset[int]]:
        """The places meant, and those of which the codes do not tell; by their index."""
        if unit.level is Level.STREET:
            found = self._streets.get(unit.code, ())
        elif unit.level is Level.LOCALITY:
            found = self._localities.get(unit.code, ())
        else:
            return self._within(unit)
        verdicts = [(at, meant(unit, self.codes[at], wholly)) for at in found]
        unsure = (at for at, verdict in verdicts if verdict is None)
        return frozenset(at for at, verdict in verdicts if verdict), self._without_locality.union(unsure)

    def _within(self, unit: Unit) -> tuple[frozenset[int], frozenset[int]]:
        digits = _TERC_DIGITS[unit.level]
        groups = [at for terc, at in self._tercs.items() if terc[:digits] == unit.code[:digits]]
        return frozenset[int]().union(*groups), self._without_terc

    @cached_property
    def _streets(self) -> Mapping[str, Sequence[int]]:
        return _grouped((at, (one.street,)) for at, one in enumerate(self.codes))

    @cached_property
    def _localities(self) -> Mapping[str, Sequence[int]]:
        return _grouped((at, {one.locality, one.part_of}) for at, one in enumerate(self.codes))

    @cached_property
    def _tercs(self) -> Mapping[str, Sequence[int]]:
        return _grouped((at, (one.terc,)) for at, one in enumerate(self.codes))

    @cached_property
    def _without_locality(self) -> frozenset[int]:
        codes = enumerate(self.codes)
        return frozenset(at for at, one in codes if one.locality is None and one.street is None)

    @cached_property
    def _without_terc(self) -> frozenset[int]:
        return frozenset(at for at, one in enumerate(self.codes) if one.terc is None)


def _grouped(pairs: Iterable[tuple[int, Iterable[str | None]]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, keys in pairs:
        for key in keys:
            if key is not None:
                found[key].append(at)
    return found
