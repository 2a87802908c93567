"""`python -m tests.services.interlock 1000`: so many tries, each by its seed."""

from __future__ import annotations

import logging
import sys

from tests.services.interlock.tries import played


def main() -> None:
    logging.disable(logging.CRITICAL)
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    wrong = [fault for seed in range(1, tries + 1) if (fault := played(seed))]
    sys.stdout.write(f"{tries} tries, {len(wrong)} of them wrong\n{''.join(wrong)}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
