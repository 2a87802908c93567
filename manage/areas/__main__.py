"""The official registers of areas: TERYT (TERC, SIMC, ULIC, WMRODZ) and PRG (address points, boundaries).

python -m manage.areas import FILE... --dry-run [--rejected FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from manage.areas.report import Progress, print_report, rejections
from manage.areas.survey import survey


def main(arguments: list[str]) -> int:
    """1 when a file is refused."""
    given = _parser().parse_args(arguments)
    progress = Progress()
    with rejections(given.rejected) as reject:
        found = survey(given.files, reject, progress)
    print_report(found, progress.seconds)
    return 1 if found.refusals else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.areas", description="The official registers of areas")
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="reads files of TERYT and PRG, known by their content")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument(
        "--dry-run", action="store_true", required=True, help="no store is asked or written; required so far"
    )
    importing.add_argument("--rejected", type=Path, metavar="FILE", help="a CSV of rejected rows and reasons")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
