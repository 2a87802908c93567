"""What calling staff needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.ports import (
    AlertStore,
    CallStore,
    Clock,
    DeliveryStore,
    DutyStore,
    MailSender,
    MunicipalityStore,
    SmsSender,
    StaffStore,
    TaskQueue,
)


@dataclass(frozen=True)
class CallPorts:
    """`sms` and `mail` are called when one is sent, and raise Unavailable where none can be."""

    alerts: AlertStore
    delivery: DeliveryStore
    staff: StaffStore
    calls: CallStore
    duty: DutyStore
    tasks: TaskQueue
    municipalities: MunicipalityStore
    clock: Clock
    mail: Callable[[], MailSender]
    sms: Callable[[], SmsSender]
