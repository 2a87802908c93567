"""What the staff's use cases of an alert need from outside, handed on as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.ports import (
    AlertStore,
    AreaLibrary,
    Channel,
    Clock,
    FunctionCaller,
    MunicipalityStore,
    SavedAreaStore,
    TaskQueue,
)
from shared.services.templates.template_ports import TemplatePorts


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
    templates: TemplatePorts | None = None  # None: nobody sends alone
