"""What a resident asks to be spared as documents carry it: `muted`, `least_severity`, `quiet_hours`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

from shared.domain.alert import Category, Severity
from shared.domain.preferences import Preferences, QuietHours
from shared.domain.words import Word, is_written

_MINUTE = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)  # firestore.rules, isMinute


def preferences_of(document: Mapping[str, object]) -> Preferences:
    """Of a document that may hold anything: what cannot be read counts as not set.

    The rules refuse such a document. But were one there, the resident would have to stay in the index, and
    an alert too many is better than one too few.
    """
    return Preferences(
        muted=_words(document.get("muted")),
        least=_severity(document.get("least_severity")),
        quiet=_quiet_hours(document.get("quiet_hours")),
    )


def preference_fields(preferences: Preferences) -> dict[str, object]:
    """The fields of what is set; a document without them says the same as one with their defaults."""
    fields: dict[str, object] = {}
    if preferences.muted:
        fields["muted"] = sorted(word.value for word in preferences.muted)
    if preferences.least is not Severity.MINOR:
        fields["least_severity"] = preferences.least.value
    if quiet := preferences.quiet:
        fields["quiet_hours"] = {"from": f"{quiet.begins:%H:%M}", "to": f"{quiet.ends:%H:%M}"}
    return fields


def _words(value: object) -> frozenset[Word]:
    """Those of later releases too: who muted one there must not lose it because an older function ran."""
    names = value if isinstance(value, list) else []
    return frozenset(Category(name) for name in names if is_written(name))


def _severity(value: object) -> Severity:
    known = {severity.value: severity for severity in Severity}
    return known.get(value, Severity.MINOR) if isinstance(value, str) else Severity.MINOR


def _quiet_hours(value: object) -> QuietHours | None:
    if not isinstance(value, Mapping):
        return None
    begins, ends = _minute(value.get("from")), _minute(value.get("to"))
    if begins is None or ends is None or begins == ends:
        return None
    return QuietHours(begins, ends)


def _minute(value: object) -> time | None:
    return time.fromisoformat(value) if isinstance(value, str) and _MINUTE.fullmatch(value) else None
