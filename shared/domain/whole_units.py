"""Places that are a whole village or the whole gmina instead of a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from shared.domain.area_parts import Level

_MARK = "="  # behind all digits: no range of H3 cells holds such a text
_GMINA_DIGITS = 6  # the seventh, RODZ, changes over the years


@dataclass(frozen=True)
class WholeUnit:
    """`level` is LOCALITY or GMINA, `code` a SYM of 7 digits or the first 6 of a TERC."""

    level: Level
    code: str

    @classmethod
    def of(cls, level: str, code: str) -> Self:
        """Of a TERC of 7 digits too. Raises ValueError for any other unit."""
        wanted = {Level.LOCALITY: 7, Level.GMINA: _GMINA_DIGITS}.get(known := Level(level))
        code = code[:_GMINA_DIGITS] if known is Level.GMINA and len(code) == _GMINA_DIGITS + 1 else code
        if wanted != len(code) or not (code.isascii() and code.isdigit()):
            raise ValueError(level)
        return cls(known, code)

    @property
    def cell(self) -> str:
        """What stands for the cell in the index: one text for all who chose the unit."""
        return f"{_MARK}{self.code}"


EVERY_WHOLE = (_MARK, f"{_MARK}~")  # the range that holds them all


def is_whole(cell: str) -> bool:
    return cell.startswith(_MARK)
