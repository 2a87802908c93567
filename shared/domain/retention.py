"""How long what an alert leaves behind is kept; Firestore's TTL deletes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.unfinished import said

# An office answers for what it sent: ordinary cases are kept for five years (category B5 of the
# instrukcja kancelaryjna, Dz.U. 2011 nr 14 poz. 67).
CASE_KEPT = timedelta(days=5 * 366)
# What phones confirmed or reported: 90 days after an alert of the longest life (28 days) at the latest.
CONFIRMED_KEPT = timedelta(days=118)


def kept_until(alert: Alert) -> datetime:
    """Of an alert: five years after its last change or its end, whichever is later."""
    expires: datetime = said(alert.content).get("expires", alert.updated)  # a draft may not say it yet
    return max(alert.updated, expires) + CASE_KEPT
