"""Whether an alert can be sent as it is: its area, its times, its length, all faults named at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.domain.clean_text import clean_paragraphs, has_visible
from shared.domain.content import Content, Severity, Text, specs
from shared.domain.unfinished import completed, said, unsaid
from shared.errors import FieldError, InvalidInput, NotSendable
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.areas.check_area import check_inside

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm
    from shared.geo.shapes import Area
    from shared.services.areas.register import Register

GRACE = timedelta(minutes=1)  # between choosing a time to send and its arrival here
LEAST_LIFE = timedelta(minutes=10)
LONGEST_LIFE = timedelta(days=28)  # FCM docs, "Setting the lifespan of a message"
FARTHEST = timedelta(days=366)
LEAST_SILENCE = timedelta(minutes=5)  # the silent delivery is over before the one with sound begins
SOUND_BEFORE_END = timedelta(minutes=10)  # a phone that rings has something to show for a while


@dataclass(frozen=True)
class Circumstances:
    """What a content is judged by, beside itself."""

    register: Register
    languages: tuple[str, ...]
    now: datetime


def circumstances(ports: AlertPorts, terc: str, before: Content | None = None) -> Circumstances:
    """`before`: the content that is to be changed. Raises NotFound when the municipality has not been
    imported."""
    from shared.services.areas.register import register_of

    kept = None if before is None else before.parts
    register = register_of(ports.municipalities, ports.areas, ports.saved, terc, kept)
    return Circumstances(register, register.municipality.languages, ports.clock.now())


def accept_content(form: ContentForm, around: Circumstances) -> Content:
    """The content of a request. Raises InvalidInput with every fault."""
    from shared.formats.noticed_json import noticed_errors
    from shared.services.areas.choose_area import checked_area

    chosen, area_fault = _or_fault(lambda: checked_area(form.values, around.register))
    values = {**form.values, **chosen}
    errors = [*form.errors, *(area_fault.errors if area_fault else ()), *_faults(values, around)]
    errors += noticed_errors(form, around.now)
    if not (area_fault or values.get("area_name") or _is_told(errors, "/area_name")):
        errors.append(FieldError("/area_name", "missing"))
    if errors:
        raise InvalidInput(errors, area_fault.inside if area_fault else None)
    return Content(**values)


def accept_unfinished(form: ContentForm, around: Circumstances) -> Content:
    """The content of a draft that nobody hands on yet: whether it can be sent is asked when it is submitted.

    Raises InvalidInput for what could not be read.
    """
    from shared.formats.noticed_json import noticed_errors
    from shared.services.areas.choose_area import unchecked_area

    errors = [*form.errors, *_language_errors(form.values.get("texts", {}), around)]
    errors += noticed_errors(form, around.now)
    if errors:
        raise InvalidInput(errors)
    return Content(**completed({**form.values, **unchecked_area(form.values, around.register)}))


def retold(content: Content, around: Circumstances) -> Content:
    """With what its area covers by the register as it is now."""
    from shared.services.areas.covers import covers_of

    if not content.area:
        return content
    register = around.register
    covers = covers_of(content.area, content.parts, register.terc, register.library)
    return content if covers is None else replace(content, covers=covers)


def recheck_content(content: Content, around: Circumstances) -> None:
    """Time passes and boundaries move between writing and approving; and a draft may lack what an alert of
    its group must say. Raises NotSendable."""
    errors = [*_faults(said(content), around), *lacking(content), *unseen(content)]
    inside: Mapping[str, Any] | None = None
    try:
        if content.area:
            _check_inside(content, around.register.boundary)
    except InvalidInput as fault:
        errors += fault.errors
        inside = fault.inside
    if errors:
        raise NotSendable(errors, inside)


def lacking(content: Content) -> Iterator[FieldError]:
    """What alerts, or those of this group, must say before anybody may approve them, in every language
    written."""
    yield from (FieldError(pointer, "missing") for pointer in unsaid(content))
    for name, spec in specs(Content).items():
        if content.group in spec.required_of and getattr(content, name) is None:
            yield FieldError(f"/{name}", "missing")
    for language, text in content.texts.items():
        for name, spec in specs(Text).items():
            if content.group in spec.required_of and getattr(text, name) is None:
                yield FieldError(f"/texts/{language}/{name}", "missing")


def _check_inside(content: Content, boundary: Area) -> None:
    """Raises InvalidInput. The outline of parts is not as exact as what somebody drew."""
    from shared.geo.shapes import Area
    from shared.services.areas.take_parts import check_outline

    check = check_inside if content.parts is None else check_outline
    check(Area.from_text(content.area), boundary)


def unseen(content: Content) -> Iterator[FieldError]:
    """Texts of which a reader sees nothing: drafts of earlier releases may have them."""
    texts = {f"texts/{language}/{name}": value for language, text in content.texts.items()
             for name, value in vars(text).items()}  # fmt: skip
    for pointer, value in {**texts, "area_name": content.area_name}.items():
        if value and not has_visible(clean_paragraphs(value)):
            yield FieldError(f"/{pointer}", "empty")


def time_errors(expires: datetime, send_at: datetime | None, now: datetime) -> Iterator[FieldError]:
    start = _start(send_at, now)
    if send_at is not None and send_at < now - GRACE:
        yield FieldError("/send_at", "send-at-past")
    if send_at is not None and send_at > now + FARTHEST:
        yield FieldError("/send_at", "send-at-too-far", {"days": FARTHEST.days})
    if expires <= now:
        yield FieldError("/expires", "expires-past")
    elif expires <= start:
        yield FieldError("/expires", "expires-before-sending")
    elif expires < start + LEAST_LIFE:
        yield FieldError("/expires", "expires-too-soon", {"minutes": LEAST_LIFE.seconds // 60})
    elif expires > start + LONGEST_LIFE:
        yield FieldError("/expires", "expires-too-late", {"days": LONGEST_LIFE.days})


def sound_errors(values: Mapping[str, Any], now: datetime) -> Iterator[FieldError]:
    """Faults of "silently now, with sound at ..."; an evacuation is never silent, its exercise may be."""
    sound_at, expires = values.get("sound_at"), values.get("expires")
    if sound_at is None:
        return
    if values.get("severity") is Severity.EXTREME and not values.get("exercise"):
        yield FieldError("/sound_at", "sound-at-extreme")
    elif sound_at < _start(values.get("send_at"), now) + LEAST_SILENCE:
        yield FieldError("/sound_at", "sound-at-too-soon", {"minutes": LEAST_SILENCE.seconds // 60})
    elif expires is not None and sound_at > expires - SOUND_BEFORE_END:
        yield FieldError("/sound_at", "sound-at-too-late", {"minutes": SOUND_BEFORE_END.seconds // 60})


def announced_errors(values: Mapping[str, Any], now: datetime) -> Iterator[FieldError]:
    """Faults of the times that residents are promised: after sending, and news while it is valid."""
    start, expires = _start(values.get("send_at"), now), values.get("expires")
    for name in ("event_ends", "next_info"):
        if (moment := values.get(name)) is None:
            continue
        if moment <= start:
            yield FieldError(f"/{name}", "before-sending")
        elif moment > start + FARTHEST:
            yield FieldError(f"/{name}", "too-far", {"days": FARTHEST.days})
        elif name == "next_info" and expires is not None and moment > expires:
            yield FieldError(f"/{name}", "after-expiry")


def _start(send_at: datetime | None, now: datetime) -> datetime:
    return max(send_at or now, now)


def _or_fault(choose: Callable[[], Mapping[str, Any]]) -> tuple[Mapping[str, Any], InvalidInput | None]:
    try:
        return choose(), None
    except InvalidInput as fault:
        return {}, fault


def _is_told(errors: Sequence[FieldError], pointer: str) -> bool:
    return any(one.pointer == pointer for one in errors)


def _faults(values: Mapping[str, Any], around: Circumstances) -> Iterator[FieldError]:
    """Of a content, or of what could be read of one."""
    if values.get("expires") is not None:
        yield from time_errors(values["expires"], values.get("send_at"), around.now)
    yield from sound_errors(values, around.now)
    yield from announced_errors(values, around.now)
    yield from _language_errors(values.get("texts", {}), around)


def _language_errors(texts: Mapping[str, Text], around: Circumstances) -> Iterator[FieldError]:
    for language in texts:
        if language not in around.languages:
            known = ", ".join(around.languages)
            yield FieldError(f"/texts/{language}", "language-not-served", {"known": known})
