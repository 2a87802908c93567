"""A template as clients send it and as the API answers it: what is wrong with it, field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.built_in_templates import built_in_templates, exercises
from shared.domain.alert import Person
from shared.domain.content import Spec, Type
from shared.domain.facts.check import faults
from shared.domain.facts.office_template import OfficeTemplate
from shared.domain.facts.template import Fact, FactType, Following, Template, Wording
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import person_json, time_json
from shared.formats.content_json import text_check
from shared.formats.json_body import pointer

Json = dict[str, Any]

MOST_Sentences, MOST_FACTS, MOST_CHIPS, MOST_LANGUAGES = 30, 20, 6, 10
MOST_Hours = 28 * 24  # FCM keeps a message no longer


def _clean(longest: int) -> AfterValidator:
    return AfterValidator(text_check(Spec(Type.LINE, longest=longest)))


def _sentence(text: str) -> str:
    """An empty one parts paragraphs."""
    return text_check(Spec(Type.LINE, longest=500))(text) if text else ""


_Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Line: TypeAlias = Annotated[str, _clean(200)]
_Label: TypeAlias = Annotated[str, _clean(60)]
_Labels: TypeAlias = Annotated[dict[str, _Label], Field(max_length=MOST_LANGUAGES)]
_Sentences: TypeAlias = Annotated[
    list[Annotated[str, AfterValidator(_sentence)]], Field(max_length=MOST_Sentences)
]
_Hours: TypeAlias = Annotated[float, Field(ge=0, le=MOST_Hours)]
_Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Fact(_Strict):
    name: _Name
    type: Literal["names", "time", "day", "telephone", "text", "number", "switch"]
    label: _Labels
    required: bool = False
    needs: _Name | None = None
    chips: Annotated[list[_Label], Field(max_length=MOST_CHIPS)] = Field(default_factory=list)

    def read(self) -> Fact:
        return Fact(**(self.model_dump() | {"type": FactType(self.type), "chips": tuple(self.chips)}))


class _Wording(_Strict):
    title: _Line
    body: _Sentences
    instruction: _Sentences = Field(default_factory=list)

    def read(self) -> Wording:
        return Wording(self.title, tuple(self.body), tuple(self.instruction))


class _Following(_Strict):
    fact: _Name
    hours: _Hours = 0


class _Follows(_Strict):
    expires: _Following | None = None
    event_ends: _Following | None = None
    next_info: _Following | None = None


class _Lines(_Strict):
    source: _Line | None = None
    contact: _Line | None = None


class _Usual(_Strict):
    least: _Share | None = None
    most: _Share | None = None


class _Body(_Strict):
    name: _Labels
    texts: Annotated[dict[str, _Wording], Field(max_length=MOST_LANGUAGES)]
    facts: Annotated[list[_Fact], Field(max_length=MOST_FACTS)] = Field(default_factory=list)
    values: dict[str, str] = Field(default_factory=dict)
    lines: _Lines = Field(default_factory=_Lines)
    follows: _Follows = Field(default_factory=_Follows)
    hours: Annotated[float, Field(gt=0, le=MOST_Hours)] = 24
    usual: _Usual = Field(default_factory=_Usual)
    hidden: bool = False


_CODES: Mapping[str, str] = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_type": "not-text",
    "bool_type": "not-a-boolean",
    "dict_type": "not-object",
    "model_type": "not-object",
    "list_type": "not-a-list",
    "float_type": "number-out-of-range",
    "greater_than": "number-out-of-range",
    "greater_than_equal": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "finite_number": "number-out-of-range",
    "literal_error": "unknown-value",
    "string_pattern_mismatch": "fact-name",
    "too_long": "list-too-long",
}
_TOLD = ("most", "known", "character", "near")


def read_template(body: object) -> tuple[Template, bool]:
    """The template, and whether it is hidden. Raises InvalidInput, naming every wrong field."""
    try:
        read = _Body.model_validate(body)
    except ValidationError as error:
        raise InvalidInput([_error(fault) for fault in error.errors(include_url=False)]) from error
    template = _template(read)
    if wrong := [FieldError(pointer(*one.path), one.code, dict(one.params)) for one in faults(template)]:
        raise InvalidInput(wrong)
    return template, read.hidden


def _template(read: _Body) -> Template:
    return Template(
        name=read.name,
        texts={language: wording.read() for language, wording in read.texts.items()},
        facts=tuple(fact.read() for fact in read.facts),
        values=read.values,
        lines=_given(read.lines),
        follows={name: Following(**one) for name, one in _given(read.follows).items()},
        hours=read.hours,
        usual=_given(read.usual),
    )


def _given(model: BaseModel) -> Json:
    return model.model_dump(exclude_none=True)


def _error(fault: Any) -> FieldError:
    kind, context = fault["type"], fault.get("ctx", {})
    params = {name: context[name] for name in _TOLD if name in context}
    if kind == "literal_error":
        params["known"] = ", ".join(FactType)
    if "max_length" in context:
        params["most"] = context["max_length"]
    if _CODES.get(kind) == "number-out-of-range":
        params |= {"least": 0, "most": 1 if "usual" in fault["loc"] else MOST_Hours}
    return FieldError(pointer(*fault["loc"]), _CODES.get(kind, kind), params)


@cache
def built_in() -> Mapping[str, Template]:
    """By id, in the order in which they are offered."""
    return {name: read_template(body)[0] for name, body in built_in_templates().items()}


def is_exercise(template_id: str) -> bool:
    """Whether an alert in its words is an exercise, also where a municipality has changed them."""
    return template_id in exercises()


def template_json(template: Template) -> Json:
    """As `read_template` takes it."""
    return asdict(template) | {
        "texts": {language: _wording_json(wording) for language, wording in template.texts.items()},
        "facts": [_fact_json(fact) for fact in template.facts],
    }


def words_digest(template: Template) -> str:
    """What an approval of a template is bound to: hex SHA-256 of all that it says and asks."""
    text = json.dumps(template_json(template), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _wording_json(wording: Wording) -> Json:
    return asdict(wording) | {"body": list(wording.body), "instruction": list(wording.instruction)}


def _fact_json(fact: Fact) -> Json:
    return asdict(fact) | {"type": fact.type.value, "chips": list(fact.chips)}


def office_template_json(one: OfficeTemplate) -> Json:
    return {
        "id": one.id,
        **template_json(one.template),
        "hidden": one.hidden,
        "built_in": one.built_in,
        "changed": one.changed,
        "exercise": is_exercise(one.id),
        "revision": one.revision,
        "updated": None if one.updated is None else time_json(one.updated),
        "by": None if one.by is None else person_json(one.by),
        "approved_by": [person_json(by) for by in approved_by(one)],
    }


def approved_by(one: OfficeTemplate) -> list[Person]:
    """Whoever gave their word for it as it is."""
    words = words_digest(one.template)
    return [approval.by for approval in one.approvals if approval.words == words]
