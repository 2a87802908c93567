"""Every error code of the source has words in both languages, and every word has a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.processes import ROOT
from shared import errors
from shared.formats.content_json import _CODES
from shared.formats.problem import problem
from shared.formats.template_json import _CODES as TEMPLATE_CODES
from shared.messages import LANGUAGES, field_detail, problem_words, words

FIELD_ERRORS = {"FieldError": 1, "Fault": 0, "InvalidArea": 0, "PydanticCustomError": 0}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("shared", "functions"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node.func.id, node


def text_argument(call: ast.Call, index: int) -> str | None:
    argument = call.args[index] if len(call.args) > index else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def classes() -> dict[str, type[errors.AlertOnlineError]]:
    return {
        name: value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.AlertOnlineError)
    }


def problem_codes() -> set[str]:
    given = {text_argument(call, 0) for name, call in calls() if name in set(classes()) - set(FIELD_ERRORS)}
    return {code for code in given if code} | {kind.code for kind in classes().values()}


def field_codes() -> set[str]:
    given = {text_argument(call, FIELD_ERRORS[name]) for name, call in calls() if name in FIELD_ERRORS}
    invalidities = set(re.findall(r'"(area-[a-z-]+)"', Path(ROOT / "shared/geo/read_area.py").read_text()))
    return (
        {code for code in given if code} | set(_CODES.values()) | set(TEMPLATE_CODES.values()) | invalidities
    )


def test_every_problem_has_words_and_every_word_its_problem():
    assert set(words()["problems"]) == problem_codes()


def test_every_field_error_has_words_and_every_word_its_error():
    assert set(words()["fields"]) == field_codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_without_an_end(language):
    for code in words()["problems"]:
        title, detail = problem_words(code, {}, language)
        assert title
        assert detail.endswith(".")
    for code in words()["fields"]:
        assert field_detail(code, {}, language).endswith((".", "…"))


@pytest.mark.parametrize("table", ["problems", "fields"])
def test_both_languages_name_the_same_parameters(table):
    def parameters(text: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", str(text)))

    for found in words()[table].values():
        texts = [found] if table == "fields" else [found["title"], found["detail"]]
        for text in texts:
            assert parameters(text["pl"]) == parameters(text["en"])


def test_a_code_without_words_still_makes_a_problem():
    answer = problem(errors.InvalidInput([errors.FieldError("/x", "unheard-of")]), "pl")
    assert answer["errors"][0]["detail"] == "unheard-of"
    assert problem_words("unheard-of", {}, "en")[0] == "System error"


def test_a_missing_parameter_leaves_a_gap():
    assert "…" in field_detail("too-long", {}, "pl")
