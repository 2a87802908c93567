"""Runs the benchmarks one after the other, keeps their last lines and writes docs/performance.md from them.

python -m benchmarks [NAME ...]: all of benchmarks/page.toml, in its order.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime

from benchmarks import page
from benchmarks.outcome import keep
from benchmarks.report import machine


def run(name: str) -> bool:
    """Its output is shown as it comes. False when it failed; a result is kept all the same."""
    print(f"\n== {name}", flush=True)
    began, lines = time.monotonic(), [""]
    command = [sys.executable, "-u", "-m", f"benchmarks.{name}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    failed = process.returncode != 0
    try:
        result = json.loads(lines[-1])
    except ValueError:
        print(f"{name}: no result; its last line is not JSON", file=sys.stderr)
        return False
    about = {"machine": machine(), "seconds": round(time.monotonic() - began), "failed": failed}
    keep(name, {"result": result, **about, "date": datetime.now(UTC).date().isoformat()})
    return not failed


def main(names: list[str]) -> int:
    failed = [name for name in names or page.names() if not run(name)]
    page.write()
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
