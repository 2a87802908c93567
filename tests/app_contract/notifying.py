"""One notification for each thread and version: the rule itself, and cases that any app can be held to.

`vectors.json` is a list of cases: `name` and `steps`. A step has of a push what matters here (`thread`,
`version`, `sound`, `expires`, and `kind` where it shows that it does not) and the moment it comes, `now`;
then what it `says`, and whether it `sounds`:

- `first` shows a notification, `newer` and `again` replace the one under the tag;
- `repeat` and `over` show nothing. The web shows them once more without sound: a push must show something.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.app_contract.app import World
from tests.app_contract.requirement import requirement

VECTORS = Path(__file__).with_name("vectors.json")
Case = dict[str, Any]


@dataclass
class Seen:
    """The highest version shown of a thread, and whether it was shown with sound a second time."""

    version: int
    again: bool


class Notifier:
    """As docs/app-developers.md says, "One notification per thread and version"."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def take(self, push: dict[str, str], now: datetime) -> tuple[str, bool]:
        """What the push is, and whether it may sound."""
        says = self._judge(push, now)
        if says != "repeat":
            seen, version = self._seen.get(push["thread"]), int(push["version"])
            again = push["sound"] == "again" or bool(seen and seen.version == version and seen.again)
            self._seen[push["thread"]] = Seen(version, again)
        return says, says in ("first", "newer", "again") and push["sound"] != "off"

    def _judge(self, push: dict[str, str], now: datetime) -> str:
        seen, version = self._seen.get(push["thread"]), int(push["version"])
        first_again = seen is not None and push["sound"] == "again" and not seen.again
        if seen and (version < seen.version or (version == seen.version and not first_again)):
            return "repeat"
        if datetime.fromisoformat(push["expires"]) <= now:
            return "over"
        if seen is None:
            return "first"
        return "newer" if version > seen.version else "again"


def cases() -> list[Case]:
    found: list[Case] = json.loads(VECTORS.read_text())
    return found


def reference(case: Case) -> list[dict[str, object]]:
    notifier = Notifier()
    taken = [notifier.take(step["push"], datetime.fromisoformat(step["now"])) for step in case["steps"]]
    return [{"says": says, "sounds": sounds} for says, sounds in taken]


def expected(case: Case) -> list[dict[str, object]]:
    return [{"says": step["says"], "sounds": step["sounds"]} for step in case["steps"]]


def answer_of(command: str, case: Case) -> list[dict[str, object]]:
    """What an app's own logic says: it reads the steps as JSON on stdin and prints an answer for each."""
    steps = [{"push": step["push"], "now": step["now"]} for step in case["steps"]]
    run = subprocess.run(
        shlex.split(command), input=json.dumps(steps), capture_output=True, text=True, timeout=60, check=True
    )
    answer: list[dict[str, object]] = json.loads(run.stdout)
    return answer


def wrong(command: str | None) -> list[str]:
    """Names of the cases that the app's logic, or the reference, answers otherwise."""
    said = {case["name"]: answer_of(command, case) if command else reference(case) for case in cases()}
    return [case["name"] for case in cases() if said[case["name"]] != expected(case)]


@requirement("6.1", "one notification for each thread and version, by the cases of vectors.json")
def _(world: World) -> None:
    failed = wrong(world.notifications)
    assert not failed, "; ".join(failed)
