"""What a report is read from, and where it is frozen."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import (
    AlertStore,
    AuditLog,
    CallStore,
    Clock,
    DeliveryStore,
    MunicipalityStore,
    PublishedStore,
    ReportStore,
    SummaryStore,
    UpwardsStore,
    WaveStore,
)


@dataclass(frozen=True, kw_only=True)
class ReportPorts:
    alerts: AlertStore
    audit: AuditLog
    delivery: DeliveryStore
    published: PublishedStore
    summaries: SummaryStore
    waves: WaveStore
    calls: CallStore
    upwards: UpwardsStore
    reports: ReportStore
    municipalities: MunicipalityStore
    clock: Clock
