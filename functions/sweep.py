"""Cloud Scheduler, every minute: find and repair what events and tasks did not do."""

from __future__ import annotations

import logging
from typing import Any

import functions_framework
from flask import Request

from shared import logs, wiring
from shared.services.sweep.sweep import Report
from shared.services.sweep.sweep import sweep as look_after
from shared.settings import settings

log = logging.getLogger(__name__)


@functions_framework.http
def sweep(request: Request) -> tuple[dict[str, Any], int]:
    """The counts of this run. 503 when something failed: the job shows it, and tries again."""
    logs.begin_request(request.headers, settings().project)
    report = look_after(wiring.sweep_ports())
    log.log(_level(report), _words(report), extra={"counts": report.counts()})
    return report.counts(), 503 if report.failed else 200


def _level(report: Report) -> int:
    if report.failed:
        return logging.ERROR
    return logging.WARNING if report.repaired else logging.INFO


def _words(report: Report) -> str:
    acted = {name: tally.acted for name, tally in report.steps.items() if tally.acted}
    named = ", ".join(f"{name} {number}" for name, number in acted.items())
    return f"Sweep: repaired {report.repaired}, failed {report.failed} ({named or 'nothing to do'})"
