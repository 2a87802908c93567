"""Rows of a register as names and values: CSV by lines, XML by elements; never a whole file in memory."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from manage.areas.registers.faults import FileFault, Reject
from manage.areas.registers.sources import Source

Fields = Mapping[str, str]
Numbered = tuple[int, Fields]
DELIMITERS = (";", ",", "\t", "|")
LONGEST_LINE = 65_536  # bytes


def xml_elements(source: Source, *tags: str) -> Iterator[Any]:
    """Each is forgotten when the next is asked for. Raises FileFault for what is not well-formed."""
    with source.reading() as stream:
        try:
            for _, element in etree.iterparse(
                stream, tag=tags, huge_tree=True, resolve_entities=False, no_network=True, recover=False
            ):
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise FileFault(f"not well-formed XML: {error.msg}", error.lineno or 0) from error


def _forget(element: Any) -> None:
    """With what stands before it, and before what it stands in: a GML wraps each record."""
    element.clear(keep_tail=False)
    for one in (element, *element.iterancestors()):
        while one.getprevious() is not None:
            del one.getparent()[0]


def xml_rows(source: Source) -> Iterator[Numbered]:
    for number, element in enumerate(xml_elements(source, "{*}row"), 1):
        yield number, {etree.QName(child).localname: (child.text or "").strip() for child in element}


def csv_header(head: bytes) -> tuple[str, tuple[str, ...]]:
    """Delimiter and columns, from a file's first bytes; Raises FileFault."""
    line = _text(head.split(b"\n", 1)[0], 1)
    delimiter = max(DELIMITERS, key=line.count)
    return delimiter, tuple(name.strip().strip('"') for name in line.strip().split(delimiter))


def csv_rows(source: Source, delimiter: str, reject: Reject, *, quoted: bool) -> Iterator[Numbered]:
    """TERYT's are not quoted: a name may have quotation marks. Numbers are of lines, the header's being 1."""
    with source.reading() as stream:
        read = csv.reader(
            _lines(stream), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        )
        columns = [name.strip() for name in next(read, [])]
        try:
            for values in read:
                if not any(values):
                    continue
                if len(values) != len(columns):
                    reject(read.line_num, f"{len(values)} fields instead of {len(columns)}")
                    continue
                yield read.line_num, {k: v.strip() for k, v in zip(columns, values, strict=True)}
        except csv.Error as error:
            raise FileFault(f"not a CSV: {error}", read.line_num) from error


def _lines(stream: BinaryIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        yield _text(line, number)


def _text(line: bytes, number: int) -> str:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise FileFault("not in UTF-8 (an export in Windows-1250?)", number) from None
    if "\0" in text:
        raise FileFault("not a text", number)
    return text


def require_columns(columns: Collection[str], required: Collection[str]) -> None:
    """Raises FileFault that names those which are missing."""
    if missing := [name for name in required if name not in columns]:
        raise FileFault(f"without the column {', '.join(missing)}", 1)
