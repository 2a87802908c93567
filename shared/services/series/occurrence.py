"""What an occurrence of a series says: the content that was approved, with its times moved along."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import Content
from shared.domain.series import as_long, on_the_wall
from shared.services.alerts.check_content import announced_errors, sound_errors, time_errors


def occurrence_content(first: Content, moment: datetime) -> Content:
    """Promises keep their time by the clock on the wall, as the texts say it; where its change would leave
    one that cannot be sent, each is as far from the moment as in the first."""
    content = on_the_wall(first, moment)
    return as_long(first, moment) if _faulty(content, moment) else content


def _faulty(content: Content, moment: datetime) -> bool:
    values = vars(content)
    faults = (
        *time_errors(content.expires, moment, moment),
        *sound_errors(values, moment),
        *announced_errors(values, moment),
    )
    return bool(faults)
