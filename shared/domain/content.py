"""What an alert says, declared once: each field with its type, its limits, and who sees it.

Store, API, public copy, signed text and push are projections of the fields declared here (docs/data.md says
how one is added). What is public is signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Self

from shared import vocabulary
from shared.domain.area_parts import Steps
from shared.domain.covered import Covered
from shared.domain.words import Word

FIRST_LANGUAGE = "pl"  # the official one: every alert is written in it


class Group(Word):
    """What categories are muted by, also those of a later release."""

    FAILURE = "failure"
    WARNING = "warning"
    DISRUPTION = "disruption"
    EVENT = "event"


class Category(Word):
    """The four that code names, and whatever vocabulary.json has beside them."""

    _ignore_ = "_members _word"
    _members = vars()
    FAILURE = "failure"
    WARNING = "warning"
    DISRUPTION = "disruption"
    EVENT = "event"
    for _word in vocabulary.values("categories"):
        if _word not in (FAILURE, WARNING, DISRUPTION, EVENT):
            _members[_word.upper()] = _word

    @property
    def group(self) -> Group | None:
        """None: of a later release, and nobody said its group."""
        known = vocabulary.of("categories", "group").get(self.value)
        told = known or self.__dict__.get("_group")
        return None if told is None else Group(told)

    @classmethod
    def read(cls, value: str, group: object) -> Self:
        """Of a document, which tells the group for those who do not know the category."""
        word = cls(value)
        if not word.known and isinstance(group, str):
            word.__dict__["_group"] = group
        return word


class Severity(Word):
    """CAP 1.2, `severity`, without Unknown: staff always decide."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"


class Hazard(Word):
    """CAP 1.2, `event`: what kind of thing happens; each has its CAP category in vocabulary.json."""

    _ignore_ = "_members _word"
    _members = vars()
    for _word in vocabulary.values("hazards"):
        _members[_word.upper()] = _word


class Urgency(Word):
    """CAP 1.2, `urgency`."""

    _ignore_ = "_members _word"
    _members = vars()
    for _word in vocabulary.values("urgencies"):
        _members[_word.upper()] = _word


class Certainty(Word):
    """CAP 1.2, `certainty`."""

    _ignore_ = "_members _word"
    _members = vars()
    for _word in vocabulary.values("certainties"):
        _members[_word.upper()] = _word


class Response(Word):
    """CAP 1.2, `responseType`."""

    _ignore_ = "_members _word"
    _members = vars()
    for _word in vocabulary.values("responses"):
        _members[_word.upper()] = _word


class Type(StrEnum):
    """How a field is read and written."""

    WORD = "word"  # of the vocabulary
    LINE = "line"  # one line of text
    PARAGRAPHS = "paragraphs"
    CONTACT = "contact"  # a line: telephone, e-mail address or https address
    TEXTS = "texts"  # Text by language
    AREA = "area"
    PARTS = "parts"  # of an area, whose outline is the field AREA
    COVERS = "covers"
    TIME = "time"
    FLAG = "flag"


Words = type[Word]


@dataclass(frozen=True)
class Spec:
    """What a field's declaration says beside its name and default."""

    type: Type
    required: bool = False  # of every content
    required_of: frozenset[Group] = frozenset()  # before it is submitted
    longest: int | None = None  # characters
    words: Words | None = None
    push: bool = False  # stands in the push itself
    public: bool = True  # of the residents' copy, and so signed
    derived: bool = False  # worked out here, and never taken from a client
    name: str = ""


def _is(type_: Type, **more: Any) -> Mapping[str, Spec]:
    return {"spec": Spec(type_, **more)}


_WARNINGS = frozenset({Group.WARNING})


@dataclass(frozen=True)
class Text:
    title: str = field(metadata=_is(Type.LINE, required=True, longest=120, push=True))
    body: str = field(metadata=_is(Type.PARAGRAPHS, required=True, longest=4000, push=True))
    instruction: str | None = field(  # CAP 1.2: what people are to do
        default=None, metadata=_is(Type.PARAGRAPHS, required_of=_WARNINGS, longest=2000)
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """What residents are told, where, and until when. All times are aware UTC."""

    category: Category = field(metadata=_is(Type.WORD, words=Category, required=True, push=True))
    severity: Severity = field(metadata=_is(Type.WORD, words=Severity, required=True, push=True))
    event: Hazard | None = field(default=None, metadata=_is(Type.WORD, words=Hazard, required_of=_WARNINGS))
    texts: Mapping[str, Text] = field(metadata=_is(Type.TEXTS, required=True))  # "pl" always present
    area: str = field(metadata=_is(Type.AREA, required=True))  # GeoJSON as text: Firestore nests no arrays
    area_name: str = field(metadata=_is(Type.LINE, required=True, longest=200))
    covers: Covered | None = field(  # by name; None: no register of addresses is known
        default=None, metadata=_is(Type.COVERS, derived=True)
    )
    expires: datetime = field(metadata=_is(Type.TIME, required=True, push=True))  # of the message
    event_ends: datetime | None = field(default=None, metadata=_is(Type.TIME))  # None: not known yet
    next_info: datetime | None = field(default=None, metadata=_is(Type.TIME))  # residents hear more by then
    urgency: Urgency | None = field(default=None, metadata=_is(Type.WORD, words=Urgency))
    certainty: Certainty | None = field(default=None, metadata=_is(Type.WORD, words=Certainty))
    response: Response | None = field(default=None, metadata=_is(Type.WORD, words=Response))
    source: str | None = field(default=None, metadata=_is(Type.LINE, longest=200))
    contact: str | None = field(default=None, metadata=_is(Type.CONTACT, longest=200))
    exercise: bool = field(default=False, metadata=_is(Type.FLAG, push=True))  # CAP 1.2, `status` Exercise
    on_behalf: str | None = field(  # who stands in for the municipality's own staff, and sends in its name
        default=None, metadata=_is(Type.LINE, longest=40, derived=True)
    )

    @property
    def group(self) -> Group | None:
        return self.category.group


@dataclass(frozen=True, kw_only=True)
class Content(Told):
    """What staff write: what residents are told, and when."""

    parts: Steps | None = field(  # `area` is their outline; None: it was drawn as one shape
        default=None, metadata=_is(Type.PARTS, public=False)
    )
    send_at: datetime | None = field(  # None: as soon as it is approved
        default=None, metadata=_is(Type.TIME, public=False)
    )
    sound_at: datetime | None = field(  # delivered silently, and once more with sound at this moment
        default=None, metadata=_is(Type.TIME, public=False)
    )


def specs(of: type) -> Mapping[str, Spec]:
    """The declared fields of Content, Told or Text by name, in order."""
    return _specs(of)


@cache
def _specs(of: type) -> Mapping[str, Spec]:
    return {
        one.name: replace(one.metadata["spec"], name=one.name) for one in fields(of) if "spec" in one.metadata
    }
