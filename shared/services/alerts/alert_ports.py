"""What the staff's use cases of an alert need from outside, handed on as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.domain.facts.office_template import Approval
from shared.ports import (
    AlertStore,
    AreaLibrary,
    AudienceStore,
    Channel,
    Clock,
    FunctionCaller,
    MunicipalityStore,
    SavedAreaStore,
    TaskQueue,
)

Approvals = Callable[[str, str], Sequence[Approval]]  # of a municipality's template: TERC and id


def no_approvals(_terc: str, _template: str) -> Sequence[Approval]:
    """So nobody sends alone."""
    return ()


@dataclass(frozen=True)
class AlertPorts:
    alerts: AlertStore
    municipalities: MunicipalityStore
    caller: FunctionCaller
    clock: Clock
    channels: Mapping[str, Channel]  # by name
    tasks: TaskQueue
    areas: AreaLibrary
    saved: SavedAreaStore
    epoch: int = 0  # of the deployment
    approvals: Approvals = no_approvals
    audience: Callable[[], AudienceStore] | None = None  # None: nobody's phones are counted
