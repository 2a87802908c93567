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
from shared.services.templates.template_ports import TemplatePorts


@dataclass(frozen=True)
class PeoplePorts:
    """`alarm`: tells all staff of the municipality and of the powiat that somebody began to stand in."""

    staff: StaffStore
    grants: GrantStore
    stand_ins: StandInStore
    alerts: AlertStore
    municipalities: MunicipalityStore
    saved: SavedAreaStore
    templates: TemplatePorts
    clock: Clock
    alarm: Callable[[StandIn], None]
