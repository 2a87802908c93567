"""What Eventarc and Cloud Tasks may do to their receivers at any time, provoked."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

Probability = Annotated[float, Field(ge=0, le=1)]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Settings:
    """`duplicate`: share of events or tasks delivered twice; `lose_answer`: share of successful deliveries
    taken for failed, and repeated; `reorder_seconds`: each waits up to that; `lose`: share that is taken and
    never delivered (what remains after a day of failures); `pause`: nothing goes out."""

    duplicate: Probability = 0.0
    lose: Probability = 0.0
    lose_answer: Probability = 0.0
    reorder_seconds: Annotated[float, Field(ge=0)] = 0.0
    pause: bool = False
    seed: int | None = None


@dataclass
class Chaos:
    """The settings in force, their dice, and how often they were thrown against the receivers."""

    settings: Settings
    dice: random.Random
    provoked: Counter[str] = field(default_factory=Counter)  # by setting

    def change(self, text: str) -> None:
        """`text`: a JSON object of settings; the others stay. Raises ValueError naming the wrong one."""
        changes: Any = json.loads(text)
        if not isinstance(changes, dict):
            raise ValueError("a JSON object is expected")
        try:
            settings = TypeAdapter(Settings).validate_python({**asdict(self.settings), **changes})
        except ValidationError as error:
            wrong = error.errors()[0]
            raise ValueError(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from None
        if "seed" in changes:
            self.dice.seed(settings.seed)
        self.settings = settings

    def copies(self) -> int:
        return 1 + self._happens("duplicate", self.settings.duplicate)

    def loses(self) -> bool:
        return self._happens("lose", self.settings.lose)

    def delay(self) -> float:
        return self.dice.uniform(0, self.settings.reorder_seconds)

    def loses_answer(self) -> bool:
        return self._happens("lose_answer", self.settings.lose_answer)

    def report(self) -> dict[str, Any]:
        return {"settings": asdict(self.settings), "provoked": self.provoked}

    def _happens(self, what: str, share: float) -> bool:
        happens = self.dice.random() < share
        self.provoked[what] += happens
        return happens
