"""What meets the mails and the SMS that are handed in."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass as checked

SMS = "sms_"  # before the names of what is counted of SMS
MOST_BYTES = 1600  # SNS API, Publish: of a message; moto counts characters


class Fate(StrEnum):
    """All but the last never reach the provider."""

    THROTTLED = "throttled"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    OPTED_OUT = "opted_out"  # of SMS alone, as the next one
    TOO_LONG = "too_long"
    ANSWER_LOST = "answer_lost"  # it was taken, and the connection ends without a word


Rates = dict[Fate, Annotated[float, Field(ge=0, le=1)]]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Settings:
    """`rates`, `sms`: shares of mails and of SMS by fate; `opted_out`: numbers that want none; `bounced`:
    addresses whose mails come back, which is told to `notices`, signed by `signature` ("1" or "2")."""

    rates: Rates = Field(default_factory=dict)
    sms: Rates = Field(default_factory=dict)
    opted_out: list[str] = Field(default_factory=list)
    bounced: list[str] = Field(default_factory=list)
    notices: str = ""
    signature: Literal["1", "2"] = "2"
    seed: int | None = None

    @model_validator(mode="after")
    def _one_in_all(self) -> Self:
        if max(sum(self.rates.values()), sum(self.sms.values())) > 1:
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
        return self._fate(self.settings.rates, "")

    def fate_of_sms(self, number: str, message: str) -> Fate | None:
        """Likewise; what Amazon refuses and moto takes is refused, whatever the rates say."""
        if number in self.settings.opted_out:
            return self._counted(Fate.OPTED_OUT, SMS)
        if len(message.encode()) > MOST_BYTES:
            return self._counted(Fate.TOO_LONG, SMS)
        return self._fate(self.settings.sms, SMS)

    def _fate(self, rates: Rates, prefix: str) -> Fate | None:
        left = self.dice.random()
        for fate, rate in rates.items():
            left -= rate
            if left < 0:
                return self._counted(fate, prefix)
        self.counts[f"{prefix}passed"] += 1
        return None

    def _counted(self, fate: Fate, prefix: str) -> Fate:
        self.counts[f"{prefix}{fate}"] += 1
        return fate

    def report(self) -> str:
        return json.dumps({"settings": asdict(self.settings), "counts": self.counts})
