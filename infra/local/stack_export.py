"""Firestore's data between two starts: whole exports, of which the last complete one counts."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from infra.local.firestore import FirestoreEmulator

_NAME = "firestore"


class Exports:
    """`current` names the export to start from; it is replaced in one step, after the export is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = folder / "current"
        self._digest = self._digest_of(self._current_folder())

    def _current_folder(self) -> Path | None:
        if not self._current.exists():
            return None
        return self._folder / self._current.read_text().strip()

    def seed(self) -> Path | None:
        """The file that the emulator starts from."""
        folder = self._current_folder()
        return folder / _NAME / f"{_NAME}.overall_export_metadata" if folder else None

    def save(self, emulator: FirestoreEmulator) -> bool:
        """Whether there was anything new. A crash at any moment leaves the previous export in force."""
        folder = self._folder / f"export-{time.time_ns()}"
        folder.mkdir(parents=True)
        emulator.export(folder, _NAME)
        digest = self._digest_of(folder)
        if digest == self._digest:
            shutil.rmtree(folder)
            return False
        new = self._current.with_suffix(".new")
        new.write_text(folder.name)
        new.replace(self._current)
        self._digest = digest
        self._remove_all_but(folder)
        return True

    def _remove_all_but(self, kept: Path) -> None:
        for folder in self._folder.glob("export-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def _digest_of(folder: Path | None) -> str | None:
        if folder is None:
            return None
        digest = hashlib.sha256()
        for file in sorted(folder.rglob("output-*")):
            with file.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
        return digest.hexdigest()
