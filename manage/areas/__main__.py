"""The official registers of areas: TERYT (TERC, SIMC, ULIC, WMRODZ) and PRG (address points, boundaries).

python -m manage.areas import FILE... [--terc TERC]... [--as-of DAY] [--fewer] [--rejected FILE] [--dry-run]
python -m manage.areas open TERC FILE... --keys FOLDER [--name NAME] [--languages pl,en] [--contact FILE]

Into the project of the environment, or the emulator that it names. docs/operations.md says when to do what.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from manage.areas.importing import Imported, Telling, Wanted, import_registers
from manage.areas.opening import Opening, ensure_key, open_municipality
from manage.areas.report import Progress, print_report, rejections
from manage.areas.survey import survey
from manage.signing_keys.key_ring import KeyTrouble
from shared import vocabulary
from shared.adapters.municipality_documents import CONTACT
from shared.errors import AlertOnlineError, Conflict


def main(arguments: Sequence[str]) -> int:
    """1 when anything is refused: nothing was changed then."""
    from shared.settings import SettingsError

    given = _parser().parse_args(arguments)
    try:
        return 0 if _done(given) else 1
    except Conflict:
        print("Somebody else imports it at the same time. Run it again.", file=sys.stderr)
    except AlertOnlineError as error:
        print(f"Firestore did not take it ({error.code}). Run it again: it goes on.", file=sys.stderr)
    except (KeyTrouble, SettingsError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
    return 1


def _done(given: argparse.Namespace) -> bool:
    progress = Progress()
    with rejections(given.rejected) as reject:
        telling = Telling(reject, progress, progress.writing)
        if given.command == "open":
            imported = _opened(given, telling)
        elif given.dry_run:
            imported = Imported(survey(given.files, reject, progress))
        else:
            imported = _imported(given, telling)
    print_report(imported.found, progress.seconds, imported.municipalities)
    return not imported.found.refusals


def _imported(given: argparse.Namespace, telling: Telling) -> Imported:
    from shared import wiring

    store = wiring.area_import()
    tercs = given.terc or store.served()
    if not tercs:
        raise ValueError("No municipality is served. `open` opens one, --terc names others.")
    return import_registers(store, given.files, Wanted(tercs, given.as_of or "", given.fewer), telling)


def _opened(given: argparse.Namespace, telling: Telling) -> Imported:
    from shared import wiring

    contact = _contact(given.contact)
    opening = Opening(given.terc, given.languages, given.name, contact)
    wanted = Wanted([given.terc], given.as_of or "", given.fewer)
    imported = open_municipality(wiring.area_import(), opening, given.files, wanted, telling)
    if not imported.found.refusals:
        key = ensure_key(wiring.municipalities(), given.terc, given.keys, wiring.clock().now())
        print(f"{given.terc} signs with the key {key.id}; its private half is in {given.keys}.")
    return imported


def _contact(path: Path | None) -> dict[str, str]:
    """Raises ValueError for what is no contact of an office."""
    if path is None:
        return {}
    found = json.loads(path.read_text(encoding="utf-8-sig"))
    fine = isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
    if not fine or not set(found) <= set(CONTACT):
        raise ValueError(f"{path.name} is not an object of texts named {', '.join(CONTACT)}")
    return dict(found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.areas", description="The official registers of areas")
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="takes files of TERYT and PRG, known by their content")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument(
        "--terc", type=_terc, action="append", help="of these municipalities; else of all that are served"
    )
    importing.add_argument("--dry-run", action="store_true", help="no store is asked or written")
    opening = commands.add_parser("open", help="opens a municipality")
    opening.add_argument("terc", type=_terc, metavar="TERC")
    opening.add_argument("files", nargs="+", type=Path, metavar="FILE")
    opening.add_argument("--name", help='as it is shown; else "Gmina" and the name in TERC')
    opening.add_argument("--languages", type=_languages, default=["pl"], help="of its alerts: pl,en,uk")
    opening.add_argument(
        "--contact", type=Path, metavar="FILE", help="JSON: phone, email, address, dpo and more"
    )
    opening.add_argument("--keys", type=Path, required=True, metavar="FOLDER", help="of the private keys")
    for command in (importing, opening):
        command.add_argument("--as-of", type=_day, help="the day of addresses and boundaries")
        command.add_argument("--fewer", action="store_true", help="even if half of the addresses are gone")
        command.add_argument(
            "--rejected", type=Path, metavar="FILE", help="a CSV of rejected rows and reasons"
        )
    return parser


def _terc(text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}[123]", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits of a whole gmina, as in the register TERC")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2026-01-31") from None


def _languages(text: str) -> list[str]:
    known, found = list(vocabulary.values("languages")), text.split(",")
    if found[0] != "pl" or not set(found) <= set(known) or len(set(found)) < len(found):
        raise argparse.ArgumentTypeError(f"pl first, then of {', '.join(known)}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
