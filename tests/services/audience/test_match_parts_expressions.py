"""Any area of parts means whom a plain evaluation means, place by place, and each resident once.

EXPRESSIONS=10000 tries ten thousand of them; the suite tries a hundredth.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

import pyproj
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.geo.cells import cell_of
from shared.geo.read_area import parse_area
from shared.geo.shapes import Area
from shared.services.audience.match_parts import PartsMatch
from shared.services.audience.spots import Spot
from tests.long_run import Size

EXPRESSIONS = Size("EXPRESSIONS", 100)
WGS84 = pyproj.Geod(ellps="WGS84")
SIDE = 12  # fields of a hundredth of a degree, each with places well inside it: no place lies at a border
WEST, SOUTH = 19.9, 49.8
TERCS = ("1209033", "1209042", "1210011")
LOCALITIES = ("0327340", "0327379", "0951617", "0328083")
STREETS = ("0327340:00001", "0951617:00001", "0951617:00002", "0328083:00001")


@dataclass(frozen=True)
class House:
    """A number of which the test knows what it stands for: all of `numbers`, with the letter `letter`."""

    text: str
    numbers: tuple[int, ...]
    letter: str = ""


@dataclass(frozen=True)
class Home:
    resident: str
    place: str
    lng: float
    lat: float
    codes: PlaceCodes
    house: House | None

    @property
    def spot(self):
        return Spot(cell_of(self.lat, self.lng), self.codes)


def house(rng):
    number = rng.randint(1, 30)
    return rng.choice([
        House(str(number), (number,)), House(f"{number}/2", (number,)),
        House(f"{number}b", (number,), "B"), House(f"{number}-{number + 2}", (number, number + 2)),
        House(f"{number}-{number + 3}", tuple(range(number, number + 4))), House("bn", ()),
    ])  # fmt: skip


def home(rng, resident, place):
    lng, lat = (base + (rng.randrange(SIDE) + rng.uniform(0.1, 0.9)) / 100 for base in (WEST, SOUTH))
    known = rng.random()
    if known < 0.2:
        return Home(resident, place, lng, lat, PlaceCodes(rng.choice([None, *TERCS])), None)
    street, number = rng.choice(STREETS), house(rng)
    locality = street[:7]
    if known < 0.4:
        locality, street, number = rng.choice(LOCALITIES), None, house(rng)
    part_of = "0327340" if locality == "0327379" else None
    return Home(
        resident,
        place,
        lng,
        lat,
        PlaceCodes(rng.choice(TERCS), locality, part_of, street, number.text),
        number,
    )


def homes():
    rng = random.Random(5)
    return [home(rng, f"r{n}", str(p)) for n in range(120) for p in range(1, rng.randint(2, 5))]


HOMES = homes()
SPOTS = [one.spot for one in HOMES]


def clear_of_all(circle):
    """No place lies so near to the circle that its cell reaches across."""
    metres = (WGS84.inv(circle.lng, circle.lat, one.lng, one.lat)[2] for one in HOMES)
    return all(abs(away - circle.metres) > 12 + 0.005 * circle.metres for away in metres)


def circles():
    rng = random.Random(6)
    found: list[Around] = []
    while len(found) < 12:
        lat, lng = SOUTH + rng.uniform(0, SIDE) / 100, WEST + rng.uniform(0, SIDE) / 100
        circle = Around(lat, lng, float(rng.randint(100, 4_000)))
        found += [circle] if clear_of_all(circle) else []
    return found


# ---- Expressions


@dataclass(frozen=True)
class Box:
    """Whole fields, from and to: west, south, east, north."""

    west: int
    south: int
    east: int
    north: int

    @property
    def drawn(self):
        west, east = WEST + self.west / 100, WEST + self.east / 100
        south, north = SOUTH + self.south / 100, SOUTH + self.north / 100
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return Drawn(parse_area({"type": "Polygon", "coordinates": [ring]}).text())

    def holds(self, one):
        x, y = (one.lng - WEST) * 100, (one.lat - SOUTH) * 100
        return self.west < x < self.east and self.south < y < self.north


def boxes():
    edge = st.integers(0, SIDE - 1)
    size = st.integers(1, 5)
    return st.builds(lambda x, y, w, h: Box(x, y, min(x + w, SIDE), min(y + h, SIDE)), edge, edge, size, size)


BOXES: dict[Drawn, Box] = {}  # the drawn text of each box that was tried, to the box
SHAPES = {
    Level.STREET: {STREETS[0]: Box(1, 1, 4, 3), STREETS[1]: Box(6, 6, 9, 9)},
    Level.LOCALITY: {LOCALITIES[1]: Box(0, 5, 6, 10)},
    Level.GMINA: {"120903": Box(0, 0, 7, 12)},
}


def shape_of(unit):
    found = SHAPES.get(unit.level, {}).get(unit.code)
    return None if found is None else Area.from_text(found.drawn.shape)


def drawn(one):
    part = one.drawn
    BOXES[part] = one
    return part


BOUNDS = st.none() | st.integers(1, 32)
SIDES = st.none() | st.sampled_from(Parity)


def some_houses():
    def made(parity, first, last):
        low, high = (min(first, last), max(first, last)) if first and last else (first, last)
        return Houses(parity, low and str(low), high and str(high)) if parity or low or high else None

    return st.builds(made, SIDES, BOUNDS, BOUNDS)


LEAVES = st.one_of(
    boxes().map(drawn),
    st.sampled_from(circles()),
    st.builds(Unit, st.just(Level.STREET), st.sampled_from(STREETS), some_houses()),
    st.builds(Unit, st.just(Level.LOCALITY), st.sampled_from(LOCALITIES)),
    st.builds(Unit, st.just(Level.GMINA), st.sampled_from(["120903", "1209042", "121001"])),
    st.builds(Unit, st.just(Level.POWIAT), st.sampled_from(["1209", "1210"])),
    st.builds(Unit, st.just(Level.VOIVODESHIP), st.sampled_from(["12", "14"])),
)


def listed(parts):
    rest = st.lists(st.builds(Step, parts, st.booleans()), max_size=5)
    return st.builds(lambda first, steps: (Step(first), *steps), parts, rest)


NESTED = st.recursive(
    LEAVES, lambda parts: st.builds(Saved, st.sampled_from("abc"), listed(parts)), max_leaves=12
)


# ---- The plain evaluation: one place at a time, numbers that the test made itself


def plainly(steps, one, out=False):
    inside = False
    for step in steps:
        meant = means(step.part, one, out != step.subtracted)
        inside = (inside and not meant) if step.subtracted else (inside or meant)
    return inside


def means(part, one, out):
    if isinstance(part, Saved):
        return plainly(part.steps, one, out)
    if isinstance(part, Drawn):
        return BOXES[part].holds(one)
    if isinstance(part, Around):
        return WGS84.inv(part.lng, part.lat, one.lng, one.lat)[2] < part.metres
    said = by_code(part, one, out)
    shape = SHAPES.get(part.level, {}).get(part.code)
    return said if said is not None else shape is not None and shape.holds(one)


def by_code(unit, one, out):
    codes = one.codes
    if unit.level in (Level.VOIVODESHIP, Level.POWIAT, Level.GMINA):
        return None if codes.terc is None else codes.terc[:6].startswith(unit.code[:6])
    if codes.locality is None:
        return None
    if unit.level is Level.LOCALITY:
        return unit.code in (codes.locality, codes.part_of)
    if codes.street != unit.code or unit.houses is None:
        return codes.street == unit.code
    if not one.house.numbers:
        return None
    return (all if out else any)(chosen(unit.houses, number) for number in one.house.numbers)


def chosen(houses, number):
    side = houses.parity is None or (number % 2 == 1) == (houses.parity is Parity.ODD)
    return side and int(houses.first or 0) <= number <= int(houses.last or 10**6)


@EXPRESSIONS.patience
@settings(max_examples=EXPRESSIONS.count, deadline=None)
@given(steps=listed(NESTED))
def test_an_area_means_whom_a_plain_evaluation_means_and_each_resident_once(steps):
    match = PartsMatch(steps, shape_of)
    inside = match.inside(SPOTS)
    assert inside == {at for at, one in enumerate(HOMES) if plainly(steps, one)}
    assert delivered(match) == {
        resident: min(HOMES[at].place for at in inside if HOMES[at].resident == resident)
        for resident in {HOMES[at].resident for at in inside}
    }


def delivered(match):
    places: defaultdict[str, dict[str, Spot]] = defaultdict(dict)
    for one, spot in zip(HOMES, SPOTS, strict=True):
        places[one.resident][one.place] = spot
    owners = {resident: match.owner(theirs) for resident, theirs in places.items()}
    return {resident: owner for resident, owner in owners.items() if owner is not None}
