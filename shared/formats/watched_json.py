"""What moves by itself of an alert that somebody looks at; openapi.yaml has the shape."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from shared.domain.alert import Alert
from shared.domain.statistics import Summary
from shared.formats.alert_json import time_json
from shared.formats.summary_json import summary_json

_MOVING = ("updated", "series")  # of figures: they go on with the clock though nobody did anything


def watched_json(alert: Alert, actions: Iterable[str], figures: Summary | None) -> dict[str, Any]:
    """`actions` are those that the caller may take now; no figures before the alert was started."""
    return {
        "alert": {
            "revision": alert.revision,
            "state": alert.state.value,
            "started": None if alert.started is None else time_json(alert.started),
            "actions": [str(action) for action in actions],
        },
        "figures": None if figures is None else summary_json(figures),
    }


def watched_tag(watched: Mapping[str, Any]) -> str:
    """Of `watched_json`: the same for as long as it tells the same, whenever it was gathered."""
    figures = watched["figures"] or {}
    still = {name: value for name, value in figures.items() if name not in _MOVING}
    text = json.dumps([watched["alert"], still], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
