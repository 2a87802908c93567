"""The figures of an alert as the staff's API answers them; openapi.yaml has the shape."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shared.domain.statistics import Summary
from shared.formats.alert_json import time_json


def summary_json(summary: Summary) -> dict[str, Any]:
    reports = [{**asdict(report), "due": time_json(report.due)} for report in summary.deliveries]
    return {**asdict(summary), "updated": time_json(summary.updated), "deliveries": reports}
