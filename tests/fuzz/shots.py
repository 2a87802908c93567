"""Every request of the corpus, by route."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz import bodies

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Shot:
    """`path` as it stands in the request line."""

    name: str
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


LONG = "x" * 7000
ODD_IDS = (
    "__x__",
    "__",
    ".",
    "..",
    "%2e%2e",
    "%00",
    "%0a",
    "a%2Fb",
    "a%252Fb",
    "ą",
    "%ff",
    LONG,
    "x" * 64,
    "x" * 65,
    "-",
    "a b",
    "'",
)
QUERIES = (
    "after=",
    "after=x",
    f"after={cursor(['0001-01-01T00:00:00+14:00', 'a'])}",
    f"after={cursor(['9999-12-31T23:59:59-14:00', 'a'])}",
    f"after={cursor(['2026-11-22T01:10:00+00:00', '__a__'])}",
    f"after={cursor([1, {}])}",
    f"after={cursor('[')}",
    f"after={LONG}",
    "after=" + base64.urlsafe_b64encode(b"[" * 5000).decode(),
    "limit=0",
    "limit=1e3",
    "limit=%D9%A1",
    "limit=99999999999999999999",
    "limit=-1",
    "limit=1&limit=2",
    "state=draft&" * 500,
    "state=%00",
    "state=",
    "%00=1",
    "a[b]=1",
    "=",
    "&&&",
    "lang=",
    "lang=en&lang=uk",
    f"lang={LONG}",
    "%ff=%fe",
    "?" * 1000,
    "utm_source=" + LONG,
    "lang=%0d%0aSet-Cookie:a",
    "state=scheduled&after=" + LONG,
)
HEADERS = (
    {"Accept-Language": ",".join(f"x{i};q=0.{i % 10}" for i in range(600))},
    {"Accept-Language": "*;q=NaN"},
    {"Accept-Language": "pl;q=" + "9" * 5000},
    {"Accept-Language": LONG},
    {"If-None-Match": ",".join(['W/"x"'] * 800)},
    {"If-None-Match": '"' * 5000},
    {"If-Match": '"x"'},
    {"If-Match": '"999999999999"'},
    {"If-Match": "*"},
    {"If-Match": LONG},
    {"If-Modified-Since": "Fri, 32 Foo 99999 99:99:99 GMT"},
    {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"If-Range": "x", "Range": "bytes=0-0"},
    {"Range": "bytes=" + ",".join(["0-0"] * 800)},
    {"Range": "bytes=-99999999999999999999"},
    {"Content-Type": "application/json; charset=utf-7"},
    {"Content-Type": "application/json;" + "a=b;" * 1000},
    {"Content-Type": "multipart/form-data; boundary=" + "b" * 200},
    {"Content-Type": ""},
    {"Content-Encoding": "gzip"},
    {"Idempotency-Key": ""},
    {"Idempotency-Key": LONG},
    {"Idempotency-Key": "a b"},
    {"Cookie": "a=" + LONG},
    {"X-Cloud-Trace-Context": LONG},
    {"X-Cloud-Trace-Context": "0" * 32 + "/x;o=%s"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Accept": "text/html;q=2," + LONG},
    {"Forwarded": "for=" + LONG},
    {"Origin": "https://evil.example"},
    {"Expect": "nothing"},
    {"User-Agent": "%s{0}" + LONG},
)
METHODS = ("OPTIONS", "TRACE", "DELETE", "PATCH", "PUT", "POST", "GET", "HEAD", "PROPFIND", "X" * 100)

PUBLIC = (
    "/a/{id}",
    "/a/{id}.json",
    "/a/{id}/address",
    "/a/{id}/pl-active-1.png",
    "/alerts",
    "/alerts/{terc}",
    "/alerts/{terc}.json",
    "/map/{terc}.json",
    "/municipalities.json",
    "/search/{terc}.json",
    "/search/{terc}/0.json",
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FORMS = (
    b"address=R%C3%B3%C5%BCana+12",
    b"address=" + b"9" * 900,
    b"address=" + b"%CC%81" * 160,
    b"address=" + b"a+" * 450,
    b"address=%00%0d%0a&address=x",
    b"address=%ff%fe",
    b"address=x&lang=en",
    b"locality=9990019&street=90001&number=12",
    b"locality=9990019&street=__x__&number=../..",
    b"locality=9990019&number=" + b"1" * 900,
    b"&" * 1000,
    b"a[b]=1&=",
    b"address=" + b"x" * 5000,
)
STAFF = (
    "/api/me",
    "/api/municipality",
    "/api/vocabulary",
    "/api/coverage",
    "/api/alerts",
    "/api/alerts/{id}",
    "/api/alerts/{id}/history",
    "/api/alerts/{id}/summary",
    "/api/areas/saved",
    "/api/areas/saved/{id}",
    "/api/areas/recent",
    "/api/templates",
    "/api/templates/{id}",
)
STEPS = ("submit", "approve", "cancel", "summary")


def public_shots(alert: str, terc: str) -> Iterator[Shot]:
    for route in PUBLIC:
        path = route.format(id=alert, terc=terc)
        yield from _variants(path)
        for odd in ODD_IDS:
            if "{" in route:
                yield Shot(f"{route} {odd[:10]}", "GET", route.format(id=odd, terc=odd))
    for form in FORMS:
        yield Shot(f"ask {form[:20]!r}", "POST", f"/a/{alert}/address", FORM, form)
    for odd in ("/", "//a/x", "/a", "/a/", "/alerts/", "/nowhere", "/%2e%2e/etc", "/a/x/../../", f"/{LONG}"):
        yield Shot(odd[:20], "GET", odd)


def staff_shots(alert: str, good: dict[str, Any]) -> Iterator[Shot]:
    """`alert`: the id of a draft whose revision is 1, and that stays one."""
    for route in STAFF:
        yield from _variants(route.format(id=alert))
    for odd in ODD_IDS:
        for end in ("", "/history", "/submit", "/nowhere"):
            yield Shot(
                f"/api/alerts/{odd[:10]}{end}",
                "POST" if end == "/submit" else "GET",
                f"/api/alerts/{odd}{end}",
            )
    for step in STEPS:
        for headers in HEADERS:
            yield Shot(f"{step} {_said(headers)}", "POST", f"/api/alerts/nobody/{step}", headers)
    yield from _with_bodies(alert, good)


def _with_bodies(alert: str, good: dict[str, Any]) -> Iterator[Shot]:
    writing = {**JSON, "If-Match": '"999"'}  # of a revision that is not there: nothing is changed
    for name, raw in bodies.raw_json():
        for method, path in (
            ("POST", "/api/alerts"),
            ("PUT", f"/api/alerts/{alert}"),
            ("POST", "/api/reach"),
            ("POST", "/api/areas/saved"),
            ("POST", "/api/templates"),
            ("PUT", "/api/templates/water_outage"),
            ("POST", "/api/templates/water_outage/content"),
        ):
            yield Shot(f"{method} {path[:12]} {name}", method, path, writing, raw)
    for name, content in bodies.contents(good):
        yield Shot(f"create, {name}", "POST", "/api/alerts", JSON, bodies.compact(content))
    for name, question in bodies.questions():
        yield Shot(name, "POST", "/api/reach", JSON, bodies.compact(question))


def _variants(path: str) -> Iterator[Shot]:
    for query in QUERIES:
        yield Shot(f"{path}?{query[:30]}", "GET", f"{path}?{query}")
    for headers in HEADERS:
        yield Shot(f"{path} {_said(headers)}", "GET", path, headers)
    for method in METHODS:
        yield Shot(
            f"{method[:8]} {path}", method, path, {}, b"{}" if method in ("PUT", "POST", "PATCH") else b""
        )


def _said(headers: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value[:16]}" for name, value in headers.items())
