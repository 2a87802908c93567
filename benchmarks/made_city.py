"""A city of any size in the formats of the registers: a grid of streets with houses on both sides."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path

from demo.generate import checked_sym
from demo.names import TOWN_STREETS

TERC = "1099023"  # of no real gmina: powiats are numbered below 80
SYM = checked_sym(999_500)
DAY = "2026-01-01"
SIDE = 45  # streets in a row of the grid
WEST, SOUTH = 19.0, 51.9  # degrees
APART, STEP = 0.004, 0.00015  # degrees: between two streets, and between two houses of one side
KINDS = ("", "Stara ", "Nowa ", "Górna ", "Dolna ", "Mała ", "Wielka ", "Boczna ", "Krótka ", "Długa ")
BEHIND = ("", " Wschodnia", " Zachodnia", " Północna", " Południowa")


def written(folder: Path, streets: int, houses: int) -> list[Path]:
    """`houses` on each street. The files of TERC, SIMC, ULIC, addresses and boundary."""
    woj, powiat, gmi, kind = TERC[:2], TERC[2:4], TERC[4:6], TERC[6]
    terc = [(woj, "", "", "", "ŁÓDZKIE", "województwo", DAY), (woj, powiat, "", "", "miejski", "powiat", DAY)]
    terc.append((woj, powiat, gmi, kind, "Miasto", "gmina miejsko-wiejska", DAY))
    simc = [(woj, powiat, gmi, "4", "96", "1", "Miasto", SYM, SYM, DAY)]
    names = list(islice(_names(), streets))
    ulic = [(woj, powiat, gmi, "4", SYM, _code(at), "ul.", name, "", DAY) for at, name in enumerate(names)]
    return [
        _official(folder / "terc.csv", "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA", terc),
        _official(folder / "simc.csv", "WOJ;POW;GMI;RODZ_GMI;RM;MZ;NAZWA;SYM;SYMPOD;STAN_NA", simc),
        _official(folder / "ulic.csv", "WOJ;POW;GMI;RODZ_GMI;SYM;SYM_UL;CECHA;NAZWA_1;NAZWA_2;STAN_NA", ulic),
        _addresses(folder / "addresses.csv", names, houses),
        _boundary(folder / "boundary.geojson", streets, houses),
    ]


def _names() -> Iterator[str]:
    for behind, kind, name in product(BEHIND, KINDS, TOWN_STREETS):
        yield f"{kind}{name.short}{behind}"


def _code(street: int) -> str:
    return f"{90_001 + street}"


def _official(path: Path, header: str, rows: Sequence[Sequence[str]]) -> Path:
    lines = [header, *(";".join(row) for row in rows), "", ""]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")
    return path


def _addresses(path: Path, names: Sequence[str], houses: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("teryt_gmina", "sym", "miejscowosc", "sym_ul", "ulica", "numer", "lon", "lat"))
        for at, name in enumerate(names):
            row, column = divmod(at, SIDE)
            for number in range(1, houses + 1):
                lon = WEST + column * houses * STEP + number // 2 * STEP * 1.5
                lat = SOUTH + row * APART / 4 + number % 2 * STEP * 2
                lines.writerow(
                    (f"{TERC[:6]}4", SYM, "Miasto", _code(at), name, number, f"{lon:.6f}", f"{lat:.6f}")
                )
    return path


def _boundary(path: Path, streets: int, houses: int) -> Path:
    west, south = WEST - 0.01, SOUTH - 0.01
    east = WEST + SIDE * houses * STEP + 0.01
    north = SOUTH + (streets // SIDE + 1) * APART / 4 + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"terc": TERC, "name": "Miasto"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path
