"""From where a request comes, for limits on what strangers try."""

from __future__ import annotations

from flask import request


def address() -> str:
    """Who connected to Cloud Run, which writes the last entry of X-Forwarded-For itself."""
    return request.headers.get("X-Forwarded-For", request.remote_addr or "").rpartition(",")[2].strip()
