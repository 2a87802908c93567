"""`python -m tests.rules` writes the matrix of rights into docs/data.md."""

from __future__ import annotations

from tests.rules.matrix import PAGE, with_table

PAGE.write_text(with_table(PAGE.read_text()))
