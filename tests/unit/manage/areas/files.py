"""Small files in the formats that the registers come in, and what an import says of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from manage.areas.registers.faults import Rejection
from manage.areas.survey import Survey, survey

TERC = (
    "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA",
    "12;;;;MAŁOPOLSKIE;województwo;2026-01-01",
    "12;09;;;myślenicki;powiat;2026-01-01",
    "12;09;03;3;Myślenice;gmina miejsko-wiejska;2026-01-01",
    "12;09;03;4;Myślenice;miasto;2026-01-01",
    "12;09;03;5;Myślenice;obszar wiejski;2026-01-01",
)
SIMC = (
    "WOJ;POW;GMI;RODZ_GMI;RM;MZ;NAZWA;SYM;SYMPOD;STAN_NA",
    "12;09;03;4;96;1;Myślenice;0951617;0951617;2026-01-01",
    '12;09;03;5;01;1;Zawada"B";0327416;0327416;2026-01-01',
    "12;09;03;5;00;1;Przymiarek;0327468;0327416;2026-01-01",
)
ULIC = (
    "WOJ;POW;GMI;RODZ_GMI;SYM;SYM_UL;CECHA;NAZWA_1;NAZWA_2;STAN_NA",
    "12;09;03;4;0951617;16274;ul.;Piłsudskiego;Józefa;2026-01-01",
    "12;09;03;4;0951617;18821;ul.;Rolnicza;;2026-01-01",
)
WMRODZ = ("RM;NAZWA_RM;STAN_NA", "01;wieś;2013-02-28", "96;miasto;2013-02-28")
ADDRESSES = (
    "teryt_gmina,sym,miejscowosc,sym_ul,ulica,numer,kod_pocztowy,lon,lat",
    '1209034,0951617,Myślenice,16274,"Piłsudskiego, Józefa",1a,32-400,19.938223,49.830862',
    "1209034,0951617,Myślenice,16274,Piłsudskiego,3,32-400,19.938323,49.830962",
)
MYSLENICE = (565297.7, 218564.3)  # easting and northing, EPSG:2180


def csv_file(path: Path, lines: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    """As GUS writes it: a mark of the byte order, CRLF, an empty last line."""
    path.write_bytes(("\r\n".join(lines) + "\r\n\r\n").encode(encoding))
    return path


def xml_file(path: Path, lines: Sequence[str]) -> Path:
    columns = lines[0].split(";")
    rows = "".join(
        "<row>"
        + "".join(
            f"<{c}>{v}</{c}>" if v else f"<{c} />" for c, v in zip(columns, line.split(";"), strict=True)
        )
        + "</row>\n"
        for line in lines[1:]
    )
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<teryt><catalog name="X">\n{rows}</catalog></teryt>'
    )
    return path


def zip_file(path: Path, *files: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return path


def layer_file(
    path: Path,
    shapes: Sequence[BaseGeometry],
    columns: Mapping[str, Sequence[str]],
    driver: str,
    crs: str,
    encoding: str = "UTF-8",
) -> Path:
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(shape) for shape in shapes], dtype=object),
        field_data=[np.array(values, dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type=shapes[0].geom_type,
        crs=crs,
        driver=driver,
        encoding=encoding,
    )
    return path


def geojson_file(path: Path, properties: Sequence[Mapping[str, str]], shapes: Sequence[BaseGeometry]) -> Path:
    features = [
        {"type": "Feature", "properties": dict(named), "geometry": json.loads(shapely.to_geojson(shape))}
        for named, shape in zip(properties, shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def surveyed(*paths: Path) -> tuple[Survey, list[Rejection]]:
    rejected: list[Rejection] = []
    return survey(paths, rejected.append, lambda _file, _rows: None), rejected


def refusals(*paths: Path) -> list[tuple[int, str]]:
    found, _ = surveyed(*paths)
    return [(one.row, one.reason) for one in found.refusals]


def rows_of(path: Path) -> list:
    """What the importer will be given, without faults."""
    from manage.areas.registers.reading import Codes, reading
    from manage.areas.registers.sources import sources

    rejected: list[tuple[int, str]] = []
    with sources(path) as members:
        rows = [
            row
            for source in members
            for row in reading(source, lambda *one: rejected.append(one)).checked(Codes())
        ]
    assert not rejected
    return rows
