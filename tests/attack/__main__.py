"""`make attack`: some two thousand attacks on a local stack of its own, each of which must fail.

A line an area, and one for each attack that succeeded; the last line is one JSON object with the numbers. The
exit code is 1 when any succeeded.
"""

from __future__ import annotations

import json
import sys

from infra.local.processes import StartError
from infra.local.stack import Stack
from infra.local.stack_state import State
from tests.attack import documents, office, pages
from tests.attack.tally import Tally
from tests.attack.target import Target


def main() -> int:
    tally = Tally()
    folder = State.default().folder / "attack"
    try:
        with Stack(folder, ports="free", reset=True, report=lambda _: None) as stack:
            target = Target.arrange(stack, tally)
            for attack in (documents.attack, documents.lists, office.attack, pages.attack):
                attack(target)
    except (StartError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*tally.lines(), json.dumps(tally.report())]), flush=True)
    return 1 if tally.successes else 0


if __name__ == "__main__":
    sys.exit(main())
