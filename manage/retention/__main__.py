"""Says until when it is kept, of what was written before that was said: python -m manage.retention.

Once after an upgrade from release 0.2.0 or before, and again as long as apps write receipts without it; what
is done is not done again. Costs a read for each alert, receipt and report there is. See docs/operations.md.
"""

from __future__ import annotations

import sys

from shared.errors import AlertOnlineError


def main() -> int:
    from shared import wiring
    from shared.adapters.unkept import say_until_when

    try:
        for collection, count in say_until_when(wiring.firestore(), wiring.clock().now()).items():
            print(f"{collection}: {count} documents are now kept until their time")
    except AlertOnlineError as error:
        print(f"It was not finished, run it again: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
