"""What looking after lost things needs from outside, and how far one run goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from shared.domain.audience import AudienceEntry
from shared.ports import (
    AccountStore,
    AlertSigner,
    AnchorStore,
    AreaLibrary,
    AudienceStore,
    AuditLog,
    CursorStore,
    MunicipalityStore,
    ResidentStore,
    ResidentWalk,
    SeriesStore,
    TraceStore,
)
from shared.services.calls.call_ports import CallPorts
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.services.delivery.delivery_ports import FinishPorts
from shared.services.reports.report_ports import ReportPorts


@dataclass(frozen=True)
class Limits:
    """How patient a run is, and where it stops."""

    grace: timedelta = timedelta(seconds=30)  # what is late by less is still on its usual way
    run: timedelta = timedelta(seconds=40)  # then nothing more is begun; the next run is a minute later
    alerts: int = 200  # read at once
    slices: int = 100  # resumed in one run
    residents: int = 1  # of all, compared in every other run, about 6 reads each
    entries: int = 3  # of the index, looked after in the runs between, 2 reads each
    changed: int = 200  # documents of residents that were written, of each kind in one run
    devices: int = 100  # pruned in one run
    places: int = 100  # whose time is over, deleted in one run
    quiet: int = 10  # residents whose app was not heard of for long, looked at in one run, 18 reads each
    erasures: int = 5  # residents who left, cleared away in one run; or as far as `traced` alerts go
    silent: int = 200  # residents asked once a month whether they can be reached, 2 reads each
    traced: int = 100  # alerts looked through for each of them, 6 reads each and one for each wave
    waiting: int = 50  # acts that could not be sealed with their changes, sealed in one run
    heartbeat: timedelta = timedelta(hours=1)
    series: int = 20  # whose occurrences are made in one run
    reports: int = 100  # alerts whose threads are asked about in one run
    offices: int = 10  # whose drills are looked at in one run, each once an hour, some 20 reads; 0: none


@dataclass(frozen=True, kw_only=True)
class SweepPorts(FinishPorts):
    residents: ResidentStore
    audience: AudienceStore
    reachable: Callable[[AudienceEntry], bool]  # by any channel
    municipalities: MunicipalityStore
    walk: ResidentWalk
    cursors: CursorStore
    traces: TraceStore
    accounts: AccountStore
    signer: AlertSigner
    coverage: CoveragePorts
    audit: AuditLog | None = None  # None: nothing of it is looked after
    anchors: AnchorStore | None = None  # None: no bucket is set
    areas: AreaLibrary | None = None  # None: no registers of addresses
    remind_trial: Callable[[str], str | None] | None = None  # as services.staff.remind_trial; None: no e-mail
    calling: CallPorts | None = None  # None: staff are not called
    limits: Limits = field(default_factory=Limits)
    series: SeriesStore | None = None  # None: nothing comes again
    reports: ReportPorts | None = None  # None: no thread is reported on
