"""What is said of mutants, from what mutmut keeps of them."""

from __future__ import annotations

import json

from tests.mutants.__main__ import read, report

KEPT = {"killed": 1, "mistyped": 37, "too slow": 36, "survivor": 0, "lonely": 33, "later": None}


def test_the_killed_are_counted_of_those_tried_and_survivors_are_named(tmp_path):
    folder = tmp_path / "shared" / "geo"
    folder.mkdir(parents=True)
    (folder / "cover.py.meta").write_text(json.dumps({"exit_code_by_key": KEPT}))
    assert list(report([read("shared/geo", tmp_path)])) == [
        "survived: survivor",
        "no test: lonely",
        (
            "shared/geo: 5 tried, 60.0 % killed (1 no test, 1 survived): 1 by mypy, "
            "of the others 50.0 % by tests; 1 not tried"
        ),
        '{"geo": {"killed": 60.0, "by_tests": 50.0}}',
    ]


def test_of_what_was_not_tried_nothing_is_said(tmp_path):
    assert list(report([read("shared/domain", tmp_path)])) == [
        (
            "shared/domain: 0 tried, None % killed (none survived): 0 by mypy, "
            "of the others None % by tests; 0 not tried"
        ),
        '{"domain": {"killed": null, "by_tests": null}}',
    ]
