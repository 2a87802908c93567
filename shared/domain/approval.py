"""What the page shows whoever approves, and can fail to show."""

from __future__ import annotations

from enum import StrEnum


class Unseen(StrEnum):
    """What had not loaded when an alert was approved: the history tells it."""

    REACH = "reach"  # how many residents and phones
    MAP = "map"  # the area on it, with streets and localities
