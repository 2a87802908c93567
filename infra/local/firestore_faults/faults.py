"""Which calls are to fail, and how."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass as checked

MOST_BEFORE_A_BREAK = 40  # messages of a stream


class Fate(StrEnum):
    """The first three never reach Firestore; the others do."""

    UNAVAILABLE = "unavailable"
    ABORTED = "aborted"
    DEADLINE_EXCEEDED = "deadline_exceeded"
    ANSWER_LOST = "answer_lost"  # it was done, and the caller hears UNAVAILABLE
    BROKEN = "broken"  # UNAVAILABLE after some messages of a stream


REFUSED = frozenset({Fate.UNAVAILABLE, Fate.ABORTED, Fate.DEADLINE_EXCEEDED})
WRITES = frozenset({"Commit", "BatchWrite"})
STREAMS = frozenset({"RunQuery", "BatchGetDocuments", "RunAggregationQuery"})
POSSIBLE = {
    **dict.fromkeys(WRITES, REFUSED | {Fate.ANSWER_LOST}),
    **dict.fromkeys(STREAMS, REFUSED | {Fate.BROKEN}),
}

Probability = Annotated[float, Field(ge=0, le=1)]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Settings:
    """`rates`: by method, the share of its calls that meets each fate; `latency_ms`: added to every call."""

    rates: dict[str, dict[Fate, Probability]] = Field(default_factory=dict)
    latency_ms: Annotated[float, Field(ge=0)] = 0.0
    seed: int | None = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for method, fates in self.rates.items():
            if method not in POSSIBLE:
                raise ValueError(f"no such method: {method} (there are {', '.join(sorted(POSSIBLE))})")
            if impossible := fates.keys() - POSSIBLE[method]:
                raise ValueError(f"{method} cannot be {', '.join(sorted(impossible))}")
        return self


@dataclass
class Faults:
    """The settings in force, their dice, and what happened so far."""

    settings: Settings = field(default_factory=Settings)
    dice: random.Random = field(default_factory=random.Random)
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def change(self, text: str) -> None:
        """`text`: a JSON object of settings; the others stay. Raises ValueError naming the wrong one."""
        changes: Any = json.loads(text)
        if not isinstance(changes, dict):
            raise ValueError("a JSON object is expected")
        present = TypeAdapter(Settings).dump_python(self.settings)
        try:
            settings = TypeAdapter(Settings).validate_python({**present, **changes})
        except ValidationError as error:
            wrong = error.errors()[0]
            raise ValueError(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from None
        if "seed" in changes:
            self.dice.seed(settings.seed)
        self.settings = settings

    def fate(self, method: str) -> Fate | None:
        """What this call meets; None: it passes."""
        left = self.dice.random()
        for fate, rate in self.settings.rates.get(method, {}).items():
            left -= rate
            if left < 0:
                self.counts[method][fate] += 1
                return fate
        self.counts[method]["passed"] += 1
        return None

    def messages_before_the_break(self) -> int:
        return self.dice.randrange(MOST_BEFORE_A_BREAK)
