"""What a crisis centre is told of an alert: one text for telephone, SMS and mail, and a whole mail."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain.alert import Alert, Kind
from shared.domain.alert_number import alert_number
from shared.domain.area_parts import Unit, leaves
from shared.domain.content import FIRST_LANGUAGE, Content, Text
from shared.domain.gsm import TWO_PARTS, of_alphabet, places, shortened
from shared.labels import label

WARSAW = ZoneInfo("Europe/Warsaw")
_OFFICE, _HAZARD, _CONTACT = 40, 28, 22  # places that these may take, so that title and area keep theirs
_TITLE_SHARE = 0.6  # of what is left for title and area
_ONE_CODE = 26  # places that a first code takes, with how many more there are
_PHONE = re.compile(r"[+0-9][0-9 -]{1,20}")


@dataclass(frozen=True)
class Teryt:
    """A unit of the register that the alert is for: SYM, SYM:SYM_UL or TERC; `inside` None: not counted."""

    code: str
    name: str
    inside: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class UpwardsMail:
    subject: str
    text: str


def teryt_list(content: Content, terc: str) -> tuple[Teryt, ...]:
    """By the register's codes, those first of which most is covered; without a register what staff named, and
    the municipality for a shape alone."""
    if content.covers is not None and content.covers.names:
        return tuple(Teryt(one.code, one.name, one.inside, one.total) for one in content.covers.names)
    units = (one for one in leaves(content.parts or ()) if isinstance(one, Unit))
    named = tuple(Teryt(code, "") for code in dict.fromkeys(one.code for one in units))
    return named or (Teryt(terc, content.area_name),)


def upwards_text(alert: Alert, office: str) -> str:
    """At most 306 characters of GSM-7 (two SMS), in Polish. Codes, area and title give way to the rest."""
    word = _words()["text"]
    head, tail = _head(alert, office, word), _tail(alert, word)
    units = tuple(one for one in teryt_list(alert.content, alert.terc) if one.code != alert.terc)
    room = TWO_PARTS - (places(f"{head} {tail}") or 0) - (_ONE_CODE if units else 0)
    told = f"{head} {_what(alert.content, room, word)} {tail}"
    return told + _codes(units, TWO_PARTS - (places(told) or 0), word)


def _what(content: Content, room: int, word: Mapping[str, str]) -> str:
    """Title and area: what one of them does not need is the other's."""
    left = room - len(word["area"].format(area="")) - len("   ")
    area, title = of_alphabet(content.area_name).rstrip("."), _ended(of_alphabet(_text(content).title))
    title = shortened(title, max(int(left * _TITLE_SHARE), left - (places(area) or 0)))
    where = shortened(area, left - (places(title) or 0)).rstrip(".")
    return f"{title} {word['area'].format(area=where)}"


def upwards_mail(alert: Alert, office: str, text: str) -> UpwardsMail:
    """With the whole Polish text and the list of what is covered. The subject names no place: mail shows it
    where it should not be read."""
    word, content = _words()["mail"], alert.content
    severity = label("severity", content.severity.value, FIRST_LANGUAGE)
    subject = word["subject"].format(office=office, number=alert_number(alert.id), severity=severity)
    said = _text(content)
    parts = (
        text,
        "\n".join(one for one in (said.title, said.body, said.instruction or "") if one),
        "\n".join((word["teryt"], *_listed(content, alert.terc, word))),
        word["answer"].format(contact=content.contact or office),
    )
    exercise = word["exercise"] if content.exercise else ""
    return UpwardsMail(exercise + subject, "\n\n".join((exercise.strip(), *parts)).strip() + "\n")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _text(content: Content) -> Text:
    return content.texts.get(FIRST_LANGUAGE) or next(iter(content.texts.values()), Text("", ""))


def _head(alert: Alert, office: str, word: Mapping[str, str]) -> str:
    content = alert.content
    event = content.event or content.category
    given = {
        "office": shortened(of_alphabet(office), _OFFICE),
        "terc": alert.terc,
        "kind": of_alphabet(_kind(alert, word)),
        "number": alert_number(alert.id),
        "severity": of_alphabet(label("severity", content.severity.value, FIRST_LANGUAGE)),
        "event": shortened(
            of_alphabet(label("hazard" if content.event else "category", event.value, FIRST_LANGUAGE)),
            _HAZARD,
        ),
    }
    return (word["exercise"] if content.exercise else "") + word["head"].format_map(given)


def _kind(alert: Alert, word: Mapping[str, str]) -> str:
    """A correction that takes the alert back says that; a word of a later release is told as an alert."""
    if alert.kind is Kind.CORRECTION and alert.ends_what == "cancelled":
        return word["taken_back"]
    return word.get(alert.kind.value, word["alert"])


def _tail(alert: Alert, word: Mapping[str, str]) -> str:
    content = alert.content
    inside = content.covers.inside if content.covers else None
    phone = _PHONE.search(content.contact or "")
    parts = [
        word["sent"].format(sent=_moment(alert.started or alert.updated), expires=_moment(content.expires)),
        "" if inside is None else word["addresses"].format(count=inside),
        "" if phone is None else word["contact"].format(contact=shortened(phone[0].strip(), _CONTACT)),
    ]
    return " ".join(part for part in parts if part)


def _codes(units: tuple[Teryt, ...], room: int, word: Mapping[str, str]) -> str:
    """As many whole codes as there is room for, and how many more there are."""
    for count in range(len(units), 0, -1):
        more = len(units) - count
        listed = " ".join(one.code for one in units[:count])
        told = " " + word["teryt"].format(codes=f"{listed} +{more}" if more else listed)
        if (places(told) or room + 1) <= room:
            return told
    return ""


def _listed(content: Content, terc: str, word: Mapping[str, str]) -> Iterator[str]:
    for one in teryt_list(content, terc):
        counted = "" if one.inside is None else word["counted"].format(inside=one.inside, total=one.total)
        yield f"{one.code} {one.name}{counted}".strip()
    if content.covers is not None and content.covers.more:
        yield word["more"].format(names=content.covers.more, inside=content.covers.more_inside)


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?")) else f"{title}."


def _moment(at: datetime) -> str:
    return at.astimezone(WARSAW).strftime("%d.%m %H:%M")
