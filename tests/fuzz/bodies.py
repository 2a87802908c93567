"""Bodies of every kind of trouble: dear to parse, words that are none, areas of tests.fuzz.shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.fuzz import shapes

LARGEST = 990_000  # bytes; beyond a million the length alone refuses it
TIMES: tuple[Any, ...] = (
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "2026-11-22T10:00:00+14:00",
    "now",
    "",
    5,
    None,
    [],
    {},
    "9" * 100_000,
)
ODD: tuple[Any, ...] = (None, 5, True, [], {}, "", [[]], {"": {}})
LINES = {
    "combining marks": "a" + "\u0301" * 119,
    "joined signs": "\U0001f468\u200d" * 40,
    "right to left": "\u202e\u2066abc",
    "tag characters": "\U000e0041" * 60,
    "no characters": "\uffff\ufdd0",
    "nothing to see": "\u200b\u2060\u180e",
    "fields of a format": "{0.__class__} {title} %s %(x)s ${x} {{",
    "markup": "<script>alert(1)</script><svg onload=alert(1)>",
    "a path": "../../etc/passwd\\..\\",
    "SQL": "'; DROP TABLE alerts; --",
    "zero": "a\x00b",
    "long": "x" * 100_000,
    "lines": "\n" * 4000,
    "letters of three bytes": "ⓩ" * 4000,
}
CONTACTS = (
    "1 " * 100,
    "1" * 200,
    "+48 " + "1-" * 60,
    "a" * 60 + "@" + "b." * 50,
    "https://" + "a" * 150,
    "https://a/" + "%" * 90,
    "(" * 30,
)


VALUES = (b"null", b"true", b"5", b'"text"', b"[]", b"NaN", b"-Infinity", b"{} {}", b"{,}", b"{'a':1}")


def raw_json() -> Iterator[tuple[str, bytes]]:
    """Whatever the route: these are judged by the parser."""
    yield from _encodings()
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        for depth in (500, 900, 100_000):
            yield f"{opening.decode()} {depth} deep", opening * depth + b"1" + closing * depth
        yield f"{opening.decode()} never closed", opening * (LARGEST // len(opening))
    yield from _names()
    yield from _digits()
    yield "one long text", b'{"a": "' + b"x" * LARGEST + b'"}'
    yield "escapes", b'{"a": "' + b"\\u00e9" * 160_000 + b'"}'
    for value in VALUES:
        yield value.decode(), value


def _encodings() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "blanks", b" " * LARGEST
    yield "UTF-16", json.dumps({"a": 1}).encode("utf-16")
    yield "not UTF-8", b'{"a": "\xff\xfe"}'
    yield "a mark of byte order", b"\xef\xbb\xbf{}"
    yield "half a pair", b'{"a": "\\ud800"}'


def _names() -> Iterator[tuple[str, bytes]]:
    twice = [b'"n%d":1' % (number % 19_999) for number in range(20_000)]
    alike = [b'"%s%d":1' % (b"n" * 40, number) for number in range(18_000)]
    yield "one name again and again", b"{" + b",".join([b'"a":1'] * 150_000) + b"}"
    yield "20,000 names and one twice", b"{" + b",".join(twice) + b"}"
    yield "names that only end differently", b"{" + b",".join(alike) + b"}"
    yield "a long name", b'{"' + b"n" * LARGEST + b'": 1}'
    yield "100,000 names", b"{" + b",".join(b'"%d":1' % number for number in range(90_000)) + b"}"


def _digits() -> Iterator[tuple[str, bytes]]:
    yield "endless numbers", b"[" + b",".join([b"1e999"] * 160_000) + b"]"
    yield "endless numbers far down", b"[" * 900 + b",".join([b"1e999"] * 60_000) + b"]" * 900
    yield "a number of many digits", b'{"a": ' + b"9" * 900_000 + b"}"
    yield "numbers of many digits", b"[" + b",".join([b"9" * 4000] * 240) + b"]"
    yield "a fraction of many digits", b'{"a": 0.' + b"3" * 900_000 + b"}"
    yield "fractions of many digits", b"[" + b",".join([b"0." + b"3" * 400] * 2400) + b"]"
    yield "an exponent of many digits", b'{"a": 1e' + b"9" * 900_000 + b"}"
    yield "half a million zeros", b"[" + b",".join([b"0"] * 490_000) + b"]"


def contents(good: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of an alert; `good` is one that is accepted."""
    for name, area in (*shapes.dear(), *shapes.odd()):
        yield f"area: {name}", {**good, "area": area}
    for name in ("expires", "send_at", "sound_at", "event_ends", "next_info"):
        for time in TIMES:
            yield f"{name}: {str(time)[:20]}", {**good, name: time}
    for name, line in LINES.items():
        text = {"title": line[:120], "body": line, "instruction": line}
        yield (
            f"text: {name}",
            {**good, "texts": {"pl": text}, "area_name": line, "source": line, "contact": line},
        )
    for contact in CONTACTS:
        yield f"contact: {contact[:12]}", {**good, "contact": contact}
    yield "20,000 languages", {**good, "texts": {f"x{i}": {"title": "a", "body": "b"} for i in range(20_000)}}
    yield "20,000 fields", {**good, **{f"field{i}": i for i in range(20_000)}}
    yield "a text of 20,000 parts", {**good, "texts": {"pl": {f"part{i}": "a" for i in range(20_000)}}}
    for name in good:
        for value in ODD:
            yield f"{name}: {json.dumps(value)}", {**good, name: value}


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """How many an area reaches."""
    for name, area in (*shapes.dear(), *shapes.odd()):
        yield f"reach: {name}", {"area": area}
    for name, parts in _parts():
        yield f"reach of parts: {name}", {"parts": parts}
    good = next(shapes.dear())[1]
    for time in TIMES:
        told = {"area": good, "category": "failure", "severity": "Minor", "send_at": time, "sound_at": time}
        yield f"reach at {str(time)[:20]}", told


def _parts() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Dear areas of which each polygon is a part, every second taken out; and many of one kind."""
    for name, area in shapes.dear():
        polygons = area["coordinates"] if area["type"] == "MultiPolygon" else [area["coordinates"]]
        drawn = [{"type": "Polygon", "coordinates": rings} for rings in polygons[:200]]
        taken_out = (bool(at % 2) for at in range(200))
        shaped = zip(drawn, taken_out, strict=False)
        yield name, [{"kind": "shape", "shape": one, "subtract": out} for one, out in shaped]
    star = {"type": "Polygon", "coordinates": [shapes.star(4900)]}
    yield "a star that may be stored", [{"kind": "shape", "shape": star}]
    here = {"kind": "here", "lat": 49.85, "lng": 19.95, "metres": 4000}
    yield "200 circles on each other", [{**here, "metres": 1000 + at} for at in range(200)]
    yield "200 circles in a row", [{**here, "lat": 49.82 + at * 0.0003, "metres": 500} for at in range(200)]
    yield "20,000 parts", [here] * 20_000
    for value in ODD:
        yield f"the part {json.dumps(value)}", [value]
        yield f"a kind of {json.dumps(value)}", [{"kind": value, "code": value, "id": value}]


def compact(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
