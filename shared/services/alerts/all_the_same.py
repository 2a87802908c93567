"""Somebody was told what an alert leaves unsaid, and hands it on all the same: kept with it, and told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

NAME = "all_the_same"


def kept_tap(all_the_same: bool, now: datetime) -> Mapping[str, datetime]:
    """What of the alert changes; who comes later and was told nothing leaves it as it is."""
    return {NAME: now} if all_the_same else {}


def told_tap(all_the_same: bool) -> Mapping[str, str]:
    """For the history and the audit."""
    return {NAME: "true"} if all_the_same else {}
