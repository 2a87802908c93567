"""The model, small enough for seconds, keeps its promises; without a precondition it breaks the right one."""

from __future__ import annotations

import pytest

from tests.model.spin import HERE, SearchError, promises, read, searched
from tests.model.switches import REDUCED, SWITCHES
from tests.model.traces import STEPS

REPORT = """
State-vector 44 byte, depth reached 47, errors: 0
   260912 states, stored
  151.218	total actual memory usage
unreached in proctype everybody
	delivery.pml:69, state 12, "at[0] = 21"
	(1 of 1742 states)

pan: elapsed time 8.86 seconds
"""


def test_a_small_delivery_keeps_every_promise() -> None:
    search = searched(REDUCED)

    assert (search.errors, search.broken, search.complete, search.idle) == (0, None, True, 0)
    assert search.states > 50_000


@pytest.mark.parametrize("name", ["FENCE", "READ", "SWEEP"])
def test_without_a_precondition_its_promise_is_broken(name: str) -> None:
    assert searched(SWITCHES[name].without(name), small=True).broken == SWITCHES[name].breaks


def test_every_switch_of_the_model_is_tried() -> None:
    written = "".join(source.read_text() for source in HERE.glob("*.pml"))

    assert _switches(written) == set(SWITCHES)


def _switches(text: str) -> set[str]:
    words = text.replace("(", " ").replace(")", " ").split()
    return {word.removeprefix("WITHOUT_") for word in words if word.startswith("WITHOUT_")}


def test_each_expected_promise_is_one_of_the_model() -> None:
    assert {switch.breaks for switch in SWITCHES.values()} <= set(promises().values())


def test_steps_have_the_same_numbers_in_python_and_in_the_model() -> None:
    written = (HERE / "replay.pml").read_text()

    assert [f"#define S_{step} {number}\n" in written for number, step in enumerate(STEPS)] == [True] * len(
        STEPS
    )


def test_a_search_that_met_no_limit_is_complete() -> None:
    search = read(REPORT)

    assert (search.states, search.depth, search.complete, search.idle) == (260_912, 47, True, 1)


@pytest.mark.parametrize(
    "limit",
    [
        "error: max search depth too small",
        "Warning: Search not completed",
        "pan: reached -DMEMLIM bound, out of memory",
        "Bit statespace search for:",
    ],
)
def test_a_search_that_met_a_limit_is_not(limit: str) -> None:
    assert not read(f"{limit}\n{REPORT}").complete


def test_what_is_no_report_is_an_error() -> None:
    with pytest.raises(SearchError):
        read("pan: no such file")


def test_a_broken_promise_is_named() -> None:
    number = {name: number for number, name in promises().items()}["NOBODY_TWICE"]
    told = f"pan:1: assertion violated (excused[on[0]]||({number}==0)) (at depth 33)\n"

    assert read(told + REPORT).broken == "NOBODY_TWICE"


def test_a_run_without_end_is_named() -> None:
    assert read(f"pan:1: non-progress cycle (at depth 12)\n{REPORT}").broken == "EVERY_RUN_ENDS"
