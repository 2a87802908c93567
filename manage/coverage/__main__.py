"""The coverage of a municipality, counted now: python -m manage.coverage TERC

For one that is new, or too large for a run of `sweep`, which counts all others once a month. Costs some
95,000 reads for 25,000 places of 20,000 residents, half of them for the walk through all residents, which is
done once a month.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from shared.domain.coverage import month_of
from shared.errors import AlertOnlineError
from shared.services.coverage.count_coverage import count_coverage
from shared.services.coverage.count_silent import count_silent
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.settings import SettingsError

PAGE = 500  # residents


def main(arguments: Sequence[str]) -> int:
    from shared import wiring

    parser = argparse.ArgumentParser(prog="python -m manage.coverage", description="Counts the coverage now")
    parser.add_argument("terc", metavar="TERC", help="seven digits, as in the register")
    terc = parser.parse_args(arguments).terc
    try:
        counted = count(terc, wiring.coverage_ports())
    except (AlertOnlineError, SettingsError) as error:
        print(f"It was not finished, run it again: {error}", file=sys.stderr)
        return 1
    if not counted:
        print(f"There are no addresses of {terc}; import its registers first.", file=sys.stderr)
        return 1
    print(f"{terc} is counted.")
    return 0


def count(terc: str, ports: CoveragePorts) -> bool:
    """The month's walk goes on from where it is."""
    walk = ports.store.walk(month_of(ports.clock.now()))
    while walk.position is not None:
        walk = count_silent(walk, ports, PAGE)
    return count_coverage(terc, ports, walk.found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
