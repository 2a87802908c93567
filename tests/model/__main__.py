"""`make model`: everything that can happen to a small delivery, searched for a broken promise.

Then each precondition is taken away, which must break one (docs/adr/0022). PART=whole, endless or broken does
a part. The last line is one JSON object; the exit code is 0 only if all is as it must be.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping

from tests.model.spin import Defines, Search, missing_tools, searched
from tests.model.switches import ENDLESS, SWITCHES, WHOLE

PARTS = ("whole", "endless", "broken")


def main() -> int:
    if missing := missing_tools():
        sys.exit(f"{' and '.join(missing)} missing. On Debian: sudo apt-get install spin gcc")
    began, parts = time.monotonic(), _parts()
    searches = {
        **(_all(WHOLE, cycles=False) if "whole" in parts else {}),
        **(_all(ENDLESS, cycles=True) if "endless" in parts else {}),
    }
    broken = _broken() if "broken" in parts else {}
    report = {
        "states": sum(search.states for search in searches.values()),
        "errors": sum(search.errors for search in searches.values()),
        "complete": all(search.complete for search in searches.values()),
        "seconds": round(time.monotonic() - began),
        "broken": broken,
    }
    print(json.dumps(report))
    found = all(broken.get(name) == switch.breaks for name, switch in SWITCHES.items() if "broken" in parts)
    return 0 if report["complete"] and not report["errors"] and found else 1


def _parts() -> tuple[str, ...]:
    wanted = os.environ.get("PART")
    if wanted and wanted not in PARTS:
        sys.exit(f"PART={wanted}: give one of {', '.join(PARTS)}.")
    return (wanted,) if wanted else PARTS


def _all(spaces: Mapping[str, Defines], cycles: bool) -> dict[str, Search]:
    found: dict[str, Search] = {}
    for name, defines in spaces.items():
        found[name] = search = searched(defines, cycles)
        print(f"{name}\n  {_told(search)}", flush=True)
    return found


def _told(search: Search) -> str:
    size = (
        f"{search.states:,} states, {search.depth} deep, {search.megabytes:,.0f} MB, {search.seconds:.0f} s"
    )
    whole = "complete" if search.complete else "NOT COMPLETE"
    kept = "every promise kept" if not search.errors else f"BROKEN: {search.broken}"
    return f"{size}, {whole}, {kept}"


def _broken() -> dict[str, str | None]:
    broken: dict[str, str | None] = {}
    for name, switch in SWITCHES.items():
        broken[name] = found = searched(switch.without(name), small=True).broken
        as_expected = "" if found == switch.breaks else f" (NOT {switch.breaks})"
        print(f"without {name:<22} {found}{as_expected}: {switch.why}", flush=True)
    return broken


if __name__ == "__main__":
    sys.exit(main())
