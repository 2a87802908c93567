"""Codes that find less: a village that is taken out of its gmina is not read, only to be left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from shared.domain.area_parts import Leaf, Level, Saved, Steps, Unit, leaves
from shared.domain.found_by import MOST_AT_ONCE, any_of, beneath, code_of, side
from shared.domain.house_numbers import Houses, Parity
from shared.domain.register_unit import part_of, street_code
from shared.domain.search.gazetteer import Gazetteer
from shared.geo.cells import EVERYWHERE
from shared.ports import AreaLibrary, AudienceStore

WORTH_SHARE = 0.02  # of the places of a code, for which it is looked at closer
WORTH_PER_QUERY = 15  # places: what one more query takes, with its counts and the writes of its slice
MOST_QUERIES = 10

_SYM, _GMINA = 7, 6  # digits
Count = Callable[[Sequence[str]], int]  # of places with any of these codes


def finer_codes(
    steps: Steps,
    codes: Sequence[str],
    terc: str,
    areas: AreaLibrary | None,
    audience: AudienceStore,
    read_time: datetime | None,
) -> tuple[str, ...]:
    """The codes of the queries that read an area's parts, in order, each finer where it is worth it.

    The register only proposes. The index itself has to say, by its counts at `read_time`, that each place of
    a code is in one of the proposed, else it stays: nobody is missed whom a register of another day, or of
    another release, put elsewhere. Costs two counts where something is taken out of a code, and two or three
    for each unit that is looked into when that is worth it.
    """

    def register() -> Gazetteer | None:
        from shared.services.audience.known_registers import known_gazetteer

        return known_gazetteer(terc, areas)

    @cache
    def counted(code: str) -> int:
        return audience.count(*EVERYWHERE, read_time, code)

    def count(some: Sequence[str]) -> int:
        return sum(map(counted, any_of(some)))

    found: dict[str, None] = {}
    for code in codes:
        gone = _taken_out(steps, code)
        found |= dict.fromkeys(_finer(code, gone, count, register))
    return tuple(found)


def _finer(
    code: str, gone: Collection[Unit], count: Count, register: Callable[[], Gazetteer | None]
) -> Sequence[str]:
    if not gone:
        return (code,)
    if ":" in code:
        return (_other_side(code, gone),)
    named = frozenset(unit.code for unit in gone)
    away = count(sorted(named))
    if away <= WORTH_PER_QUERY or away <= WORTH_SHARE * count([code]):
        return (code,)
    gazetteer = register()
    kept = None if gazetteer is None else _Register(gazetteer, named, count).kept(code)
    queries = any_of(kept or ())
    return queries if queries and len(queries) <= min(MOST_QUERIES, away / WORTH_PER_QUERY) else (code,)


def _other_side(street: str, gone: Collection[Unit]) -> str:
    """A house of both sides has the codes of both."""
    sides = {unit.houses.parity for unit in gone if unit.houses is not None}
    return side(street, Parity.EVEN if Parity.ODD in sides else Parity.ODD)


@dataclass(frozen=True)
class _Register:
    """What lies in what; `gone`: the units of which nobody is read."""

    gazetteer: Gazetteer
    gone: frozenset[str]
    count: Count

    def kept(self, whole: str) -> Sequence[str] | None:
        """Codes of all that is left of a gmina or locality, each place in one; None where the index does not
        agree that these and what is gone are all of it."""
        parts = dict(self._within(whole))
        if len(parts) > MOST_QUERIES * MOST_AT_ONCE:
            return None
        if self.count(list(parts.values())) != self.count([whole]):
            return None
        left = [(unit, code) for unit, code in parts.items() if unit not in self.gone]
        return [one for unit, code in left for one in self._left_of(unit, code)]

    def _left_of(self, unit: str, code: str) -> Sequence[str]:
        looked_into = len(unit) == _SYM and any(self._lies_in(one, unit) for one in self.gone)
        if not looked_into or self.count([unit]) != self.count([code]):  # it has places in another gmina
            return (code,)
        kept = self.kept(unit)
        return (code,) if kept is None else kept

    def _lies_in(self, code: str, locality: str) -> bool:
        around = part_of(self.gazetteer)
        return code != locality and locality in (code[:_SYM], around.get(code[:_SYM]))

    def _within(self, whole: str) -> Iterator[tuple[str, str]]:
        """What lies directly in it, by its own code and by the one that finds it there, and the rest."""
        if len(whole) == _GMINA and self.gazetteer.terc[:_GMINA] == whole:
            around = part_of(self.gazetteer)
            top = (one.sym for one in self.gazetteer.localities if one.sym not in around)
            yield from ((sym, beneath(whole, sym)) for sym in top)
        for locality in self.gazetteer.localities:
            if locality.sym == whole:
                yield from ((part.sym, beneath(whole, part.sym)) for part in locality.parts)
                streets = (street_code(locality, street) for street in locality.streets)
                yield from ((street, street) for street in streets)
        yield from ((one, one) for one in self.gone if one.startswith(f"{whole}:"))  # retired, too
        yield "", beneath(whole)


def _taken_out(steps: Steps, code: str) -> Collection[Unit]:
    """The units within a code that are taken out wherever it was added; whoever is meant of them is so by
    another part, and found by that."""
    named = [leaf for leaf in dict.fromkeys(leaves(steps)) if isinstance(leaf, Unit)]
    return [unit for unit in named if _may_lie_in(unit, code) and not _stays(steps, code, unit)]


def _may_lie_in(unit: Unit, code: str) -> bool:
    if ":" in code:
        return unit.code == code and unit.houses in (Houses(Parity.ODD), Houses(Parity.EVEN))
    if unit.houses is not None or unit.level not in (Level.LOCALITY, Level.STREET):
        return False
    return len(code) == _GMINA or (len(code) == _SYM and unit.code != code)


def _stays(steps: Steps, code: str, unit: Unit) -> bool:
    """Whether any of the unit may be left of a part that has the code."""
    stays = False
    for step in steps:
        if step.subtracted:
            stays = stays and not _holds(step.part, unit)
        elif isinstance(step.part, Saved):
            stays = stays or _stays(step.part.steps, code, unit)
        else:
            stays = stays or (isinstance(step.part, Unit) and code_of(step.part) == code)
    return stays


def _holds(part: Leaf | Saved, unit: Unit) -> bool:
    """Whether it surely means all of the unit."""
    if isinstance(part, Saved):
        held = False
        for step in part.steps:
            held = not step.subtracted and (held or _holds(step.part, unit))
        return held
    if not isinstance(part, Unit) or part.level not in (Level.LOCALITY, Level.STREET):
        return False
    if part.code == unit.code:
        return part.houses in (None, unit.houses)
    return part.level is Level.LOCALITY and unit.code.startswith(f"{part.code}:")
