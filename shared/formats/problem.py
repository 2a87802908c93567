"""Errors as problem details (RFC 9457), in the reader's language."""

from __future__ import annotations

from typing import Any

from shared.errors import AlertOnlineError, InvalidInput
from shared.messages import field_detail, problem_words

MEDIA_TYPE = "application/problem+json"


def problem(error: AlertOnlineError, language: str) -> dict[str, Any]:
    """`errors` names every wrong field; `inside` is the part of a drawn area that could be used."""
    title, detail = problem_words(error.code, error.params, language)
    answer: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": title,
        "status": error.status,
        "detail": detail,
        "code": error.code,
    }
    if isinstance(error, InvalidInput):
        answer["errors"] = [
            {
                "pointer": field.pointer,
                "code": field.code,
                "detail": field_detail(field.code, field.params, language),
            }
            for field in error.errors
        ]
        if error.inside is not None:
            answer["inside"] = error.inside
    return answer
