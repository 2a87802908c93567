"""Signatures in the browser: the same verdicts as Python's, with the browser's own Ed25519 and without."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared.formats.signed_alert import Fault
from tests.signed_alert_vectors import document

APP = ROOT / "web-residents"
LARGEST_PAGE = 10 * 1024  # bytes, gzipped: what the public page loads to verify, noble included

NATIVE = ""
WITHOUT = "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));"
STAMPS = """
  const stamp = (text) => text && { toMillis: () => Date.parse(text) };
  for (const one of Object.values(vectors.municipalities)) {
    one.keys = one.keys.map((key) => ({ ...key, from: stamp(key.from), until: stamp(key.until) }));
  }"""


@pytest.fixture(scope="module", autouse=True)
def vendored() -> None:
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    return document()


def _verdicts(vectors: dict[str, Any], before: str) -> list[dict[str, Any]]:
    script = f"""
      const {{ verify }} = await import('{(APP / "js/verify/verify.js").as_uri()}');
      const vectors = JSON.parse(process.argv[1]);
      {before}
      const verdicts = vectors.cases.map(({{ published, alert, municipality }}) =>
        verify(published, alert, vectors.municipalities[municipality]));
      process.stdout.write(JSON.stringify(await Promise.all(verdicts)));"""
    command = ["node", "--input-type=module", "-e", script, json.dumps(vectors)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    verdicts: list[dict[str, Any]] = json.loads(done.stdout)
    return verdicts


@pytest.mark.parametrize(
    "before", [NATIVE, WITHOUT, STAMPS], ids=["the browser's own", "noble", "times of Firestore"]
)
def test_every_vector_is_judged_as_python_judges_it(vectors: dict[str, Any], before: str):
    verdicts = _verdicts(vectors, before)
    found = {
        case["name"]: verdict["reason"] for case, verdict in zip(vectors["cases"], verdicts, strict=True)
    }
    assert found == {case["name"]: case["fault"] for case in vectors["cases"]}
    assert {verdict["ok"] for verdict in verdicts} == {True, False}


def test_only_what_is_verified_says_anything(vectors: dict[str, Any]):
    for case, verdict in zip(vectors["cases"], _verdicts(vectors, NATIVE), strict=True):
        signed = json.loads(case["published"]["signed"]) if case["valid"] else None
        assert verdict["content"] == signed, case["name"]


def test_a_municipality_without_keys_has_signed_nothing(vectors: dict[str, Any]):
    vectors = {**vectors, "municipalities": {"ours": None, "theirs": {"terc": "1", "name": ""}}}
    signed = [case for case in vectors["cases"] if case["fault"] != "unsigned"]
    reasons = {verdict["reason"] for verdict in _verdicts({**vectors, "cases": signed}, NATIVE)}
    assert reasons == {"unknown-key"}


def test_every_reason_has_words_in_every_language():
    script = f"""
      const {{ default: words }} = await import('{(APP / "js/verify/words.js").as_uri()}');
      process.stdout.write(JSON.stringify(Object.values(words).map(Object.keys)));"""
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, check=True)
    pl, en, uk = json.loads(done.stdout)
    assert pl == en == uk
    said = {f"verify.{fault.value}" for fault in Fault} | {"verify.altered", "verify.unavailable"}
    assert said <= set(pl)


def test_the_public_page_loads_little_to_verify(built_site: Path):
    files = [built_site / "js/verify/page.js", *(built_site / "js").glob("noble-ed25519-*.js")]
    assert len(files) == 2
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in files}
    assert sum(sizes.values()) <= LARGEST_PAGE, sizes
