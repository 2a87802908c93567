"""Whether an alert still says what was approved."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.domain.content_digest import differs
from shared.domain.interlock import of_generation


def is_altered(alert: Alert) -> bool:
    """Never of what no release that keeps an interlock approved, or what was moved since by one before."""
    approved = of_generation(alert.interlock, alert.generation)
    return approved is not None and differs(approved.digest, alert.terc, alert.content)


def approved_digest(alert: Alert) -> str:
    """For the ledger; empty where none was kept."""
    approved = of_generation(alert.interlock, alert.generation)
    return "" if approved is None else approved.digest
