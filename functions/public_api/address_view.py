"""What the page says to who asked whether an address is in an alert's area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from functions.public_api.words import Words
from shared.domain.standing import text_in
from shared.services.audience.ask_address import Answer, Question
from shared.services.publishing.read_published import ReadAlert

LONGEST = 100  # characters of what is typed; what the search reads of them


def question_in(form: Mapping[str, str]) -> Question:
    """Of the fields of the form: a line, or what was chosen."""
    names = {"line": "address", "locality": "locality", "street": "street", "number": "number"}
    return Question(**{name: form.get(field, "")[:LONGEST] for name, field in names.items()})


def address_view(found: ReadAlert, question: Question, answer: Answer | None, words: Words) -> dict[str, Any]:
    """The template's values; no answer where nothing was asked."""
    language, text = text_in(found.alert, words.language)
    return {
        "found": found,
        "alert": found.alert,
        "standing": found.standing.value,
        "text": text,
        "text_language": language,
        "text_in": text_in,
        "answer": answer,
        "said": "" if answer is None else _said(answer, words),
        "line": question.line.strip() or ("" if answer is None else answer.name),
    }


def _said(answer: Answer, words: Words) -> str:
    numbers = {"inside": words.number(answer.inside), "total": words.number(answer.total)}
    if answer.reason is not None:
        return words(f"reason_{answer.reason.value}", name=answer.name, **numbers)
    kind = "house" if answer.is_house else "all"
    return words(f"answer_{answer.verdict.value}_{kind}", name=answer.name, **numbers)
