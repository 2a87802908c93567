"""Telephone numbers and addresses in an office's text as something to tap.

web-residents/js/shell/linked_parts.js has the same rules; tests/linked_texts.json holds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_FOUND = re.compile(r"https://[^\s<>\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()-]*\d", re.ASCII)
_TAIL = ".,;:!?)]}»”’"  # belongs to the sentence
_CALLED = re.compile(
    r"(dzwoń|dzwonić|telefon|tel\.?|numer|nr|call|dial|phone|телефон\S*|дзвон\S*|номер)[\s:]*"
    r"(pod|na|numer|nr|the|number|за|номер|номером)?[\s:]*$",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(r"(112|99[1-9]|98[1-9])")
_MONEY = re.compile(r"\s*(zł|pln|eur|€|m²|km)", re.IGNORECASE)
_POLISH = re.compile(r"(?:(?:00)?48)?[1-9]\d{8}")
_NEAR = 30  # characters before a short number in which the text says to call it


def linked_parts(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in parts, each with the address that it leads to, if any."""
    start = 0
    for match in _FOUND.finditer(text):
        shown = match[0].rstrip(_TAIL)
        end = match.start() + len(shown)
        href = _href(shown, text[: match.start()], text[end:])
        if href is not None:
            yield text[start : match.start()], None
            yield shown, href
            start = end
    yield text[start:], None


def linked(text: str) -> Markup:
    """Only for what the office signed: a link says more than a text does."""
    link = Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>')
    parts = linked_parts(text)
    return Markup("").join(escape(part) if href is None else link.format(href, part) for part, href in parts)


def dialled(phone: str) -> str:
    """The number as a telephone takes it."""
    return re.sub(r"[^0-9+]", "", phone)


def _href(shown: str, before: str, after: str) -> str | None:
    if shown.startswith("https://"):
        return shown if shown != "https://" else None
    if "@" in shown:
        return f"mailto:{shown}"
    return f"tel:{dialled(shown)}" if _is_number(shown, before, after) else None


def _is_number(shown: str, before: str, after: str) -> bool:
    """Nine digits of Poland, with or without its code; a short one only where the text says to call it."""
    if re.search(r"[\w.,:/]$", before) or re.match(r"[\w/]|[.,:]\d", after) or _MONEY.match(after):
        return False
    digits = re.sub(r"\D", "", shown)
    if _EMERGENCY.fullmatch(shown):
        return _CALLED.search(before[-_NEAR:]) is not None
    return _POLISH.fullmatch(digits) is not None and (len(digits) == 9 or shown.startswith(("+", "00")))
