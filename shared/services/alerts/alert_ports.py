"""What the staff's use cases of an alert need from outside, handed on as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.ports import AlertStore, Channel, Clock, FunctionCaller, MunicipalityStore, TaskQueue


@dataclass(frozen=True)
class AlertPorts:
    alerts: AlertStore
    municipalities: MunicipalityStore
    caller: FunctionCaller
    clock: Clock
    channels: Mapping[str, Channel]  # by name
    tasks: TaskQueue
    epoch: int = 0  # of the deployment
