"""Documents of any release, read by this one: older ones lack a field, newer ones have one more.

A field that is missing or null has its default, a key that is not known here is left out, a word of a later
release is kept as it is (domain.words). What then cannot be read takes nothing else down: in a list it is
left out, logged and counted; asked for by its id it is Unreadable, which passes when its release serves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from shared.errors import Unreadable

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentSnapshot

T = TypeVar("T")
D = TypeVar("D")
K = TypeVar("K", str, int)
Document = Mapping[str, Any]

# What a reader raises over a document of another form.
MISFITS = (LookupError, TypeError, ValueError, AttributeError)
# Collections whose documents are named after a resident or a member of staff: their ids are never logged.
OF_PERSONS = frozenset(
    [
        "audience",
        "audience_state",
        "calls",
        "devices",
        "erasures",
        "factors",
        "invitations",
        "lost_phones",
        "places",
        "questions",
        "receipts",
        "recovery_codes",
        "reports",
        "residents",
        "sessions",
        "staff",
        "targets",
    ]
)
MOST_PAGES = 10  # of one query, so that a heap of unreadable documents does not hold the worker for ever
log = logging.getLogger(__name__)


class Misfit(ValueError):
    """`field`: where in the document, its maps by dots; never what stands there."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class _Field(NamedTuple):
    name: str
    read: Callable[[Any], Any]
    optional: bool  # may be None
    needed: bool  # has no default


def record(kind: Callable[..., T], document: Document, **given: Any) -> T:
    """The dataclass whose fields the document has under the same names; `given` ones are not looked up.

    Maps and lists become dataclasses, tuples and mappings as the annotations say. Raises Misfit.
    """
    if not isinstance(document, Mapping):
        raise Misfit("")
    values = dict(given)
    for field in _fields(kind, frozenset(given)):
        stored = document.get(field.name)
        if stored is not None:
            values[field.name] = _inside(field.name, field.read, stored)
        elif field.optional and (field.needed or field.name in document):
            values[field.name] = None
        elif field.needed:
            raise Misfit(field.name)
    return kind(**values)


def needed(document: Document, name: str) -> Any:
    """The field, for which there is no default. Raises Misfit where it is missing or null."""
    stored = document.get(name)
    if stored is None:
        raise Misfit(name)
    return stored


def readable(collection: str, documents: Iterable[tuple[K, D]], read: Callable[[K, D], T]) -> Iterator[T]:
    """Each that can be read, in their order; `read` gets a document's id and the document.

    `collection` is its own name, without those above it.
    """
    unnamed = 0
    try:
        for document_id, document in documents:
            try:
                value = read(document_id, document)
            except MISFITS as error:
                if collection in OF_PERSONS:
                    unnamed += 1
                else:
                    _tell(f"{collection}/{document_id}", error)
                continue
            yield value
    finally:
        if unnamed:
            counts = {"unreadable": unnamed}
            log.error("%d documents of %s cannot be read", unnamed, collection, extra={"counts": counts})


def one(collection: str, document_id: str, document: D, read: Callable[[str, D], T]) -> T:
    """Raises Unreadable."""
    try:
        return read(document_id, document)
    except MISFITS as error:
        _tell(collection if collection in OF_PERSONS else f"{collection}/{document_id}", error)
        raise Unreadable from error


def at_most(
    query: Any, limit: int, collection: str, read: Callable[[str, DocumentSnapshot[Any]], T]
) -> tuple[list[T], int]:
    """The first `limit` of an ordered query that can be read, and how many before them cannot.

    These take nobody's place: one query more for every page on which there was one.
    """
    found: list[T] = []
    left_out = 0
    for _ in range(MOST_PAGES):
        wanted = limit - len(found)
        page = list(query.limit(wanted).stream())
        good = list(readable(collection, ((item.id, item) for item in page), read))
        found += good
        left_out += len(page) - len(good)
        if len(page) < wanted or len(found) == limit:
            break
        query = query.start_after(page[-1])
    return found, left_out


def _tell(name: str, error: Exception) -> None:
    """Names the field, never what stands in it."""
    where = f"{type(error).__name__} {error.field}" if isinstance(error, Misfit) else type(error).__name__
    log.error("%s cannot be read: %s", name, where, extra={"counts": {"unreadable": 1}})


@cache
def _fields(kind: Any, given: frozenset[str]) -> tuple[_Field, ...]:
    """Those that are looked up; worked out once, since a delivery reads thousands of documents."""
    types = get_type_hints(kind)
    return tuple(
        _Field(
            field.name,
            _reader(types[field.name]),
            optional=type(None) in get_args(types[field.name]),
            needed=field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
        if field.name not in given
    )


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a stored value becomes one of the annotated type. NotImplementedError: one not foreseen."""
    parts = [part for part in get_args(kind) if part not in (type(None), Ellipsis)]
    origin = get_origin(kind)
    if origin in (Union, UnionType) and len(parts) == 1:
        return _reader(parts[0])
    if origin is tuple and Ellipsis in get_args(kind):
        return _list_of(_reader(parts[0]))
    if origin is Mapping:
        return _map_of(_reader(parts[1]))
    if isinstance(kind, type) and is_dataclass(kind):
        return lambda stored: record(kind, stored)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in _PLAIN:
        return _plain(_PLAIN[kind])
    raise NotImplementedError(f"documents hold no {kind}")


_PLAIN: Mapping[Any, tuple[type, ...]] = {
    str: (str,),
    bool: (bool,),
    int: (int,),
    float: (float, int),
    datetime: (datetime,),
}


def _plain(kinds: tuple[type, ...]) -> Callable[[Any], Any]:
    def read(stored: Any) -> Any:
        if not isinstance(stored, kinds) or (isinstance(stored, bool) and bool not in kinds):
            raise TypeError(type(stored).__name__)
        return stored

    return read


def _list_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_all(stored: Any) -> Any:
        if not isinstance(stored, list | tuple):
            raise TypeError(type(stored).__name__)
        return tuple(read(item) for item in stored)

    return read_all


def _map_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_all(stored: Any) -> Any:
        return {str(name): read(item) for name, item in stored.items()}

    return read_all


def _inside(name: str, read: Callable[[Any], Any], stored: Any) -> Any:
    try:
        return read(stored)
    except Misfit as error:
        raise Misfit(f"{name}.{error.field}".rstrip(".")) from error
    except MISFITS as error:
        raise Misfit(name) from error
