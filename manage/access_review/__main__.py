"""The yearly review of access of a municipality, to be printed and signed by hand.

python -m manage.access_review TERC

Who may do what, how far, and when they last signed in; the page says the same under /review.
docs/operations.md says when it is done and what follows from it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from shared.errors import AlertOnlineError
from shared.formats.review_json import printed
from shared.services.staff.access_review import access_review


def main(arguments: Sequence[str]) -> int:
    from shared import wiring
    from shared.settings import SettingsError

    given = _parser().parse_args(arguments)
    try:
        office = wiring.municipalities().get(given.terc)
        review = access_review(wiring.review_ports(), given.terc)
    except AlertOnlineError as error:
        print(f"Could not be read ({error.code}). Run it again.", file=sys.stderr)
        return 1
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    for line in printed(review, office.name if office else given.terc):
        print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m manage.access_review", description="The review of access"
    )
    parser.add_argument("terc", metavar="TERC", type=_terc)
    return parser


def _terc(text: str) -> str:
    if not re.fullmatch(r"[0-9]{7}", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits, as in the register TERC")
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
