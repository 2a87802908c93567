"""What messengers show of a link to an alert without opening it: first of all whether it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions.public_api.area_view import on_map
from functions.public_api.words import Words
from shared import vocabulary
from shared.domain.public_alert import Kind
from shared.domain.standing import Standing, may_go_on, text_in
from shared.services.publishing.read_published import ReadAlert

if TYPE_CHECKING:
    from functions.public_api.picture.preview import Preview

LONGEST_DESCRIPTION = 200  # characters, as link previews show them
# As in web-residents/css/public.css, by day.
COLOURS = {
    "extreme": (140, 19, 19),
    "severe": (179, 64, 11),
    "moderate": (122, 90, 0),
    "minor": (21, 85, 150),
    "all_clear": (27, 107, 58),
}
OVER = (74, 87, 99)


def preview_tags(found: ReadAlert, address: str, drawn: bool, map_words: str, words: Words) -> dict[str, str]:
    """For the page's head; `address` is the page's, without a language. `drawn`: there is a picture of it."""
    alert, over = found.alert, _over(found, words)
    _, text = text_in(alert, words.language)
    exercise = f"{words('exercise')}: " if alert.exercise else ""
    severity = words.label("severity", alert.severity.value)
    lead = over or f"{severity}. {words('preview_until', time=words.moment(alert.expires))}"
    if may_go_on(alert, found.standing):
        lead = f"{lead}. {words('list_unsure')[:-1]}"
    site, _, _ = address.partition("/a/")
    return {
        "title": f"{f'{over}: ' if over else ''}{exercise}{text.title} – {found.municipality.name}",
        "description": _cut(f"{lead}. {' '.join(text.body.split())}"),
        "picture": f"{address}/{mark(found, words)}.png" if drawn else f"{site}{ready_made(found)}",
        "alt": f"{over or severity}. {map_words}" if drawn else over or severity,
    }


def mark(found: ReadAlert, words: Words) -> str:
    """Another one whenever the picture is: messengers keep what they once fetched."""
    return f"{words.language}-{found.standing.value}-{found.alert.revision}"


def ready_made(found: ReadAlert) -> str:
    """A picture of web-residents/icons; the words in it are in every language."""
    return f"/icons/preview-{_kind(found)}.png"


def preview(found: ReadAlert, boundary: str | None, base_map: str | None, words: Words) -> Preview:
    """Boundary and base map are GeoJSON text."""
    from functions.public_api.picture.preview import Preview

    alert, over = found.alert, _over(found, words)
    _, text = text_in(alert, words.language)
    severity = words.label("severity", alert.severity.value)
    exercise = f"{words('exercise')}: " if alert.exercise else ""
    covers = () if alert.covers is None else tuple(on_map(one.name) for one in alert.covers.names)
    until = "" if over else words("preview_until", time=words.moment(alert.expires))
    return Preview(
        office=f"{words('site')} · {found.municipality.name}",
        band=f"{exercise}{over.upper() or severity}",
        colour=COLOURS.get(_kind(found), OVER),
        title=text.title,
        until=until,
        area=alert.area,
        boundary=boundary,
        base_map=base_map,
        covered=covers,
    )


def _over(found: ReadAlert, words: Words) -> str:
    """What became of it; empty while it holds."""
    told = {
        Standing.CANCELLED: "preview_cancelled",
        Standing.EXPIRED: "preview_expired",
        Standing.REPLACED: "preview_replaced",
        Standing.ENDED: "preview_clear",
    }.get(found.standing, "preview_clear" if found.alert.kind is Kind.ALL_CLEAR else "")
    if told == "preview_clear" and found.alert.group == "failure":
        told = "mended"
    return words(told) if told else ""


def _kind(found: ReadAlert) -> str:
    if found.standing is not Standing.ACTIVE:
        return found.standing.value
    if found.alert.kind is Kind.ALL_CLEAR:
        return "all_clear"
    severity = found.alert.severity.value
    return severity.lower() if severity in vocabulary.values("severities") else "extreme"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"
