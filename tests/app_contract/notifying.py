"""One notification for each thread and version: the rule itself, and cases that any app can be held to.

`vectors.json` is a list of cases: `name` and `steps`. A step has of a push what matters here (`thread`,
`version`, `sound`, `expires`, and `kind` or `narrowed` where they show that they do not) and the moment
it comes, `now`; then what it `says`, and whether it `sounds`:

- `first` shows a notification, `newer` and `again` replace the one under the tag;
- `repeat` and `over` show nothing. The web shows them once more without sound: a push must show something.

`late_vectors.json` (late_vectors.py writes it) has pushes that come late and what the site answers of them:
`cancelled` shows without sound that it was cancelled, `replaced` the newer version's text.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shared.domain.alert import State
from shared.formats.signed_alert import SignedAlert, verify
from tests.app_contract.app import World
from tests.app_contract.requirement import requirement
from tests.clients.keys import read_key

VECTORS, LATE_VECTORS = (Path(__file__).with_name(name) for name in ("vectors.json", "late_vectors.json"))
LATE = timedelta(minutes=2)
NEWS = ("first", "newer", "again")
Case = dict[str, Any]
Step = dict[str, Any]


@dataclass
class Seen:
    """The highest version shown of a thread, and whether it was shown with sound a second time."""

    version: int
    again: bool


class Notifier:
    """As docs/app-developers.md says, "One notification per thread and version"."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def take(self, step: Step) -> tuple[str, bool]:
        """What the push is, and whether it may sound."""
        push, now = step["push"], datetime.fromisoformat(step["now"])
        says = self._judge(push, now)
        if says in NEWS and "sent" in push and now - datetime.fromisoformat(push["sent"]) > LATE:
            says = revised(says, push, signed_state(step))
        if says != "repeat":
            seen, version = self._seen.get(push["thread"]), int(push["version"])
            again = push["sound"] == "again" or bool(seen and seen.version == version and seen.again)
            self._seen[push["thread"]] = Seen(version, again)
        return says, says in NEWS and push["sound"] != "off"

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


def signed_state(step: Step) -> SignedAlert | None:
    """What the site answered, when the municipality has signed it: the newest of the case."""
    answer, municipality = step["answer"], step["municipality"]
    try:
        published = json.loads(answer["body"]) if answer and answer["status"] == 200 else {}
    except ValueError:
        return None
    keys = [read_key(key) for key in municipality["keys"]]
    own = verify(published, step["push"]["alert"], municipality["terc"], keys).signed
    others = [
        verify(one, one["alert"], municipality["terc"], keys).signed for one in published.get("thread", [])
    ]
    of_case = [one for one in others if one and own and one.alert.thread == own.alert.thread]
    return max([own, *of_case], key=lambda one: one.alert.version) if own else None


def revised(says: str, push: dict[str, str], signed: SignedAlert | None) -> str:
    """What becomes of news that came late."""
    version = int(push["version"])
    if signed is None or signed.alert.thread != push["thread"] or signed.alert.version < version:
        return says
    if signed.alert.state is State.CANCELLED:
        return "cancelled"
    return "replaced" if signed.alert.version > version else says


def cases(vectors: Path = VECTORS) -> list[Case]:
    found: list[Case] = json.loads(vectors.read_text())
    return found


def reference(case: Case) -> list[dict[str, object]]:
    notifier = Notifier()
    return [{"says": says, "sounds": sounds} for says, sounds in map(notifier.take, case["steps"])]


def expected(case: Case) -> list[dict[str, object]]:
    return [{"says": step["says"], "sounds": step["sounds"]} for step in case["steps"]]


def answer_of(command: str, case: Case) -> list[dict[str, object]]:
    """What an app's own logic says: it reads the steps as JSON on stdin and prints an answer for each."""
    steps = [{k: v for k, v in step.items() if k not in ("says", "sounds")} for step in case["steps"]]
    run = subprocess.run(
        shlex.split(command), input=json.dumps(steps), capture_output=True, text=True, timeout=60, check=True
    )
    answer: list[dict[str, object]] = json.loads(run.stdout)
    return answer


def wrong(command: str | None, vectors: Path = VECTORS) -> list[str]:
    """Names of the cases that the app's logic, or the reference, answers otherwise."""
    found = cases(vectors)
    said = [answer_of(command, case) if command else reference(case) for case in found]
    return [case["name"] for case, says in zip(found, said, strict=True) if says != expected(case)]


@requirement("6.1", "one notification for each thread and version, by the cases of vectors.json")
def _(world: World) -> None:
    failed = wrong(world.notifications)
    assert not failed, "; ".join(failed)


@requirement("6.2", "a late push is silenced by the signed state alone, by the cases of late_vectors.json")
def _(world: World) -> None:
    failed = wrong(world.notifications, LATE_VECTORS)
    assert not failed, "; ".join(failed)
