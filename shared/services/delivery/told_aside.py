"""What is told to whom an update no longer concerns: danger elsewhere, or the area was wrong."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.alert import Alert, Severity
from shared.domain.content import Text, Urgency
from shared.formats.prepared_text import prepared_texts
from shared.labels import label


def told_aside(alert: Alert, evacuation: bool) -> Alert:
    """The alert in prepared words, as softly as can be; where people were told to leave, that nobody has told
    them to return."""
    texts = prepared_texts(alert.content, alert.area_change)
    if evacuation:
        texts = {language: _no_return(text, language) for language, text in texts.items()}
    content = replace(
        alert.content, texts=texts, severity=Severity.MINOR, urgency=Urgency("Past"), response=None
    )
    return replace(alert, content=content)


def _no_return(text: Text, language: str) -> Text:
    said = label("narrowed", "no_return", language)
    return replace(text, body=f"{text.body} {said}", instruction=said)
