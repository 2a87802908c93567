"""What meets the mails that are handed in, and what was handed in."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass as checked


class Fate(StrEnum):
    """The first three never reach the provider; the last does."""

    THROTTLED = "throttled"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    ANSWER_LOST = "answer_lost"  # it was taken, and the connection ends without a word


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Settings:
    """`rates`: the share of mails that meets each fate."""

    rates: dict[Fate, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    seed: int | None = None

    @model_validator(mode="after")
    def _one_in_all(self) -> Self:
        if sum(self.rates.values()) > 1:
            raise ValueError("the rates are more than 1 together")
        return self


@dataclass
class Faults:
    settings: Settings = field(default_factory=Settings)
    dice: random.Random = field(default_factory=random.Random)
    counts: Counter[str] = field(default_factory=Counter)

    def change(self, text: str) -> None:
        """`text`: a JSON object of settings, which replaces all. Raises ValueError."""
        self.settings = TypeAdapter(Settings).validate_json(text)
        self.dice.seed(self.settings.seed)

    def fate(self) -> Fate | None:
        """What this mail meets; None: it passes."""
        left = self.dice.random()
        for fate, rate in self.settings.rates.items():
            left -= rate
            if left < 0:
                self.counts[fate] += 1
                return fate
        self.counts["passed"] += 1
        return None

    def report(self) -> str:
        return json.dumps({"settings": asdict(self.settings), "counts": self.counts})
