"""The packet of an alert as XML: the alert as it is, and its entries of the audit with their MACs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shared.domain.audit import AuditEntry
from shared.formats.audit_json import entry_json, moment, words_text
from shared.formats.audit_words import alert_words
from shared.formats.packet import Packet

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_ATTRIBUTES = ("seq", "at", "action", "outcome", "about", "happened", "key", "prev", "prev_at", "mac")
_WORDS = ("before", "after")


def packet_xml(packet: Packet) -> bytes:
    alert = packet.alert
    made = str(moment(packet.made))
    root = Element("packet", version="1", terc=alert.terc, office=packet.office, made=made)
    element = SubElement(root, "alert", id=alert.id, revision=str(alert.revision))
    SubElement(element, "author", uid=alert.author.uid).text = clean(alert.author.name)
    if alert.approver:
        SubElement(element, "approver", uid=alert.approver.uid).text = clean(alert.approver.name)
    _add_words(element, alert_words(alert))
    whole = {"complete": str(packet.is_whole).lower(), "unreadable": str(packet.unreadable)}
    entries = SubElement(root, "entries", whole)
    for entry in packet.entries:
        _add_entry(entries, alert.terc, entry)
    return xml_bytes(root)


def _add_entry(parent: Element, terc: str, entry: AuditEntry) -> None:
    """Before and after stand as the JSON that is sealed, so that a MAC can be worked out of what stands
    here."""
    told = entry_json(terc, entry)
    given = {name: str(told[name]) for name in _ATTRIBUTES if told[name] is not None}
    element = SubElement(parent, "entry", given)
    if told["by"]:
        SubElement(element, "by", uid=told["by"]["uid"]).text = clean(told["by"]["name"])
    for name in ("why", "where"):
        if told[name]:
            SubElement(element, name).text = clean(told[name])
    for name in _WORDS:
        if told[name] is not None:
            SubElement(element, name).text = clean(words_text(told[name]) or "")


def _add_words(parent: Element, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        if value is None:
            continue
        field = SubElement(parent, "field", name=clean(str(name)))
        if isinstance(value, Mapping):
            _add_words(field, value)
        else:
            field.text = clean(value if isinstance(value, str) else words_text({"": value}) or "")


def clean(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return _NO_XML.sub("\ufffd", text)


def xml_bytes(root: Element) -> bytes:
    indent(root)
    told: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return told
