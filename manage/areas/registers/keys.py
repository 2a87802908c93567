"""Keys of millions of rows in little memory: 12 bytes for each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class Keys:
    """By 64-bit hashes: among ten million keys, two that differ are taken for one in a run of 300,000."""

    def __init__(self) -> None:
        self._hashes = array("q")
        self._rows = array("I")

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, key: str, row: int) -> None:
        self._hashes.append(hash(key))
        self._rows.append(row)

    def repeated(self) -> int | None:
        """The first row whose key stood in an earlier one."""
        hashes = self._array()
        order = np.argsort(hashes, kind="stable")
        again = order[1:][hashes[order[1:]] == hashes[order[:-1]]]
        return self._rows[int(again.min())] if again.size else None

    def missing_from(self, known: Keys) -> list[int]:
        """The rows whose key is not among `known`, the first before the others."""
        return self._rows_at(~np.isin(self._array(), known._array()))

    def common_with(self, other: Keys) -> list[int]:
        """The rows whose key is among `other` too."""
        return self._rows_at(np.isin(self._array(), other._array()))

    @classmethod
    def joined(cls, several: Iterable[Keys]) -> Keys:
        whole = cls()
        for one in several:
            whole._hashes.extend(one._hashes)
            whole._rows.extend(one._rows)
        return whole

    def _rows_at(self, chosen: NDArray[np.bool_]) -> list[int]:
        return [self._rows[int(at)] for at in np.flatnonzero(chosen)]

    def _array(self) -> NDArray[np.int64]:
        return np.frombuffer(self._hashes, dtype=np.int64) if self._hashes else np.empty(0, dtype=np.int64)
