"""What is told to whom an update no longer concerns: danger elsewhere, or the area was wrong."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.alert import Alert, Severity
from shared.domain.content import Urgency
from shared.formats.prepared_text import narrowed_texts


def told_aside(alert: Alert, evacuation: bool) -> Alert:
    """The alert in prepared words, as softly as can be."""
    texts = narrowed_texts(alert.content, alert.area_change, evacuation)
    content = replace(
        alert.content, texts=texts, severity=Severity.MINOR, urgency=Urgency("Past"), response=None
    )
    return replace(alert, content=content)
