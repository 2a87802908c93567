"""PRG's address points as GML of both models, in small."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

GML = 'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink"'
BASE = "http://geoportal.gov.pl/PZGIK/dane"


def _model_2012(positions: Sequence[str], system: str, street: str) -> str:
    points = "".join(
        f"""<p:PRG_PunktAdresowy gml:id="A{number}">
        <p:idIIP><b:BT_Identyfikator><b:lokalnyId>id-{number}</b:lokalnyId></b:BT_Identyfikator></p:idIIP>
        <p:miejscowosc>Myślenice</p:miejscowosc><p:ulica>Józefa Piłsudskiego</p:ulica>
        <p:numerPorzadkowy>{number}</p:numerPorzadkowy><p:kodPocztowy>32-400</p:kodPocztowy>
        <p:pozycja><gml:Point srsName="{system}"><gml:pos>{position}</gml:pos></gml:Point></p:pozycja>
        <p:komponent xlink:href="{BASE}/U"/><p:komponent xlink:href="{BASE}/L"/>
        <p:komponent xlink:href="{BASE}/{street}"/></p:PRG_PunktAdresowy>"""
        for number, position in enumerate(positions, 1)
    )
    return f"""<gml:FeatureCollection {GML}
        xmlns:b="urn:gugik:specyfikacje:gmlas:modelPodstawowy:1.0"
        xmlns:m="urn:gugik:specyfikacje:gmlas:ewidencjaMiejscowosciUlicAdresow:1.0"
        xmlns:p="urn:gugik:specyfikacje:gmlas:panstwowyRejestrGranicAdresy:1.0"><gml:featureMembers>{points}
        <p:PRG_JednostkaAdministracyjnaNazwa gml:id="U"><p:idTERYT>1209034</p:idTERYT>
        </p:PRG_JednostkaAdministracyjnaNazwa>
        <p:PRG_MiejscowoscNazwa gml:id="L"><p:nazwa>Myślenice</p:nazwa><p:idTERYT>0951617</p:idTERYT>
        </p:PRG_MiejscowoscNazwa>
        <p:PRG_UlicaNazwa gml:id="S"><p:nazwa><m:AD_NazwaUlicy><m:idTERYT>16274</m:idTERYT></m:AD_NazwaUlicy>
        </p:nazwa></p:PRG_UlicaNazwa></gml:featureMembers></gml:FeatureCollection>"""


def _model_2021(positions: Sequence[str], system: str, street: str) -> str:
    points = "".join(
        f"""<gml:featureMember><p:AD_PunktAdresowy gml:id="A{number}">
        <p:idIIP><p:AD_IdentyfikatorIIP><p:lokalnyId>id-{number}</p:lokalnyId></p:AD_IdentyfikatorIIP></p:idIIP>
        <p:numerPorzadkowy>{number}</p:numerPorzadkowy>
        <p:georeferencja><gml:Point srsName="{system}"><gml:pos>{position}</gml:pos></gml:Point>
        </p:georeferencja><p:kodPocztowy>32-400</p:kodPocztowy>
        <p:miejscowosc xlink:href="#L"/><p:ulica2 xlink:href="#{street}"/>
        </p:AD_PunktAdresowy></gml:featureMember>"""
        for number, position in enumerate(positions, 1)
    )
    return f"""<gml:FeatureCollection {GML} xmlns:p="https://geoportal.gov.pl/schemas/prgad/1.0">{points}
        <gml:featureMember><p:AD_Miejscowosc gml:id="L"><p:nazwa>Myślenice</p:nazwa>
        <p:identyfikatorSIMC>0951617</p:identyfikatorSIMC><p:TERYTGminy>1209034</p:TERYTGminy>
        </p:AD_Miejscowosc></gml:featureMember>
        <gml:featureMember><p:AD_UlicaPlac gml:id="S"><p:nazwaPelna>Józefa Piłsudskiego</p:nazwaPelna>
        <p:identyfikatorULIC>16274</p:identyfikatorULIC></p:AD_UlicaPlac></gml:featureMember>
        </gml:FeatureCollection>"""


_MODELS = {2012: (_model_2012, "urn:ogc:def:crs:EPSG::2180"), 2021: (_model_2021, "EPSG:2180")}


def gml_file(
    path: Path, model: int, positions: Sequence[str], *, system: str | None = None, street: str = "S"
) -> Path:
    """`positions` as they stand in the file: northing first in the model of 2012, easting in that of 2021."""
    write, own = _MODELS[model]
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{write(positions, system or own, street)}')
    return path
