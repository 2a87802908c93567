"""Everything of one municipality in open formats: python -m manage.export TERC --to FOLDER --by NAME

JSON lines, CSV and GeoJSON with a manifest of counts and SHA-256; docs/operations.md says what is in it. Of
residents nothing, unless --residents is given with a reason (--why); who asked and why is in the audit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from manage.export.audited import Asked, audited
from manage.export.exporting import export
from manage.export.files import Written, faults
from manage.export.parts import PARTS
from manage.export.residents import RESIDENTS
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
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.check:
        return _check(given.to)
    if not given.terc or not given.by:
        parser.error("say which municipality (TERC), and who asks for it (--by)")
    if given.residents and not (given.why or "").strip():
        parser.error("--residents needs a reason: --why")
    return _export(Asked(given.terc, given.by, given.why or "", given.residents), given.to)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m manage.export", description="One municipality, whole")
    parser.add_argument("terc", metavar="TERC", nargs="?", default="", help="as in the register")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="one that is not there yet")
    parser.add_argument("--by", metavar="NAME", help="who asks for it, for the audit")
    parser.add_argument("--why", metavar="REASON", help="for the audit; needed with --residents")
    parser.add_argument("--residents", action="store_true", help="places and receipts of residents as well")
    parser.add_argument("--check", action="store_true", help="is the export as its manifest says?")
    return parser


def _export(asked: Asked, folder: Path) -> int:
    try:
        files = _written(asked, folder)
    except FileExistsError:
        print(f"{folder} is there already: name a folder that is not.", file=sys.stderr)
        return 2
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    except (AlertOnlineError, SettingsError, OSError) as error:
        print(f"It was not finished and left nothing, run it again: {error}", file=sys.stderr)
        return 1
    rows = sum(file.rows for file in files if file.name.endswith(".jsonl"))
    print(f"{asked.terc}: {rows:,} documents in {len(files)} files, {folder}")
    return 0


def _written(asked: Asked, folder: Path) -> list[Written]:
    """Raises LookupError for a municipality that is not there."""
    from shared import wiring
    from shared.adapters.whole_municipality import FirestoreWholeMunicipality

    said: dict[str, object] = {"begun": datetime.now(UTC).isoformat(), "residents": asked.residents}
    parts = (*PARTS, *RESIDENTS) if asked.residents else PARTS
    source = FirestoreWholeMunicipality(wiring.firestore())
    if not any(source.one(f"municipalities/{asked.terc}")):
        raise LookupError(f"There is no municipality {asked.terc}.")
    with audited(asked, wiring.audit()):
        return export(source, asked.terc, folder, said, Lines(), parts)


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
