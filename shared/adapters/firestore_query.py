"""Range queries over one collection, without the client library's object for every document and value.

A delivery reads thousands of index entries on its way to the phones. The library spends about 180
microseconds of CPU on each, three times what the push itself costs; decoding the answer's own messages
takes a fraction of it (benchmarks/alert.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from google.api_core.grpc_helpers import wrap_errors
from google.cloud.firestore_v1.types import (
    Cursor,
    RunQueryRequest,
    RunQueryResponse,
    StructuredQuery,
    Value,
)

if TYPE_CHECKING:
    from google.cloud.firestore import Client

_METHOD = "/google.firestore.v1.Firestore/RunQuery"
_SECONDS = 300.0  # Firestore docs, "Quotas": a query ends after that
_Field = StructuredQuery.FieldReference
_Operator = StructuredQuery.FieldFilter.Operator
_AND = StructuredQuery.CompositeFilter.Operator.AND

Found = tuple[str, dict[str, Any]]  # document id, fields


class RangeQuery:
    """Documents of one collection with a text field between two bounds, ordered by (field, id).

    `listed` is a field with a list: a query can ask for those alone that have one of some texts in it.
    """

    def __init__(self, client: Client, collection: str, field: str, listed: str) -> None:
        self._parent = f"{client._database_string}/documents"
        self._collection = collection
        self._field, self._listed = field, listed
        self._metadata = client._rpc_metadata
        channel = client._firestore_api.transport.grpc_channel
        self._call: Callable[..., Iterator[Any]] = wrap_errors(
            channel.unary_stream(
                _METHOD,
                request_serializer=RunQueryRequest.serialize,
                response_deserializer=RunQueryResponse.pb().FromString,
            )
        )

    def run(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
        having: Sequence[str] | None = None,
    ) -> Iterator[Found]:
        """`after`: a position (field's value, document id); `having`: texts of the list, at most
        30. Raises google.api_core's exceptions."""
        request = RunQueryRequest(
            parent=self._parent,
            structured_query=self._query(lo, hi, after, limit, having),
            read_time=read_time,
        )
        for answer in self._call(request, metadata=self._metadata, timeout=_SECONDS):
            if answer.HasField("document"):
                name: str = answer.document.name
                yield name.rpartition("/")[2], decoded(answer.document.fields)

    def _query(
        self, lo: str, hi: str, after: tuple[str, str] | None, limit: int | None, having: Sequence[str] | None
    ) -> StructuredQuery:
        filters = [
            _filter(self._field, _Operator.GREATER_THAN_OR_EQUAL, Value(string_value=lo)),
            _filter(self._field, _Operator.LESS_THAN_OR_EQUAL, Value(string_value=hi)),
        ]
        if having is not None:
            texts = Value(array_value={"values": [Value(string_value=text) for text in having]})
            filters.append(_filter(self._listed, _Operator.ARRAY_CONTAINS_ANY, texts))
        return StructuredQuery(
            from_=[{"collection_id": self._collection}],
            where={"composite_filter": {"op": _AND, "filters": filters}},
            order_by=[{"field": _Field(field_path=name)} for name in (self._field, "__name__")],
            start_at=None if after is None else self._beyond(*after),
            limit=limit,
        )

    def _beyond(self, value: str, document_id: str) -> Cursor:
        name = f"{self._parent}/{self._collection}/{document_id}"
        return Cursor(values=[Value(string_value=value), Value(reference_value=name)], before=False)


def _filter(field: str, op: int, value: Value) -> dict[str, Any]:
    return {"field_filter": {"field": _Field(field_path=field), "op": op, "value": value}}


def decoded(fields: Any) -> dict[str, Any]:
    """The fields of a document (a protobuf map of google.firestore.v1.Value) as plain Python values."""
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    kind = value.WhichOneof("value_type")
    match kind:
        case "array_value":
            return [_plain(item) for item in value.array_value.values]
        case "map_value":
            return decoded(value.map_value.fields)
        case "null_value":
            return None
        case "timestamp_value":
            return value.timestamp_value.ToDatetime(tzinfo=UTC)
        case _:
            return getattr(value, kind)
