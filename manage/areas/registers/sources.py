"""The files in a file: itself, what a zip holds, or the zip within an answer of eTERYT's SOAP service."""

from __future__ import annotations

import base64
import binascii
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from lxml import etree

from manage.areas.registers.faults import FileFault

HEAD = 65_536  # bytes, by which a file's kind is known
MOST_MEMBERS = 1_000
DEEPEST = 2  # archives within archives
MOST_UNPACKED = 4 << 30  # bytes of one of them; PRG's addresses of the largest voivodeship are far below
_PIECE = 1 << 20
_ZIP = b"PK\x03\x04"
_SOAP = (b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope")  # 1.1, 1.2
_SHAPE = b"\x00\x00\x27\x0a"  # ESRI Shapefile Technical Description, table 1
_BESIDE_SHAPE = (".dbf", ".shx", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".shp.xml", ".qmd")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)


@dataclass(frozen=True)
class Source:
    """`path` is what GDAL reads: a file, or one in a zip."""

    name: str
    path: str
    opened: Callable[[], BinaryIO]

    @contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """Raises FileFault when it turns out to be damaged."""
        try:
            with self._open() as stream:
                yield stream
        except _BROKEN as error:
            raise FileFault(f"the archive is damaged: {error}") from error
        except OSError as error:
            raise FileFault(f"cannot be read: {error.strerror or error}") from error

    def _open(self) -> BinaryIO:
        try:
            return self.opened()
        except (RuntimeError, NotImplementedError) as error:  # zipfile: a password, another compression
            raise FileFault(f"the archive cannot be read: {error}") from error

    def head(self) -> bytes:
        with self.reading() as stream:
            return stream.read(HEAD)

    @property
    def is_zip(self) -> bool:
        with self.reading() as stream:
            return stream.read(len(_ZIP)) == _ZIP

    @property
    def is_shape(self) -> bool:
        return self.head().startswith(_SHAPE)


@contextmanager
def sources(path: Path) -> Iterator[tuple[Source, ...]]:
    """Those in archives within the archive too. Raises FileFault; what had to be unpacked is gone
    afterwards."""
    whole = Source(path.name, str(path), lambda: path.open("rb"))
    head = whole.head()
    with ExitStack() as unpacked:
        if head.startswith(_ZIP):
            yield tuple(_all_members(path, path.name, unpacked, DEEPEST))
        elif any(namespace in head for namespace in _SOAP):
            file = _temporary(unpacked)
            _unpack(whole, cast(BinaryIO, file))
            yield tuple(_all_members(Path(file.name), path.name, unpacked, DEEPEST))
        else:
            yield (whole,)


def _all_members(path: Path, name: str, unpacked: ExitStack, deepest: int) -> Iterator[Source]:
    """A voivodeship's addresses come as an archive of archives. Raises FileFault."""
    for member in _members(path, name):
        if not member.is_zip:
            yield member
            continue
        if deepest == 0:
            raise FileFault("archives within archives within archives")
        file = _temporary(unpacked)
        _copy(member, cast(BinaryIO, file))
        yield from _all_members(Path(file.name), member.name, unpacked, deepest - 1)


def _temporary(unpacked: ExitStack) -> IO[bytes]:
    return unpacked.enter_context(tempfile.NamedTemporaryFile(suffix=".zip"))


def _copy(member: Source, target: BinaryIO) -> None:
    with member.reading() as stream:
        left = MOST_UNPACKED
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise FileFault(f"an archive of more than {MOST_UNPACKED >> 30} GiB")
            target.write(piece)
    target.flush()


def _members(path: Path, name: str) -> tuple[Source, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
    except _BROKEN as error:
        raise FileFault(f"the archive is damaged: {error}") from error
    if len(names) > MOST_MEMBERS:
        raise FileFault(f"more than {MOST_MEMBERS} files in the archive")
    return tuple(_member(path, name, member) for member in _wanted(names))


def _wanted(names: list[str]) -> list[str]:
    """TERYT's archives hold the same rows as XML and CSV: the CSV is read. A shapefile is one of several."""
    whole = {name.lower() for name in names}
    return [
        name
        for name in names
        if not name.lower().endswith(_BESIDE_SHAPE)
        and not (
            name.lower().endswith(".xml") and str(PurePosixPath(name.lower()).with_suffix(".csv")) in whole
        )
    ]


def _member(path: Path, archive: str, member: str) -> Source:
    def opened() -> BinaryIO:
        with zipfile.ZipFile(path) as zipped:
            return cast(BinaryIO, zipped.open(member))

    return Source(f"{archive}/{member}", f"/vsizip/{path.resolve()}/{member}", opened)


def _unpack(answer: Source, target: BinaryIO) -> None:
    """Raises FileFault for an answer without a file."""
    try:
        with answer.reading() as stream:
            for _, element in etree.iterparse(
                stream, tag="{*}plik_zawartosc", huge_tree=True, resolve_entities=False, no_network=True
            ):
                target.write(base64.b64decode(element.text or "", validate=False))
    except (etree.XMLSyntaxError, binascii.Error) as error:
        raise FileFault(f"the answer of the service is damaged: {error}") from error
    target.flush()
    if target.tell() == 0:
        raise FileFault("an answer of the service without a file")
