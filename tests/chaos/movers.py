"""Residents who write as the apps do while an alert is sent: they come, move, change phones and leave."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infra.local.stack import PROJECT, Stack
from shared import wiring
from shared.services.audience.index_resident import index_entries, index_state
from tests.chaos.town import Town
from tests.rules.conftest import AppClient
from tests.rules.firestore_json import SERVER_TIME

PAUSE = 0.15  # seconds at most between two writes
PACE = 1.1  # seconds after which the rules take a new target of the same phone (isPaced)
SLOTS = [str(slot) for slot in range(1, 9)]


@dataclass(frozen=True)
class Mover:
    uid: str
    app: AppClient


Change = Callable[[Mover, random.Random], None]


class Movers:
    """Whoever moved once stays a resident of the town, and is compared again after every later run."""

    def __init__(self, stack: Stack, town: Town) -> None:
        self._stack = stack
        self._town = town
        self._people: list[Mover] = []
        self.gone: set[str] = set()  # uids of those who erased themselves; some came again

    def arrive(self, dice: random.Random, count: int) -> None:
        for _ in range(count):
            uid, token = self._stack.anonymous()
            mover = Mover(uid, AppClient(self._stack.host("firestore"), PROJECT, token))
            self._people.append(mover)
            for change in (self._introduce, self._move, self._change_phone):
                change(mover, dice)

    def live(self, dice: random.Random, until: threading.Event) -> None:
        """Writes at random moments until told to end."""
        changes: tuple[Change, ...] = (
            *(self._move, self._move, self._add_place, self._leave_place),
            *(self._change_phone, self._add_phone, self._drop_phone, self._erase, self._introduce),
        )
        while not until.wait(dice.uniform(0, PAUSE)):
            dice.choice(changes)(dice.choice(self._people), dice)

    def wrongly_indexed(self) -> list[str]:
        """Uids whose index entries are not what their documents call for."""
        return [mover.uid for mover in self._people if not _agrees(mover.uid)]

    def __len__(self) -> int:
        return len(self._people)

    def _introduce(self, mover: Mover, dice: random.Random) -> None:
        self._set(mover, "", {"language": dice.choice(("pl", "en", "uk"))})

    def _move(self, mover: Mover, dice: random.Random, slot: str = "1") -> None:
        lat, lng = self._town.spot(dice)
        self._set(mover, f"/places/{slot}", {"label": "Dom", "point": {"latitude": lat, "longitude": lng}})

    def _add_place(self, mover: Mover, dice: random.Random) -> None:
        self._move(mover, dice, "2")

    def _leave_place(self, mover: Mover, dice: random.Random) -> None:
        mover.app.delete(f"residents/{mover.uid}/places/{dice.choice('12')}")

    def _change_phone(self, mover: Mover, dice: random.Random, slot: str = "1") -> None:
        """The rules take a new target of one phone once a second."""
        target = {"kind": "token", "value": f"phone-{mover.uid}-{slot}-{dice.randrange(10**6)}"}
        platform = dice.choice(("android", "ios", "web"))
        path, document = f"/devices/{slot}", {"platform": platform, "target": target}
        if not self._put(mover, path, document):
            time.sleep(PACE)
            self._set(mover, path, document)

    def _add_phone(self, mover: Mover, dice: random.Random) -> None:
        self._change_phone(mover, dice, "2")

    def _drop_phone(self, mover: Mover, dice: random.Random) -> None:
        mover.app.delete(f"residents/{mover.uid}/devices/{dice.choice('12')}")

    def _erase(self, mover: Mover, dice: random.Random) -> None:
        self.gone.add(mover.uid)
        mover.app.delete(f"residents/{mover.uid}")

    def _set(self, mover: Mover, path: str, document: Mapping[str, object]) -> None:
        assert self._put(mover, path, document), f"the rules refused {path}"

    def _put(self, mover: Mover, path: str, document: Mapping[str, object]) -> bool:
        return mover.app.set(f"residents/{mover.uid}{path}", {**document, "updated": SERVER_TIME})


def _agrees(uid: str) -> bool:
    resident, _ = wiring.residents().read(uid)
    called_for = index_entries(resident, wiring.municipalities(), wiring.reachable, wiring.areas())
    stored = wiring.audience().entries([f"{uid}.{slot}" for slot in SLOTS], None)
    state = wiring.audience().state(uid)
    same_state = not called_for if state is None else state.value == index_state(called_for)
    return same_state and sorted(stored, key=lambda entry: entry.place) == list(called_for)
