"""A letter to every address: python -m manage.letters TERC --out FOLDER --site https://alerty.gmina.pl

Batches by street as PDF, for the yearly letter about taxes; `index.csv` says where each address is. The code
on a letter holds the address of the house and nothing else; nothing is stored, and nobody learns who used it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from manage.letters.mailing import Mailing, Wanted, everywhere, mailing_of, site_of
from manage.letters.pages import Sender
from manage.letters.printing import print_all
from manage.letters.progress import Bar
from manage.letters.streets import chosen
from shared.domain.search.gazetteer import Gazetteer
from shared.errors import AlertOnlineError
from shared.settings import SettingsError


class Refused(Exception):
    """The words say why nothing was printed."""


def main(arguments: Sequence[str]) -> int:
    from typst import TypstError

    given = _parser().parse_args(arguments)
    try:
        _print(given)
    except (Refused, SettingsError, AlertOnlineError, OSError, TypstError) as error:
        print(f"Nothing is complete: {error}", file=sys.stderr)
        return 1
    return 0


def _print(given: argparse.Namespace) -> None:
    if given.out.exists() and any(given.out.iterdir()):
        raise Refused(f"{given.out} is not empty")
    gazetteer, sender = _register(given.terc), _sender(given.terc, given.site)
    mailing = mailing_of(gazetteer, given.site, _wanted(gazetteer, given.street))
    for street in mailing.nameless:
        print(f"left out, without a code in the register: {street}", file=sys.stderr)
    bar = Bar(mailing.count)
    print_all(mailing, sender, given.out, bar, given.workers)
    print(_said(mailing, bar.seconds))


def _said(mailing: Mailing, seconds: float) -> str:
    left_out = f"; {len(mailing.nameless)} streets left out" if mailing.nameless else ""
    return f"{mailing.count:,} letters in {len(mailing.batches):,} files, {seconds:.1f} s{left_out}"


def _register(terc: str) -> Gazetteer:
    from shared import wiring

    found = wiring.areas().gazetteer(terc)
    if found is None:
        raise Refused(f"there are no addresses of {terc}; import its registers first")
    return found


def _sender(terc: str, site: str) -> Sender:
    from shared import wiring

    served = {one.terc: one for one in wiring.municipalities().served()}
    if terc not in served:
        raise Refused(f"there is no municipality {terc}; open it first")
    return Sender(served[terc].name, served[terc].contact, site)


def _wanted(gazetteer: Gazetteer, names: Sequence[str]) -> Wanted:
    try:
        return chosen(gazetteer, names) if names else everywhere
    except LookupError as error:
        raise Refused(str(error.args[0])) from None


def _site(text: str) -> str:
    try:
        return site_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m manage.letters", description="A letter to every address")
    parser.add_argument("terc", metavar="TERC", help="seven digits, as in the register")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="new or empty")
    parser.add_argument("--site", type=_site, required=True, help="of the residents, https://alerty.gmina.pl")
    parser.add_argument(
        "--street", action="append", default=[], help="by name or code (SYM:SYM_UL, or SYM); may be repeated"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes; as many as there are cores")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
