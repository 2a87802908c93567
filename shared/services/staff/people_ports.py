"""What deciding about people's rights needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.stand_in import StandIn
from shared.ports import (
    AlertStore,
    Clock,
    GrantStore,
    MunicipalityStore,
    SavedAreaStore,
    StaffStore,
    StandInStore,
)


@dataclass(frozen=True)
class PeoplePorts:
    """`alarm`: tells all staff of the municipality and of the powiat that somebody began to stand in."""

    staff: StaffStore
    grants: GrantStore
    stand_ins: StandInStore
    alerts: AlertStore
    municipalities: MunicipalityStore
    saved: SavedAreaStore
    is_template: Callable[[str, str], bool]  # by TERC and id
    clock: Clock
    alarm: Callable[[StandIn], None]
