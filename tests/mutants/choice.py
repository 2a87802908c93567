"""Which tests a mutant meets (a plugin of pytest): those that reach the fewest functions first, for a while.

A test of a whole delivery reaches almost every function and takes its time; were all of them tried, the
mutants of one folder would take a night. So one counts as survived that its nearest tests did not notice:
the percentages say less than the whole suite would, never more.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import inf
from pathlib import Path

import pytest
from hypothesis import Phase, settings

LONGEST = 5.0  # seconds of tests for one mutant, as they took without one
REACHED = Path("mutmut-stats.json")  # what mutmut noted of each test, in the folder where it runs them


@cache
def reached(file: Path = REACHED) -> tuple[Mapping[str, int], Mapping[str, float]]:
    """How many functions each test reaches, and its seconds."""
    noted = json.loads(file.read_text())
    functions = Counter(test for tests in noted["tests_by_mangled_function_name"].values() for test in tests)
    return functions, noted["duration_by_test"]


def nearest(tests: Sequence[str], functions: Mapping[str, int], seconds: Mapping[str, float]) -> list[str]:
    """As many as fit into LONGEST, at least one; an unknown one counts as far and long."""
    chosen: list[str] = []
    left = LONGEST
    for test in sorted(tests, key=lambda test: (functions.get(test, inf), seconds.get(test, LONGEST))):
        left -= seconds.get(test, LONGEST)
        if chosen and left < 0:
            break
        chosen.append(test)
    return chosen


def forget() -> None:
    """What code had answered before the mutant, and the process keeps (`functools.cache`), would hide it."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("shared.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def pytest_configure() -> None:
    """A random example that fails has noticed the mutant; a smaller one says nothing more."""
    settings.register_profile("mutants", phases=(Phase.explicit, Phase.generate), database=None)
    settings.load_profile("mutants")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    if mutant == "" and REACHED.exists():
        reached()  # once, before the workers are forked
    if "__mutmut_" not in mutant:
        return
    forget()
    by_name = {item.nodeid: item for item in items}
    chosen = nearest(list(by_name), *reached())
    config.hook.pytest_deselected(items=[by_name[name] for name in by_name.keys() - set(chosen)])
    items[:] = [by_name[name] for name in chosen]
