"""Staff look at their municipality's series, and at when they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shared.domain.recurrence import Recurrence
from shared.domain.series import Series, SeriesAction, SeriesState
from shared.ports import Staff
from shared.services.alerts.bounds import Bounds
from shared.services.series.change_series import visible
from shared.services.series.series_ports import SeriesPorts

YEAR = timedelta(days=366)
Coming = tuple[date, datetime, str | None, str | None]  # day, moment, id and state of the alert if it is made


def list_series(ports: SeriesPorts, staff: Staff) -> Sequence[Series]:
    """Newest change first."""
    return ports.store.list(staff.terc)


def get_series(ports: SeriesPorts, series_id: str, staff: Staff) -> Series:
    """Raises NotFound, and Unreadable."""
    return visible(ports, series_id, staff).value


def possible_steps(ports: SeriesPorts, series: Series, staff: Staff) -> tuple[SeriesAction, ...]:
    within = Bounds(ports.alerts, staff).roles(series.content, None)
    return tuple(action for action in SeriesAction if series.may(action, staff.person, within))


def next_of(series: Series, now: datetime) -> tuple[date, datetime] | None:
    """None: it is ended, or over."""
    return None if series.state is SeriesState.ENDED else next(series.coming(now), None)


def coming_year(ports: SeriesPorts, series: Series) -> Sequence[Coming]:
    """Of the next twelve months; of an ended series none."""
    now = ports.alerts.clock.now()
    if series.state is SeriesState.ENDED:
        return []
    made = {item.value.id: item.value.state.value for item in ports.store.waiting(series)}
    named = ((day, moment, series.occurrence_id(day)) for day, moment in series.coming(now))
    return [
        (day, moment, name if name in made else None, made.get(name))
        for day, moment, name in named
        if moment <= now + YEAR
    ]


def coming_of_rule(rule: Recurrence, now: datetime) -> Sequence[tuple[date, datetime]]:
    """The same of a rule that nobody has saved."""
    days = ((day, rule.moment(day)) for day in rule.days())
    return [(day, moment) for day, moment in days if now < moment <= now + YEAR]
