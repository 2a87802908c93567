"""Tests whose size a command raises (POINTS=20000): of the suite they are a small share of the whole run."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

SECONDS = 300  # that a test of the suite may take


@dataclass(frozen=True)
class Size:
    """How much is tried: `usual` by the suite, more by who sets the variable `name`."""

    name: str
    usual: int

    @property
    def count(self) -> int:
        return int(os.environ.get(self.name, self.usual))

    @property
    def patience(self) -> pytest.MarkDecorator:
        """As many times what a test may take as there is more to try."""
        return pytest.mark.timeout(max(SECONDS, SECONDS * self.count // self.usual))
