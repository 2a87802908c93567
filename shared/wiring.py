"""The only place that builds adapters: each on first use, once per process, importing late."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.settings import settings

if TYPE_CHECKING:
    from google.cloud.firestore import Client

    from shared.ports import AlertStore, AudienceStore, BoundaryStore, Clock, ResidentStore


@cache
def firestore() -> Client:
    from google.cloud.firestore import Client

    return Client(project=settings().project)


@cache
def clock() -> Clock:
    from shared.adapters.clock import SystemClock

    return SystemClock()


@cache
def alerts() -> AlertStore:
    from shared.adapters.alerts import FirestoreAlertStore

    return FirestoreAlertStore(firestore())


@cache
def residents() -> ResidentStore:
    from shared.adapters.residents import FirestoreResidentStore

    return FirestoreResidentStore(firestore())


@cache
def audience() -> AudienceStore:
    from shared.adapters.audience import FirestoreAudienceStore

    return FirestoreAudienceStore(firestore(), clock())


@cache
def boundaries() -> BoundaryStore:
    from shared.adapters.boundaries import FirestoreBoundaryStore

    return FirestoreBoundaryStore(firestore(), clock())
