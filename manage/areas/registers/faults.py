"""What is wrong with a register's file: a row that is left out, or the whole file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rejection:
    """A row that is left out; `row` is the line of a CSV, the record's turn in other formats, from 1."""

    file: str
    row: int
    reason: str


Reject = Callable[[int, str], None]  # row, reason


class RowFault(ValueError):
    """A row that cannot be used; its text is the reason."""


class FileFault(ValueError):
    """A file that is not taken at all; `row` is 0 where no row is to blame."""

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


class NoRegister(FileFault):
    """A file of another kind: refused where it was named, passed over in an archive that holds a register."""
