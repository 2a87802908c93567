"""What the page shows whoever approves, and can fail to show; and what they say that it showed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unseen(StrEnum):
    """What had not loaded when an alert was approved: the history tells it."""

    REACH = "reach"  # how many residents and phones
    MAP = "map"  # the area on it, with streets and localities


@dataclass(frozen=True)
class Confirmed:
    """The number that the page asked the approver to confirm: addresses exactly, people as they may be told.

    None: the municipality has no register, or they are too few to be told.
    """

    addresses: int | None = None
    residents: int | None = None
    phones: int | None = None
