"""An area of parts is read strictly: what is wrong is named where it stands, and costs little."""

from __future__ import annotations

import json
import time

import pytest

from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.house_numbers import Houses, Parity
from shared.errors import InvalidInput
from shared.formats.area_parts_json import DEEPEST, MOST_PARTS, read_parts
from shared.formats.parts_json import parts_json
from shared.geo.read_area import parse_area
from tests.fakes.municipalities import square

STREET = {"kind": "street", "code": "0951617:01014"}
GMINA = {"kind": "gmina", "code": "120903"}
VILLAGE = {"kind": "locality", "code": "0327468", "subtract": True}
HERE = {"kind": "here", "lat": 49.83, "lng": 19.94, "metres": 300}
SHAPE = {"kind": "shape", "shape": json.loads(square(49.83, 19.94, 0.01))}
ZONE = {"kind": "saved", "id": "zone-3"}


def read(value, saved=None, known=lambda unit: True):
    return read_parts(value, (saved or {}).get, known)


def refusals(value, saved=None, known=lambda unit: True):
    with pytest.raises(InvalidInput) as refused:
        read(value, saved, known)
    return [(one.pointer, one.code) for one in refused.value.errors]


def test_parts_are_read_in_the_order_said():
    odd = {**STREET, "houses": {"parity": "odd", "from": "3", "to": "21A"}}
    assert read([GMINA, VILLAGE, odd, HERE, SHAPE]) == (
        Step(Unit(Level.GMINA, "120903")),
        Step(Unit(Level.LOCALITY, "0327468"), subtracted=True),
        Step(Unit(Level.STREET, "0951617:01014", Houses(Parity.ODD, "3", "21A"))),
        Step(Around(49.83, 19.94, 300.0)),
        Step(Drawn(parse_area(SHAPE["shape"]).text())),
    )


def test_a_saved_area_is_taken_as_it_is_now():
    saved = {"zone-3": [GMINA, VILLAGE]}
    steps = read([STREET, ZONE], saved)
    saved["zone-3"] = [STREET]
    assert steps[1] == Step(Saved("zone-3", read([GMINA, VILLAGE])))


def test_what_is_answered_can_be_sent_again():
    every = [GMINA, VILLAGE, {**STREET, "houses": {"to": "9"}}, HERE, {**SHAPE, "subtract": True}, ZONE]
    saved = {"zone-3": [STREET, {"kind": "saved", "id": "b"}], "b": [GMINA, HERE]}
    steps = read(every, saved)
    assert read(json.loads(json.dumps(parts_json(steps))), saved) == steps


def test_everything_that_is_wrong_is_named_at_once():
    assert refusals([GMINA, {"kind": "x"}, {"kind": "gmina"}, {**HERE, "metres": 1}]) == [
        ("/parts/1/kind", "unknown-value"),
        ("/parts/2/code", "missing"),
        ("/parts/3/metres", "part-radius"),
    ]


def test_a_code_that_the_register_lacks_is_refused():
    assert refusals([GMINA, STREET], known=lambda unit: unit.level is not Level.STREET) == [
        ("/parts/1/code", "part-code-unknown")
    ]


def chain(length):
    """Saved areas, each of which holds the next."""
    links = {f"z{n}": [{"kind": "saved", "id": f"z{n + 1}"}] for n in range(length - 1)}
    return {**links, f"z{length - 1}": [GMINA]}


def test_a_saved_area_that_holds_itself_is_refused_where_it_was_named():
    loop = {"z0": [GMINA, {"kind": "saved", "id": "z1"}], "z1": [GMINA, {"kind": "saved", "id": "z0"}]}
    assert refusals([GMINA, {"kind": "saved", "id": "z0"}], loop) == [("/parts/1/id", "part-saved-cycle")]
    itself = {"z0": [{"kind": "saved", "id": "z0"}]}
    assert refusals([{"kind": "saved", "id": "z0"}], itself) == [("/parts/0/id", "part-saved-cycle")]


def test_one_saved_area_twice_is_no_cycle():
    assert len(read([ZONE, STREET, ZONE], {"zone-3": [GMINA]})) == 3


def test_saved_areas_nest_so_deep_and_no_deeper():
    first = [{"kind": "saved", "id": "z0"}]
    assert read(first, chain(DEEPEST))
    assert refusals(first, chain(DEEPEST + 1)) == [("/parts/0/id", "part-saved-deep")]


@pytest.mark.parametrize("parts", [[], {}, "x", [{"kind": "of a newer release"}], [VILLAGE], [ZONE, 3]])
def test_a_saved_area_that_cannot_be_read_is_named(parts):
    assert ("/parts/0/id", "part-saved-unreadable") in refusals([{"kind": "saved", "id": "b"}], {
        "b": parts, "zone-3": [GMINA],
    })  # fmt: skip


def test_parts_are_counted_with_those_of_saved_areas():
    assert len(read([GMINA] * MOST_PARTS)) == MOST_PARTS
    assert refusals([GMINA] * (MOST_PARTS + 1)) == [("/parts", "parts-too-many")]
    assert refusals([ZONE, *[GMINA] * 150], {"zone-3": [GMINA] * 50}) == [("/parts", "parts-too-many")]


def test_saved_areas_that_multiply_cost_little():
    wide = {f"z{n}": [{"kind": "saved", "id": f"z{n + 1}"}] * 50 for n in range(3)} | {"z3": [GMINA] * 50}
    asked = []

    def saved(name):
        asked.append(name)
        return wide[name]

    with pytest.raises(InvalidInput) as refused:
        read_parts([{"kind": "saved", "id": "z0"}] * 50, saved, lambda unit: True)
    assert [(one.pointer, one.code) for one in refused.value.errors] == [("/parts", "parts-too-many")]
    assert len(asked) <= MOST_PARTS


def jagged(corners, lng):
    outline = [[lng + n * 1e-5, 49.83 + (n % 2) * 1e-5] for n in range(corners)]
    return {"type": "Polygon", "coordinates": [[*outline, [lng, 49.9], outline[0]]]}


def test_corners_of_all_shapes_together_are_limited_and_reading_stops_there():
    part = {"kind": "shape", "shape": jagged(4000, 19.9)}
    assert read([part, part])
    began = time.monotonic()
    assert refusals([part] * MOST_PARTS) == [("/parts", "area-too-many-vertices")]
    assert time.monotonic() - began < 10
