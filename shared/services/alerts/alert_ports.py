"""What the staff's use cases of an alert need from outside, handed on as one value."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import AlertStore, Clock, FunctionCaller, MunicipalityStore


@dataclass(frozen=True)
class AlertPorts:
    alerts: AlertStore
    municipalities: MunicipalityStore
    caller: FunctionCaller
    clock: Clock
    public_url: str  # stands in every push, so it counts towards the limit
