"""Address points of PRG as GML, of the models of 2012 and 2021: a point refers to locality and street.

A file is read twice: for the names first, which mostly stand behind the points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from manage.areas.registers.addresses import Point
from manage.areas.registers.faults import FileFault, Reject, RowFault
from manage.areas.registers.sources import Source
from manage.areas.registers.tables import xml_elements

_ID = "{http://www.opengis.net/gml/3.2}id"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Model:
    """`references` are the elements that name a locality, a street or a unit, by the end of an address."""

    namespace: bytes
    point: str
    locality: str
    street: str
    unit: str
    references: tuple[str, ...]
    northing_first: bool
    system_name: str

    @property
    def tags(self) -> tuple[str, ...]:
        """Of all that is long, so that it is forgotten."""
        return tuple(f"{{*}}{one}" for one in (self.point, self.locality, self.street, self.unit) if one)


MODEL_2012 = Model(
    b"urn:gugik:specyfikacje:gmlas:panstwowyRejestrGranicAdresy:1.0",
    "PRG_PunktAdresowy", "PRG_MiejscowoscNazwa", "PRG_UlicaNazwa", "PRG_JednostkaAdministracyjnaNazwa",
    ("komponent",), northing_first=True, system_name="urn:ogc:def:crs:EPSG::2180",
)  # fmt: skip
MODEL_2021 = Model(
    b"geoportal.gov.pl/schemas/prgad/1.0",
    "AD_PunktAdresowy", "AD_Miejscowosc", "AD_UlicaPlac", "",
    ("miejscowosc", "ulica2", "ulica"), northing_first=False, system_name="EPSG:2180",
)  # fmt: skip
MODELS = (MODEL_2012, MODEL_2021)

Named = Mapping[str, Mapping[str, str]]  # by gml:id


def model_of(head: bytes) -> Model | None:
    return next((model for model in MODELS if model.namespace in head), None)


def points(source: Source, model: Model, reject: Reject) -> Iterator[Point]:
    """Rows are the turn of a point among the points. Raises FileFault for coordinates of another system."""
    named = _named(source, model)
    row = 0
    for element in xml_elements(source, *model.tags):
        if etree.QName(element).localname != model.point:
            continue
        row += 1
        try:
            yield _point(element, row, model, named)
        except RowFault as fault:
            reject(row, str(fault))


def _named(source: Source, model: Model) -> Named:
    found: dict[str, Mapping[str, str]] = {}
    read = {model.locality: _locality, model.street: _street, model.unit: _unit}
    for element in xml_elements(source, *model.tags):
        if (reading := read.get(etree.QName(element).localname)) is not None:
            found[element.get(_ID, "")] = reading(element)
    return found


def _locality(element: Any) -> Mapping[str, str]:
    code = text(element, "identyfikatorSIMC") or text(element, "idTERYT")
    gmina = text(element, "TERYTGminy")
    return {"sym": code, "locality": text(element, "nazwa"), **({"gmina": gmina} if gmina else {})}


def _street(element: Any) -> Mapping[str, str]:
    code = text(element, "identyfikatorULIC") or text(element, "nazwa/{*}AD_NazwaUlicy/{*}idTERYT")
    return {"sym_ul": code, "street": text(element, "nazwaPelna")}


def _unit(element: Any) -> Mapping[str, str]:
    code = text(element, "idTERYT")
    return {"gmina": code} if len(code) == 7 else {}


def text(element: Any, path: str) -> str:
    """Of the first child of that name, empty without one."""
    found = element.find(f"{{*}}{path}")
    return "" if found is None or found.text is None else found.text.strip()


def _point(element: Any, row: int, model: Model, named: Named) -> Point:
    """Raises RowFault for one that is over, or whose locality or street is not in the file."""
    if over := text(element, "waznyDo"):
        raise RowFault(f"no longer valid since {over}")
    fields = {
        "number": text(element, "numerPorzadkowy"),
        "postcode": text(element, "kodPocztowy"),
        "identifier": text(element, "idIIP/{*}*/{*}lokalnyId"),
        "version": text(element, "idIIP/{*}*/{*}wersjaId"),
        "locality": text(element, "miejscowosc"),
        "street": text(element, "ulica"),
    }
    for reference in _references(element, model):
        if reference not in named:
            raise RowFault(f"names what is not in the file: {reference[:80]!r}")
        fields.update({key: value for key, value in named[reference].items() if value})
    if "sym" not in fields:
        raise RowFault("without a locality's code")
    return Point(row, fields, *_position(element, row, model))


def _references(element: Any, model: Model) -> Iterator[str]:
    """Of `komponent` only those of localities, streets and units; Poland has no code and is one of them."""
    for child in element:
        if etree.QName(child).localname in model.references and (href := child.get(_HREF)):
            yield href.rpartition("/")[2].removeprefix("#")


def _position(element: Any, row: int, model: Model) -> tuple[float, float]:
    """Easting and northing."""
    place = element.find(".//{http://www.opengis.net/gml/3.2}Point")
    if place is None:
        raise RowFault("without coordinates")
    system = place.get("srsName", model.system_name)
    if system != model.system_name:
        raise FileFault(f"coordinates of {system[:80]!r}, not of {model.system_name!r}", row)
    pair = text(place, "pos").split()
    try:
        first, second = map(float, pair)
    except ValueError:
        raise RowFault(f"no coordinates: {' '.join(pair)[:40]!r}") from None
    return (second, first) if model.northing_first else (first, second)
