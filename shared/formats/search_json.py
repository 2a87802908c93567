"""The search document of a municipality: its names and houses as one text, so that the search is one read.

`{"v": 1, "terc", "name", "localities": [{"sym", "name", "former"?, "parts"?: [[sym, name]], "houses"?,
"streets"?: [{"code", "name", "former"?, "houses"?}]}]}`. `houses` is `[numbers, points]`: the numbers in
their order, a space between two, and their points as an encoded polyline of precision 5, latitude first
(Google Maps Platform, "Encoded Polyline Algorithm Format").

Where all of it is more than one document takes, `houses` is `[count, page]`, and each page is
`{"v": 1, "terc", "page", "houses": {key: [numbers, points]}}`; `key` is a locality's SYM, or "SYM.SYM_UL".
Pages follow the order of localities, so that those of one stand together.
Read in the browser by web-shared/search/packed.js.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street

VERSION = 1
MOST_BYTES = 1_000_000  # of a text: Firestore's documents take 1,048,576 with all their names
PRECISION = 1e5

Json = dict[str, Any]


def packed(gazetteer: Gazetteer, most_bytes: int = MOST_BYTES) -> tuple[str, ...]:
    """The document, and the pages of its houses when they do not fit into it."""
    whole = _text(_document(gazetteer, lambda _, houses: _listed(houses)))
    if len(whole.encode()) <= most_bytes:
        return (whole,)
    pages = list(_pages(gazetteer, most_bytes))
    page_of = {key: number for number, page in enumerate(pages) for key in page}
    names = _document(gazetteer, lambda key, houses: [houses.count, page_of[key]])
    return _text(names), *(
        _text({"v": VERSION, "terc": gazetteer.terc, "page": number, "houses": page})
        for number, page in enumerate(pages)
    )


def gazetteer_of(text: str) -> Gazetteer:
    """Raises ValueError for a text that is none, or one of a later version."""
    document = _read(text)
    localities = tuple(_locality(found) for found in document["localities"])
    return Gazetteer(document["terc"], document["name"], localities)


def with_page(gazetteer: Gazetteer, text: str) -> Gazetteer:
    """With the houses that a page lists. Raises ValueError for a text that is none of this municipality's."""
    page = _read(text)
    if page["terc"] != gazetteer.terc:
        raise ValueError(f"a page of {page['terc']} and not of {gazetteer.terc}")

    def filled(key: str, houses: Houses) -> Houses:
        return _houses(page["houses"][key]) if key in page["houses"] else houses

    return replace(gazetteer, localities=tuple(_filled(one, filled) for one in gazetteer.localities))


def _filled(locality: Locality, filled: Callable[[str, Houses], Houses]) -> Locality:
    streets = tuple(
        replace(street, houses=filled(f"{locality.sym}.{street.code}", street.houses))
        for street in locality.streets
    )
    return replace(locality, streets=streets, houses=filled(locality.sym, locality.houses))


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> Json:
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("v") != VERSION:
        raise ValueError("not a search document of a version that is known here")
    return document


def _document(gazetteer: Gazetteer, houses: Callable[[str, Houses], list[Any]]) -> Json:
    def of(key: str, found: Houses) -> Json:
        return {"houses": houses(key, found)} if found.count else {}

    def street(sym: str, one: Street) -> Json:
        return {
            "code": one.code, "name": one.name, **_former(one), **of(f"{sym}.{one.code}", one.houses),
        }  # fmt: skip

    def locality(one: Locality) -> Json:
        parts = {"parts": [[part.sym, part.name] for part in one.parts]} if one.parts else {}
        streets = {"streets": [street(one.sym, found) for found in one.streets]} if one.streets else {}
        return {
            "sym": one.sym,
            "name": one.name,
            **_former(one),
            **parts,
            **of(one.sym, one.houses),
            **streets,
        }

    localities = [locality(one) for one in gazetteer.localities]
    return {"v": VERSION, "terc": gazetteer.terc, "name": gazetteer.name, "localities": localities}


def _former(one: Street | Locality) -> Json:
    return {"former": list(one.former)} if one.former else {}


def _keyed(gazetteer: Gazetteer) -> Iterator[tuple[str, Houses]]:
    for locality in gazetteer.localities:
        yield locality.sym, locality.houses
        for street in locality.streets:
            yield f"{locality.sym}.{street.code}", street.houses


def _pages(gazetteer: Gazetteer, most_bytes: int) -> Iterator[Json]:
    """Filled in the order of localities and streets; a tenth is left for what stands around the houses."""
    page: Json = {}
    room = most_bytes * 9 // 10
    for key, houses in _keyed(gazetteer):
        if not houses.count:
            continue
        listed = _listed(houses)
        size = len(_text({key: listed}).encode())
        if page and size > room:
            yield page
            page, room = {}, most_bytes * 9 // 10
        page[key] = listed
        room -= size
    yield page


def _listed(houses: Houses) -> list[Any]:
    numbers = " ".join("".join(house.number.split()) for house in houses.listed)
    return [numbers, _polyline(houses)]


def _polyline(houses: Houses) -> str:
    text, before = "", (0, 0)
    for house in houses.listed:
        point = (round(house.lat * PRECISION), round(house.lon * PRECISION))
        text += "".join(_coded(now - then) for now, then in zip(point, before, strict=True))
        before = point
    return text


def _coded(step: int) -> str:
    """Five bits a character, the lowest first; the sign in the last bit."""
    rest = ~(step << 1) if step < 0 else step << 1
    text = ""
    while rest >= 0x20:
        text += chr((0x20 | (rest & 0x1F)) + 63)
        rest >>= 5
    return text + chr(rest + 63)


def _steps(polyline: str) -> Iterator[int]:
    rest, shift = 0, 0
    for character in polyline:
        bits = ord(character) - 63
        rest |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            yield ~(rest >> 1) if rest & 1 else rest >> 1
            rest, shift = 0, 0


def _houses(found: list[Any] | None) -> Houses:
    if found is None:
        return Houses()
    if isinstance(found[0], int):
        return Houses(found[0], page=found[1])
    numbers, steps = found[0].split(" "), list(_steps(found[1]))
    if len(steps) != 2 * len(numbers):
        raise ValueError("not as many points as numbers of houses")
    lat = lon = 0
    listed = []
    for at, number in enumerate(numbers):
        lat, lon = lat + steps[2 * at], lon + steps[2 * at + 1]
        listed.append(House(number, lon / PRECISION, lat / PRECISION))
    return Houses(len(listed), tuple(listed))


def _locality(found: Json) -> Locality:
    return Locality(
        sym=found["sym"],
        name=found["name"],
        parts=tuple(Part(*part) for part in found.get("parts", ())),
        streets=tuple(
            Street(one["code"], one["name"], _houses(one.get("houses")), tuple(one.get("former", ())))
            for one in found.get("streets", ())
        ),
        houses=_houses(found.get("houses")),
        former=tuple(found.get("former", ())),
    )
