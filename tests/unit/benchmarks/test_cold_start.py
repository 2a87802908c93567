"""What the benchmark of cold starts starts."""

from __future__ import annotations

import main
from benchmarks.cold_start import functions


def test_every_function_is_started_by_a_name_that_main_has(tmp_path):
    bare, *declared = functions(tmp_path)
    assert bare.target == "empty"
    assert {one.target for one in declared} == main.FUNCTIONS
    assert {"start_urgent", "deliver_urgent"} < {one.name for one in declared}
