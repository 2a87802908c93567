"""What the exploration may see is replayed in the model; what must never happen is refused by it.

All traces are led through one search: compiling the model takes longer.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.model.replay import replayed
from tests.model.traces import ForeignError, Limits, TooLargeError, TraceError, agents, parsed, told

BEGUN = [
    "s start alert=a1",
    "s end",
    "b begin delivery=push.1 slices=1",
    "b claim delivery=push.1 slice=0",
]
WAVE = ["b send delivery=push.1 slice=0", "b save delivery=push.1 slice=0"]
LAST = ["b send delivery=push.1 slice=0", "b save delivery=push.1 slice=0 done"]
FINISH = ["b finish delivery=push.1 state=done", "b end"]
OTHER = ["c claim delivery=push.1 slice=0"]
OTHER_WAVE = ["c send delivery=push.1 slice=0", "c save delivery=push.1 slice=0 done"]
HALT = ["b halt delivery=push.1 slice=0 done", "b finish delivery=push.1 state=stopped", "b end"]

POSSIBLE: dict[str, Sequence[str]] = {
    "from start to end": [*BEGUN, *WAVE, *LAST, *FINISH],
    "a late renewal": [*BEGUN, "b renew delivery=push.1 slice=0", *LAST, *FINISH],
    "a batch without phones": [*BEGUN, "b save delivery=push.1 slice=0 done", *FINISH],
    "handed over": [
        *BEGUN,
        *WAVE,
        "b handover delivery=push.1 slice=0",
        "b end",
        *OTHER,
        *OTHER_WAVE,
        "c finish delivery=push.1 state=done",
    ],
    "dead between send and save": [*BEGUN, LAST[0], "b ! crash", "b end", *OTHER, *OTHER_WAVE],
    "released after an outage": [
        *BEGUN,
        LAST[0],
        "b ! outage",
        "b release delivery=push.1 slice=0",
        "b end",
        *OTHER,
        *OTHER_WAVE,
    ],
    "stopped in the middle of a wave": [
        *BEGUN,
        "b ! stop",
        *OTHER,
        *OTHER_WAVE,
        "b go",
        LAST[0],
        "b refused",
        "b end",
    ],
    "resumed by sweep": [
        *BEGUN,
        "b ! crash",
        "b end",
        "w sweep_resume delivery=push.1 slice=0",
        "w end",
        *OTHER,
        *OTHER_WAVE,
    ],
    "cancelled before a wave": [*BEGUN, *WAVE, "p cancel alert=a1", "p end", *HALT],
    "cancelled during a wave": [*BEGUN, "p cancel alert=a1", "p end", *WAVE, *HALT],
    "cancelled before it begins": [
        "s start alert=a1",
        "p cancel alert=a1",
        "b finish delivery=push.1 state=stopped",
        "b end",
    ],
    "refused by the channel": ["s start alert=a1", "s fail delivery=push.1 state=failed", "s end"],
    "restarted": ["w sweep_restart alert=a1 state=scheduled", "w end", *BEGUN, *LAST, *FINISH],
}
IMPOSSIBLE: dict[str, Sequence[str]] = {
    "claimed twice while its worker lives": [*BEGUN, *OTHER, *OTHER_WAVE, LAST[1], *FINISH],
    "saved by who was overtaken": [*BEGUN, LAST[0], *OTHER, *OTHER_WAVE, LAST[1]],
    "sent without a claim": [*BEGUN[:3], *LAST],
    "saved with the alert over, by a newcomer": [
        *BEGUN,
        "b ! crash",
        "b end",
        "p cancel alert=a1",
        *OTHER,
        *OTHER_WAVE,
    ],
    "two waves after the cancel": [*BEGUN, "p cancel alert=a1", *WAVE, *LAST],
    "begun twice": [*BEGUN, "d begin delivery=push.1 slices=1", *LAST],
    "begun before the start": ["b begin delivery=push.1 slices=1", "s start alert=a1"],
    "started after the cancel": ["p cancel alert=a1", "p end", "s start alert=a1"],
    "done before its slice": [*BEGUN, *WAVE, *FINISH],
    "finished twice": [*BEGUN, *LAST, *FINISH, "c finish delivery=push.1 state=done"],
    "halted though nothing ended": [*BEGUN, *HALT[:1], "p cancel alert=a1", "b send delivery=push.1 slice=0"],
    "ended in the middle of a wave without a fault": [*BEGUN, LAST[0], "b end", *OTHER],
}


def _lines(seed: int, steps: Sequence[str]) -> list[str]:
    lines = []
    for step in steps:
        worker, _, rest = step.partition(" ")
        words = rest.split()
        name = 2 if words[0] == "!" else 1
        lines.append("\t".join((str(seed), "0.0", worker, " ".join(words[:name]), " ".join(words[name:]))))
    return lines


def test_what_may_happen_is_replayed_and_what_must_not_is_refused() -> None:
    cases = [*POSSIBLE.items(), *IMPOSSIBLE.items()]
    lines = [line for seed, (_, steps) in enumerate(cases) for line in _lines(seed, steps)]

    found = replayed(lines)

    refused = {cases[refusal.seed][0]: refusal.tail[-1] for refusal in found.refused}
    assert (found.foreign, found.too_large) == (0, 0)
    assert set(refused) == set(IMPOSSIBLE)
    assert found.replayed == len(POSSIBLE)
    assert (refused["begun twice"].step, refused["begun twice"].run) == ("BEGIN", "d")


@pytest.mark.parametrize("step", ["e draft alert=a1", "b ! stale-read", "b ! late-commit"])
def test_what_the_model_does_not_know_is_foreign(step: str) -> None:
    with pytest.raises(ForeignError):
        told(1, list(parsed(_lines(1, [*BEGUN, step]))), Limits())


def test_clocks_that_differ_about_the_end_are_foreign() -> None:
    steps = [*BEGUN, "b halt delivery=push.1 slice=0 done", "c send delivery=push.1 slice=0"]

    with pytest.raises(ForeignError):
        told(1, list(parsed(_lines(1, steps))), Limits())


def test_more_slices_than_the_model_holds_are_too_many() -> None:
    with pytest.raises(TooLargeError):
        told(1, list(parsed(_lines(1, ["b begin delivery=push.1 slices=9"]))), Limits())


def test_more_runs_at_once_than_the_model_has_agents_are_too_many() -> None:
    steps = [f"w{number} claim delivery=push.1 slice=0" for number in range(9)]
    trace = told(1, list(parsed(_lines(1, [*steps, *(f"w{number} end" for number in range(9))]))), Limits())

    with pytest.raises(TooLargeError):
        agents(trace, Limits())


def test_a_run_that_has_ended_gives_its_agent_to_the_next() -> None:
    trace = told(1, list(parsed(_lines(1, POSSIBLE["from start to end"]))), Limits())

    assert agents(trace, Limits()) == {"s": 0, "b": 0}


def test_a_line_of_another_shape_is_no_trace() -> None:
    with pytest.raises(TraceError):
        list(parsed(["1\tstart"]))
