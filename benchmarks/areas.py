"""What an import of registers takes, and a search in what it wrote.

python -m benchmarks.areas [ADDRESSES]: a made city of 2,000 streets and 100,000 addresses is imported into an
emulator by `python -m manage.areas import`, a process of its own, and then once more. Keys: `rows_per_s` (of
all files, from the process's start of reading to its last write), `seconds_per_100000` (addresses), `peak_mb`
(of that process), `documents`, `documents_again` (written by the second import), `search_ms` and
`search_worst_ms` (of the server's search, by queries with a typing error and a number), `search_page_ms` and
`search_page_worst_ms` (of the pages' own, in Node), `found_first` (share of queries whose street came first).
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.made_city import SYM, TERC, written
from benchmarks.report import machine, table
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT, free_port
from shared.domain.search.gazetteer import Gazetteer
from shared.domain.search.index import index_of
from shared.domain.search.matching import search
from shared.formats.search_json import packed

ADDRESSES, STREETS, QUERIES = 100_000, 2_000, 200
PROJECT = "demo-areas"
SETTINGS = {
    "GOOGLE_CLOUD_PROJECT": PROJECT,
    "PUBLIC_URL": "https://a.example",
    "WORKER_ACCOUNT": "w@a.example",
}
PAGE = """
import { readFileSync } from 'node:fs';
import { gazetteerOf, indexOf, search, withPage } from '%s';
const { texts, queries } = JSON.parse(readFileSync(0, 'utf8'));
let gazetteer = gazetteerOf(texts[0]);
for (const page of texts.slice(1)) gazetteer = withPage(gazetteer, page);
const index = indexOf(gazetteer);
search(index, queries[0]);
const took = queries.map((text) => {
  const began = performance.now();
  search(index, text);
  return performance.now() - began;
});
console.log(JSON.stringify(took));
"""


def main(addresses: int = ADDRESSES) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        files = written(Path(folder), STREETS, addresses // STREETS)
        emulator = FirestoreEmulator(free_port(), Path(folder) / "firestore.log", PROJECT)
        os.environ |= SETTINGS | {"FIRESTORE_EMULATOR_HOST": emulator.host}
        try:
            first, again = _imported(files), _imported(files)
            gazetteer = _stored()
        finally:
            emulator.stop()
    return _figures(first, again) | _searched(gazetteer)


def _imported(files: Sequence[Path]) -> dict[str, Any]:
    """The last line of the command. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "manage.areas", "import", *map(str, files), "--terc", TERC]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def _stored() -> Gazetteer:
    from shared import wiring

    found = wiring.areas().gazetteer(TERC)
    if found is None:
        raise AssertionError("nothing was imported")
    return found


def _figures(first: dict[str, Any], again: dict[str, Any]) -> dict[str, Any]:
    rows, seconds = sum(first["counts"].values()), first["seconds"]
    written_first, written_again = (one["municipalities"][0]["written"] for one in (first, again))
    return {
        "rows_per_s": round(rows / seconds),
        "seconds_per_100000": round(100_000 * seconds / first["counts"]["addresses"], 1),
        "seconds_again": again["seconds"],
        "peak_mb": max(first["peak_mb"], again["peak_mb"]),
        "documents": written_first,
        "documents_again": written_again,
    }


def _searched(gazetteer: Gazetteer) -> dict[str, Any]:
    town = next(one for one in gazetteer.localities if one.sym == SYM)
    dice, index = random.Random(11), index_of(gazetteer)
    asked = [dice.choice(town.streets) for _ in range(QUERIES)]
    queries = [f"{_mistyped(street.name.removeprefix('ul. '), dice)} 12" for street in asked]
    took, first = [], 0
    for street, text in zip(asked, queries, strict=True):
        began = time.perf_counter()
        hits = search(index, text)
        took.append(1000 * (time.perf_counter() - began))
        first += bool(hits) and hits[0].street is street
    page = _in_a_page(packed(gazetteer), queries)
    return {
        "search_ms": round(statistics.median(took), 1),
        "search_worst_ms": round(max(took), 1),
        "search_page_ms": round(statistics.median(page), 1),
        "search_page_worst_ms": round(max(page), 1),
        "found_first": first / QUERIES,
    }


def _mistyped(name: str, dice: random.Random) -> str:
    """Two letters of its longest word exchanged, none of them the first."""
    longest = max(name.split(), key=len)
    at = dice.randrange(1, len(longest) - 1)
    return name.replace(longest, longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :], 1)


def _in_a_page(texts: Sequence[str], queries: Sequence[str]) -> list[float]:
    program = PAGE % (ROOT / "web-admin" / "vendor" / "search.js").as_uri()
    ended = subprocess.run(
        ["node", "--input-type=module", "-e", program],
        input=json.dumps({"texts": texts, "queries": queries}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    took: list[float] = json.loads(ended.stdout)
    return took


if __name__ == "__main__":
    figures = main(*map(int, sys.argv[1:]))
    print(machine())
    print(table(("figure", "value"), figures.items()))
    print(json.dumps(figures))
