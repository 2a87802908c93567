"""The metadata that a document of Polish administration needs, in the XML of the state archives.

(Dz.U. 2006 nr 206 poz. 1517, par. 2: identifier, creator, title, date, format, access, type; namespace of
the standard `ndap`.)
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, register_namespace

from shared.formats.audit_json import moment
from shared.formats.packet import Packet
from shared.formats.packet_xml import clean, xml_bytes

NDAP = "http://www.mswia.gov.pl/standardy/ndap"
LANGUAGE = "pol"  # ISO 639-2
register_namespace("ndap", NDAP)


def metadata_xml(packet: Packet, document: str, kind: str, size: int) -> bytes:
    """Of one document of the packet; `size` in bytes."""
    root = Element(_name("dokument"))
    _add(root, "identyfikator", typ="Identyfikator w systemie", wartosc=document)
    _add(root, "tytul", oryginalny=packet.title)
    _add(root, "data", typ="stworzony", czas=str(moment(packet.made)))
    form = _add(root, "format", typ=kind)
    SubElement(form, _name("wielkosc"), jednostka="bajt").text = str(size)
    _add(root, "dostep", dostepnosc="metadane")
    _add(root, "typ", klasa="tekst", rodzaj="dowód przebiegu alertu")
    _add_creator(root, packet)
    SubElement(root, _name("jezyk"), kodJezyka=LANGUAGE).text = "polski"
    _add(root, "relacja", typ="dotyczy", wartosc=f"alerts/{packet.alert.id}")
    told = f"Alert {packet.alert.id} gminy {packet.alert.terc}, wpisy rejestru zdarzeń: {len(packet.entries)}"
    SubElement(root, _name("opis")).text = told
    return xml_bytes(root)


def _add_creator(root: Element, packet: Packet) -> None:
    creator = _add(root, "tworca", funkcja="utworzył")
    entity = SubElement(creator, _name("podmiot"))
    person = SubElement(entity, _name("osoba"))
    SubElement(person, _name("nazwisko")).text = clean(packet.by.name)
    office = SubElement(entity, _name("instytucja"))
    SubElement(office, _name("nazwa")).text = clean(packet.office)


def _add(parent: Element, name: str, **children: str) -> Element:
    element = SubElement(parent, _name(name))
    for child, text in children.items():
        SubElement(element, _name(child)).text = clean(text)
    return element


def _name(local: str) -> str:
    return f"{{{NDAP}}}{local}"
