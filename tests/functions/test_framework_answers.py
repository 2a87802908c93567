"""What functions-framework answers before a function of ours is asked."""

from __future__ import annotations

import sys

import pytest
from functions_framework import create_app

from infra.local.processes import ROOT


@pytest.mark.parametrize("name", ["public_api", "staff_api"])
def test_a_line_break_in_the_path_is_refused_under_our_headers(name, monkeypatch):
    for module in [one for one in sys.modules if one.startswith(f"functions.{name}")]:
        monkeypatch.delitem(sys.modules, module)  # imported anew, as in a process of its own
    answer = create_app(name, str(ROOT / "main.py")).test_client().get("/a/%0a")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
