"""python -m tests.app_contract: each requirement of docs/app-developers.md, pass or FAIL.

Exit code 1 when one fails. It starts a local stack of its own: it writes a municipality and sends alerts.
`--notifications COMMAND` holds an app's own notification logic to vectors.json instead of the reference; see
tests/app_contract/notifying.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from infra.local.stack import Stack
from tests.app_contract.app import World
from tests.app_contract.requirement import findings
from tests.app_contract.requirements import ALL
from tests.browser.town import Town


def report(stack: Stack, notifications: str | None = None) -> int:
    """Prints a line for each requirement; answers how many failed."""
    failed = 0
    for finding in findings(World(stack, Town(stack), notifications), ALL):
        print(finding.line(), flush=True)
        failed += finding.fault is not None
    print(f"{len(ALL) - failed} of {len(ALL)} requirements hold")
    return failed


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.app_contract", description=__doc__)
    options.add_argument("--notifications", metavar="COMMAND", help="reads steps on stdin, prints answers")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder), ports="free") as stack:
        return 1 if report(stack, chosen.notifications) else 0


if __name__ == "__main__":
    sys.exit(main())
