"""The kit itself: every requirement holds on the stack, stands on the page, and can fail."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.app_contract.__main__ import report
from tests.app_contract.late_vectors import FILE, as_text
from tests.app_contract.notifying import LATE_VECTORS, VECTORS, cases, wrong
from tests.app_contract.requirement import Finding, Requirement, findings
from tests.app_contract.requirements import ALL

PAGE = (ROOT / "docs" / "app-developers.md").read_text()
WEB_APP = "node tests/app_contract/notifier.mjs"


@pytest.mark.stack
@pytest.mark.timeout(900)
def test_every_requirement_holds(stack: Stack, capsys: pytest.CaptureFixture[str]):
    failed = report(stack)
    lines = capsys.readouterr().out.splitlines()
    assert failed == 0, "\n".join(line for line in lines if line.startswith("FAIL"))
    assert len(lines) == len(ALL) + 1


def test_the_page_lists_the_requirements_in_their_order_with_their_words():
    table = PAGE.split("| number | requirement |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| (\d+\.\d+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(one.number, one.title) for one in ALL]


def test_no_number_is_given_twice():
    assert len({one.number for one in ALL}) == len(ALL)


def _refuses(_: object) -> None:
    raise AssertionError("it was accepted")


def test_what_does_not_hold_is_told_and_the_rest_is_tried():
    tried = [Requirement("1.1", "first", _refuses), Requirement("1.2", "second", lambda _: None)]
    lines = [finding.line() for finding in findings(object(), tried)]
    assert lines == ["FAIL  1.1  first: AssertionError: it was accepted", "pass  1.2  second"]


def test_a_fault_without_words_has_its_kind():
    assert "KeyError" in Finding(Requirement("1.1", "first", _refuses), "KeyError").line()


BOTH = pytest.mark.parametrize("vectors", [VECTORS, LATE_VECTORS], ids=["in order", "late"])


@BOTH
def test_the_reference_answers_every_case(vectors: Path):
    assert wrong(None, vectors) == []


@BOTH
@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")
def test_the_web_app_answers_every_case(vectors: Path):
    assert wrong(WEB_APP, vectors) == []


def test_the_late_cases_stand_as_they_are_made():
    assert FILE.read_text() == as_text()  # else: python -m tests.app_contract.late_vectors


def test_the_cases_refuse_an_app_that_shows_everything(tmp_path: Any):
    naive = tmp_path / "naive.py"
    naive.write_text(
        "import json, sys\n"
        "print(json.dumps([{'says': 'first', 'sounds': True} for _ in json.load(sys.stdin)]))\n"
    )
    assert len(wrong(f"python3 {naive}")) == len(cases()) - 2  # but for the first and "threads are apart"
    late = cases(LATE_VECTORS)
    silent = [case["name"] for case in late if any(not step["sounds"] for step in case["steps"])]
    assert wrong(f"python3 {naive}", LATE_VECTORS) == silent
