"""Errors as problem details (RFC 9457), in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.errors import AlertOnlineError, FieldError, InvalidInput
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
        answer["errors"] = field_errors(error.errors, language)
        if error.inside is not None:
            answer["inside"] = error.inside
    return answer


def field_errors(errors: Sequence[FieldError], language: str) -> list[dict[str, Any]]:
    """Each with its words; of an area also where: `at` inside the GeoJSON, `place` on the map; of a number
    that was confirmed what is `counted` now."""
    return [
        {
            "pointer": error.pointer,
            "code": error.code,
            "detail": field_detail(error.code, error.params, language),
            **({"at": error.params["at"]} if "at" in error.params else {}),
            **({"counted": error.params["counted"]} if "counted" in error.params else {}),
            **({"place": {name: error.params[name] for name in _PLACE}} if _is_placed(error) else {}),
        }
        for error in errors
    ]


_PLACE = ("lng", "lat")


def _is_placed(error: FieldError) -> bool:
    return all(name in error.params for name in _PLACE)
