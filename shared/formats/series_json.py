"""Series as the staff's API takes and answers them; openapi.yaml has the shapes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shared.domain.preferences import LOCAL
from shared.domain.recurrence import Recurrence
from shared.domain.series import Series
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import content_json, person_json, time_json
from shared.formats.audit_words import content_words
from shared.formats.content_json import ContentForm, read_content
from shared.formats.recurrence_json import read_recurrence, recurrence_json, rule_faults

Json = dict[str, Any]
_FIELDS = ("content", "recurrence")


@dataclass(frozen=True)
class SeriesForm:
    """`content` with the moment of the first occurrence; what could not be read is in its errors."""

    content: ContentForm
    recurrence: Recurrence


def read_series(body: object) -> SeriesForm:
    """Raises InvalidInput. Faults of the content's fields are told later, beside those of its area."""
    given = _object(body)
    errors = [FieldError(f"/{name}", "unknown-field") for name in given if name not in _FIELDS]
    errors += [FieldError(f"/{name}", "missing") for name in _FIELDS if given.get(name) is None]
    content = given.get("content")
    if isinstance(content, dict) and content.get("send_at") is not None:
        errors.append(FieldError("/content/send_at", "unknown-field"))  # it follows from the rule
    if errors:
        raise InvalidInput(errors)
    recurrence = read_new_recurrence(given["recurrence"])
    try:
        form = read_content(content)
    except InvalidInput as error:
        raise beneath_content(error) from error
    values = {**form.values, "send_at": recurrence.moment(recurrence.first)}
    return SeriesForm(replace(form, values=values), recurrence)


def read_preview(body: object) -> Recurrence:
    """Raises InvalidInput."""
    given = _object(body)
    if errors := [FieldError(f"/{name}", "unknown-field") for name in given if name != "recurrence"]:
        raise InvalidInput(errors)
    return read_new_recurrence(given.get("recurrence"))


def read_new_recurrence(body: object) -> Recurrence:
    recurrence = read_recurrence(body)
    if errors := list(rule_faults(recurrence)):
        raise InvalidInput(errors)
    return recurrence


def read_skip(body: object) -> date:
    """The day of the occurrence that is to be left out. Raises InvalidInput."""
    given = _object(body)
    errors = [FieldError(f"/{name}", "unknown-field") for name in given if name != "date"]
    try:
        day = date.fromisoformat(str(given.get("date")))
    except ValueError:
        errors.append(FieldError("/date", "recurrence-date"))
    if errors:
        raise InvalidInput(errors)
    return day


def beneath_content(error: InvalidInput) -> InvalidInput:
    """The same faults, named as the body has them: the moment to send is that of the rule."""
    named = [
        replace(one, pointer=_POINTERS.get(one.pointer, f"/content{one.pointer}")) for one in error.errors
    ]
    return InvalidInput(named, error.inside)


_POINTERS: Mapping[str, str] = {"/send_at": "/recurrence/first"}


def series_json(series: Series, actions: Iterable[str], coming: tuple[date, datetime] | None) -> Json:
    """`actions`: those that the caller may take now; `coming`: the next occurrence."""
    return {
        "id": series.id,
        "terc": series.terc,
        "state": series.state.value,
        "revision": series.revision,
        "content": content_json(series.content),
        "recurrence": recurrence_json(series.recurrence),
        "withdrawn": [day.isoformat() for day in series.withdrawn],
        "author": person_json(series.author),
        "approver": None if series.approver is None else person_json(series.approver),
        "created": time_json(series.created),
        "updated": time_json(series.updated),
        "submitted": _time(series.submitted),
        "approved": _time(series.approved),
        "ended": _time(series.ended),
        "next": None if coming is None else occurrence_json(*coming),
        "actions": [str(action) for action in actions],
    }


def occurrence_json(day: date, moment: datetime, alert: str | None = None, state: str | None = None) -> Json:
    """`local`: as the clock on the wall shows it then, which is another time where it leaps."""
    local = moment.astimezone(LOCAL).isoformat(timespec="minutes")
    return {"date": day.isoformat(), "at": time_json(moment), "local": local, "alert": alert, "state": state}


def series_words(series: Series) -> Json:
    """What the audit says of it."""
    return {
        "state": series.state.value,
        "digest": series_digest(series),
        "recurrence": recurrence_json(series.recurrence),
        "withdrawn": [day.isoformat() for day in series.withdrawn],
        **content_words(series.content),
    }


def series_digest(series: Series) -> str:
    """What is approved; hex SHA-256. What is not said is left out, so that a release with a field more finds
    the same."""
    said = {**content_words(series.content), "rule": _said(recurrence_json(series.recurrence))}
    text = json.dumps(_said(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one not in (None, False, "", [], {})}
    return value


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_json(moment)


def _object(body: object) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    return body
