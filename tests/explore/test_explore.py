"""A sample of `make explore`: some hundred seeds are as they should be, and planted mistakes are found."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.explore.bugs import BUGS
from tests.explore.seeds import first_failure, played
from tests.explore.town import towns
from tests.explore.trace import Trace, exported

ROOT = Path(__file__).parents[2]
SEEDS = range(1, 301)


@pytest.fixture(autouse=True)
def quiet_towns():
    logging.disable(logging.CRITICAL)  # crashes are logged, and here nearly everything crashes
    with towns():
        yield
    logging.disable(logging.NOTSET)


def steps(seed: int) -> tuple[list[str], list[str]]:
    delivery, index = Trace(), Trace()
    played(seed, delivery, index)
    return list(delivery.lines()), list(index.lines())


def run(*arguments: str, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.explore", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_some_hundred_seeds_are_as_they_should_be():
    failure = first_failure(SEEDS)
    assert failure is None, f"make explore FIRST={failure.seed} SEEDS=1: {failure.violations}"


@pytest.mark.parametrize(
    "bug",
    [
        "claim_without_lease",
        "cursor_before_send",
        "no_look_before_a_wave",
        "newest_ledger_alone",
        "the_end_told_to_the_area",
        "told_by_area_and_ledger",
    ],
)
def test_a_planted_mistake_is_found(bug):
    with BUGS[bug]():
        assert first_failure(SEEDS) is not None


def test_a_planted_mistake_is_gone_afterwards():
    with BUGS["one_slice_too_early"]():
        found = first_failure(SEEDS)
    assert found is not None
    assert played(found.seed).violations == []


@pytest.mark.parametrize("seed", [3, 14, 159])
def test_the_same_seed_is_the_same_life(seed):
    assert steps(seed) == steps(seed)


def test_another_seed_is_another_life():
    assert steps(3) != steps(4)


def test_one_seed_is_played_again_in_another_process_step_by_step():
    """Whatever order sets have there."""
    first, second = (run("--first", "7", "--seeds", "1", PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first[:-1] == second[:-1]
    assert any(line.split()[2:3] == ["end"] for line in first), "steps of workers"
    summary = json.loads(first[-1])
    assert (summary["seeds"], summary["first"], summary["violations"]) == (1, 7, 0)


def test_it_takes_seeds_from_the_environment():
    assert json.loads(run(FIRST="11", SEEDS="20")[-1])["seeds"] == 20


def test_traces_are_lines_of_five_fields(tmp_path):
    out = tmp_path / "traces"
    run("--first", "1", "--traces", "2", "--out", str(out))
    lines = out.read_text().splitlines()
    assert {line.split("\t")[0] for line in lines} == {"1", "2"}
    assert {len(line.split("\t")) for line in lines} == {5}
    trace = Trace()
    played(1, trace)
    assert [line for line in lines if line.startswith("1\t")] == list(exported(1, trace))
