"""Prints the mails that the local stack's provider took for an address, the newest last.

python -m infra.local.mails anna@regionalna.example
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from infra.local.aws.letter_box import LetterBox
from infra.local.stack_state import State


def _when(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC).astimezone():%Y-%m-%d %H:%M:%S}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Say whose: make mail TO=<an address>", file=sys.stderr)
        return 2
    found = list(LetterBox(State.default().mails).mails(arguments[0]))
    for mail in found:
        print(f"{_when(mail['at'])}  {mail['subject']}\n\n{mail['text']}")
    if not found:
        print("There is none.", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
