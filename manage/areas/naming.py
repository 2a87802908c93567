"""The names of a municipality's register with their houses, from the rows of several registers.

SIMC names localities, ULIC streets, PRG houses. Each replaces what an earlier import of the same register
said; what is not given stays. Their days differ: a street or a locality that PRG has houses in is kept under
PRG's name, so that no house is lost.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from manage.areas.kept_rows import AddressPoint, MunicipalRows
from shared.domain.register_unit import part_of
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.domain.search.words import is_optional, words_of

# SYM_UL of streets that PRG names and gives no code: TERYT counts from 00001, and is far from them.
FIRST_STAND_IN, STAND_INS = 98_000, 2_000
DIGITS = 5  # of a degree, as the search document keeps points: a metre

_Key = tuple[str, str]  # SYM and SYM_UL, which is empty beside the streets


@dataclass
class _Names:
    """`within`: SYM of a part -> of its locality. Houses as they were found."""

    localities: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    streets: dict[_Key, str] = field(default_factory=dict)
    houses: dict[_Key, set[House]] = field(default_factory=lambda: defaultdict(set))


def named(rows: MunicipalRows, name: str, before: Gazetteer | None) -> Gazetteer:
    """`name` of the municipality, as it is shown."""
    old = _Names() if before is None else _names_of(before)
    names = _Names(houses=defaultdict(set))
    _take_localities(rows, old, names)
    _take_streets(rows, old, names)
    if rows.addresses:
        _take_addresses(rows.addresses, old, names)
    else:
        names.houses = old.houses
        _keep_where_houses_are(old, names)
    return Gazetteer(rows.terc, name, _localities(names, _former(before, names)))


def is_stand_in(code: str) -> bool:
    return FIRST_STAND_IN <= int(code) < FIRST_STAND_IN + STAND_INS


def _names_of(before: Gazetteer) -> _Names:
    found = _Names(within=part_of(before), houses=defaultdict(set))
    for locality in before.localities:
        found.localities[locality.sym] = locality.name
        found.localities |= {part.sym: part.name for part in locality.parts}
        found.houses[locality.sym, ""] |= set(locality.houses.listed)
        for street in locality.streets:
            found.streets[locality.sym, street.code] = street.name
            found.houses[locality.sym, street.code] |= set(street.houses.listed)
    return found


def _take_localities(rows: MunicipalRows, old: _Names, names: _Names) -> None:
    if not rows.localities:
        names.localities, names.within = dict(old.localities), dict(old.within)
        return
    names.localities = {one.sym: one.name for one in rows.localities}
    parts = (one for one in rows.localities if one.within != one.sym)
    names.within = {one.sym: one.within for one in parts if one.within in names.localities}


def _take_streets(rows: MunicipalRows, old: _Names, names: _Names) -> None:
    if rows.streets:
        names.streets = {(one.sym, one.sym_ul): one.display_name for one in rows.streets}
        return
    new = bool(rows.addresses)  # then those that have a stand-in for a code are named anew
    names.streets = {key: name for key, name in old.streets.items() if not (new and is_stand_in(key[1]))}


def _keep_where_houses_are(old: _Names, names: _Names) -> None:
    for key, found in old.houses.items():
        if found and key[1]:
            names.streets.setdefault(key, old.streets[key])
        if found:
            names.localities.setdefault(key[0], old.localities[key[0]])


def _take_addresses(addresses: list[AddressPoint], old: _Names, names: _Names) -> None:
    for one in addresses:
        names.localities.setdefault(one.sym, one.locality or one.sym)
        if one.sym_ul:
            names.streets.setdefault((one.sym, one.sym_ul), one.street or one.sym_ul)
    codes = _codes_by_name(addresses, old, names)
    for one in addresses:
        code = one.sym_ul or (codes[one.sym, one.street] if one.street else "")
        house = House(one.number, round(one.lon, DIGITS), round(one.lat, DIGITS))
        names.houses[one.sym, code].add(house)


def _codes_by_name(
    addresses: list[AddressPoint], old: _Names, names: _Names
) -> Mapping[tuple[str, str], str]:
    """SYM_UL of the streets that PRG names without one, by SYM and name: the register's where exactly one
    street of the locality has that name, else a stand-in, the same in every import."""
    wanted = sorted({(one.sym, one.street) for one in addresses if one.street and not one.sym_ul})
    known: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for (sym, code), name in names.streets.items():
        known[sym, _telling(name)].add(code)
    earlier = {(sym, name): code for (sym, code), name in old.streets.items() if is_stand_in(code)}
    taken = {*names.streets, *((sym, code) for (sym, _), code in earlier.items())}
    codes: dict[tuple[str, str], str] = {}
    for sym, name in wanted:
        same = known[sym, _telling(name)]
        code = next(iter(same)) if len(same) == 1 else earlier.get((sym, name)) or _stand_in(sym, name, taken)
        codes[sym, name] = code
        taken.add((sym, code))
        same.add(code)
        names.streets.setdefault((sym, code), name)
    return codes


def _telling(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return tuple(word for word in words if not is_optional(word)) or words


def _stand_in(sym: str, name: str, taken: Set[_Key]) -> str:
    start = int.from_bytes(hashlib.sha256(f"{sym}:{name}".encode()).digest()[:4])
    for turn in range(STAND_INS):
        code = f"{FIRST_STAND_IN + (start + turn) % STAND_INS}"
        if (sym, code) not in taken:
            return code
    raise ValueError(f"more than {STAND_INS} streets without a code in {sym}")


def _former(before: Gazetteer | None, names: _Names) -> Mapping[_Key, tuple[str, ...]]:
    """Old names of what is called otherwise now, the latest first."""
    found: dict[_Key, tuple[str, ...]] = {}
    for locality in () if before is None else before.localities:
        sym = locality.sym
        found[sym, ""] = _other_names(names.localities.get(sym), locality.name, locality.former)
        for street in locality.streets:
            now = names.streets.get((sym, street.code))
            found[sym, street.code] = _other_names(now, street.name, street.former)
    return found


def _other_names(now: str | None, name: str, former: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((name, *former)) if one != now)


def _localities(names: _Names, former: Mapping[_Key, tuple[str, ...]]) -> tuple[Locality, ...]:
    """The one with the most addresses first; a part only when it has streets or houses of its own."""
    streets: dict[str, list[Street]] = defaultdict(list)
    for key, name in sorted(names.streets.items(), key=lambda item: (item[1].casefold(), item[0])):
        streets[key[0]].append(Street(key[1], name, _houses(names, key), former.get(key, ())))
    parts: dict[str, list[Part]] = defaultdict(list)
    for sym, around in sorted(names.within.items(), key=lambda item: names.localities[item[0]].casefold()):
        parts[around].append(Part(sym, names.localities[sym]))
    syms = dict.fromkeys([*names.localities, *(sym for sym, _ in names.streets)])
    found = (
        Locality(
            sym,
            names.localities.get(sym, sym),
            tuple(parts[sym]),
            tuple(streets[sym]),
            _houses(names, (sym, "")),
            former.get((sym, ""), ()),
        )
        for sym in syms
    )
    whole = (one for one in found if one.sym not in names.within or one.count or one.streets)
    return tuple(sorted(whole, key=lambda one: (-one.count, one.name.casefold(), one.sym)))


def _houses(names: _Names, key: _Key) -> Houses:
    if key not in names.houses:
        return Houses()
    return Houses.of(sorted(names.houses[key], key=lambda one: (one.number, one.lon, one.lat)))
