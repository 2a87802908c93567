"""The page of results: figures and verdicts from a run, and places for what has not been run."""

from benchmarks.page import benchmarks, section

COVER = next(one for one in benchmarks() if one["name"] == "cover")
RUN = {"machine": "2 cores", "date": "2026-11-22", "seconds": 9}


def test_a_goal_that_is_met_and_one_that_is_missed_are_told_apart():
    page = "\n".join(section(COVER, {**RUN, "result": {"worst_ms": 58.0, "vs_h3": 40}}))
    assert "| `worst_ms` | <= 80 | 58.0 | met |" in page
    assert "| `vs_h3` | >= 100 | 40 | **missed** |" in page


def test_a_benchmark_that_was_not_run_has_places_for_its_figures():
    page = "\n".join(section(COVER, None))
    assert "| `worst_ms` | <= 80 | - | not measured |" in page
    assert "not run yet" in page
