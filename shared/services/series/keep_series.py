"""An author begins a series, or changes it: then whoever approved the old one has approved nothing now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.alert import Content
from shared.domain.lifecycle import Action
from shared.domain.series import MOST_SERIES, Series, SeriesAction, SeriesState
from shared.errors import Conflict, FieldError, InvalidInput, KeyReused
from shared.formats.audit_words import differing
from shared.formats.series_json import SeriesForm, beneath_content, series_digest, series_words
from shared.ports import Staff
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.check_content import accept_content, circumstances
from shared.services.alerts.create_alert import on_behalf
from shared.services.audit.act import act_of
from shared.services.series.change_series import all_of_them, change_series, require_role
from shared.services.series.series_ports import SeriesPorts


def create_series(ports: SeriesPorts, form: SeriesForm, staff: Staff, key: str | None) -> Series:
    """The draft; for a key that came before with the same, the one that was made then.

    Raises Forbidden, InvalidInput, KeyReused, NotFound.
    """
    require_role(staff, SeriesAction.EDIT)
    content = on_behalf(_accepted(ports, form, staff, None), staff)
    Bounds(ports.alerts, staff).require(Action.EDIT, content, None)
    known = ports.store.list(staff.terc)
    if sum(one.state is not SeriesState.ENDED for one in known) >= MOST_SERIES:
        raise InvalidInput([FieldError("", "series-too-many", {"most": MOST_SERIES})])
    series = _begun(ports, content, form, staff, key)
    words = differing({}, series_words(series))
    try:
        ports.store.create(series, [act_of(staff, "series.create", f"series/{series.id}", *words)])
    except Conflict:
        return _first(ports, series)
    return series


def edit_series(ports: SeriesPorts, series_id: str, expected: int, staff: Staff, form: SeriesForm) -> Series:
    """The draft; occurrences that have not started are withdrawn with it, in one commit.

    Raises what change_series does.
    """

    def changes(series: Series, _now: datetime) -> Mapping[str, Any]:
        content = _accepted(ports, form, staff, series.content)
        content = replace(content, on_behalf=series.content.on_behalf)  # once it was said, it stays said
        mine = staff.person.uid
        return {
            "content": on_behalf(content, staff),
            "recurrence": form.recurrence,
            "writers": (*(uid for uid in series.writers if uid != mine), mine),
            "submitted": None,
            "approver": None,
            "approved": None,
            "approved_digest": "",
            "withdrawn": (),
            "made": None,
        }

    return change_series(ports, series_id, expected, staff, SeriesAction.EDIT, changes, all_of_them)


def _accepted(ports: SeriesPorts, form: SeriesForm, staff: Staff, before: Content | None) -> Content:
    try:
        return accept_content(form.content, circumstances(ports.alerts, staff.terc, before))
    except InvalidInput as error:
        raise beneath_content(error) from error


def _begun(ports: SeriesPorts, content: Content, form: SeriesForm, staff: Staff, key: str | None) -> Series:
    now = ports.alerts.clock.now()
    return Series(
        id=_id(ports, staff, key),
        terc=staff.terc,
        content=content,
        recurrence=form.recurrence,
        author=staff.person,
        writers=(staff.person.uid,),
        created=now,
        updated=now,
    )


def _id(ports: SeriesPorts, staff: Staff, key: str | None) -> str:
    named = f"{staff.terc}\n{staff.person.uid}\nseries\n{key}"
    return ports.store.new_id() if key is None else hashlib.sha256(named.encode()).hexdigest()[:20]


def _first(ports: SeriesPorts, series: Series) -> Series:
    first = ports.store.get(series.id)
    if first is None or series_digest(first.value) != series_digest(series):
        raise KeyReused
    return first.value
