"""Some of what the exploration sees, replayed in the model; `make model TRACES=file` replays a thousand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.model.replay import replayed

SEEDS = range(1, 61)


def _lines() -> Iterator[str]:
    trace = pytest.importorskip("tests.explore.trace", reason="the exploration is not here")
    seeds = pytest.importorskip("tests.explore.seeds", reason="the exploration is not here")
    for seed in SEEDS:
        seen = trace.Trace()
        seeds.played(seed, seen)
        yield from trace.exported(seed, seen)


def test_what_the_exploration_sees_can_happen_in_the_model():
    found = replayed(_lines())

    assert [(refusal.seed, refusal.tail) for refusal in found.refused] == []
    assert found.replayed >= len(SEEDS) // 2
