"""Everything of one municipality in open formats: python -m manage.export TERC --to FOLDER

JSON lines, CSV and GeoJSON with a manifest of counts and SHA-256; docs/operations.md says what is in it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from manage.export.exporting import export
from manage.export.files import faults
from shared.errors import AlertOnlineError
from shared.settings import SettingsError

EVERY_S = 2.0


class Lines:
    """A line now and then, and one at the end of a part."""

    def __init__(self) -> None:
        self._said = monotonic()

    def __call__(self, part: str, documents: int) -> None:
        if monotonic() - self._said >= EVERY_S:
            self._said = monotonic()
            print(f"{part}: {documents:,} documents", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    given = _parser().parse_args(arguments)
    return _check(given.to) if given.check else _export(given.terc, given.to)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m manage.export", description="One municipality, whole")
    parser.add_argument(
        "terc", metavar="TERC", nargs="?", default="", help="seven digits, as in the register"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="one that is not there yet")
    parser.add_argument(
        "--check", action="store_true", help="read an export back: is it as its manifest says?"
    )
    return parser


def _export(terc: str, folder: Path) -> int:
    from shared import wiring
    from shared.adapters.whole_municipality import FirestoreWholeMunicipality

    begun = datetime.now(UTC)
    said: dict[str, object] = {"begun": begun.isoformat(), "residents": False}
    try:
        source = FirestoreWholeMunicipality(wiring.firestore())
        if not any(source.one(f"municipalities/{terc}")):
            print(f"There is no municipality {terc}.", file=sys.stderr)
            return 1
        files = export(source, terc, folder, said, Lines())
    except FileExistsError:
        print(f"{folder} is there already: name a folder that is not.", file=sys.stderr)
        return 2
    except (AlertOnlineError, SettingsError, OSError) as error:
        print(f"It was not finished and left nothing, run it again: {error}", file=sys.stderr)
        return 1
    rows = sum(file.rows for file in files if file.name.endswith(".jsonl"))
    print(f"{terc}: {rows:,} documents in {len(files)} files, {folder}")
    return 0


def _check(folder: Path) -> int:
    try:
        found = faults(folder)
    except (OSError, ValueError, LookupError) as error:
        print(f"{folder} is no export: {error}", file=sys.stderr)
        return 1
    for fault in found:
        print(fault, file=sys.stderr)
    print("The export is not as it was made." if found else "The export is as its manifest says.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
