"""What counting the coverage needs from outside."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import (
    AreaLibrary,
    AudienceStore,
    Clock,
    CoverageStore,
    MunicipalityStore,
    PhoneRegister,
    ResidentStore,
    ResidentWalk,
)


@dataclass(frozen=True)
class CoveragePorts:
    areas: AreaLibrary
    audience: AudienceStore
    municipalities: MunicipalityStore
    phones: PhoneRegister
    residents: ResidentStore
    walk: ResidentWalk
    store: CoverageStore
    clock: Clock
