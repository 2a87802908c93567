"""What the services need from outside: the Protocols that adapters and fakes fulfil; a file a topic."""

from __future__ import annotations

from shared.ports.alerts import AlertStore, ChangeMarks
from shared.ports.anchors import AnchorStore
from shared.ports.area_import import AreaImportStore
from shared.ports.areas import AreaLibrary
from shared.ports.audit import AuditFilter, AuditKeys, AuditLog
from shared.ports.channel import Channel, Pace, Way, Ways
from shared.ports.clock import Clock
from shared.ports.coverage import CoverageStore, PhoneRegister
from shared.ports.delivery import DeliveryStore, Progress, SummaryStore, Wave
from shared.ports.municipalities import MunicipalityStore, Point
from shared.ports.outside import FunctionCaller, Task, TaskQueue
from shared.ports.published import AlertSigner, PublicStore, PublishedStore, SigningKey
from shared.ports.questions import Asked, QuestionStore
from shared.ports.residents import AudienceState, AudienceStore, DeadPhone, Entries, ResidentStore
from shared.ports.saved_areas import SavedAreaStore
from shared.ports.staff import Staff, StaffStore, TokenVerifier
from shared.ports.stored import Page, Versioned
from shared.ports.targets import Registration, TargetStore
from shared.ports.templates import TemplateStore
from shared.ports.upkeep import (
    AccountStore,
    CursorStore,
    Erasure,
    Kind,
    Leftover,
    QuietDevice,
    QuietResident,
    ResidentWalk,
    TraceStore,
)

__all__ = [
    "AccountStore",
    "AlertSigner",
    "AlertStore",
    "AnchorStore",
    "AreaImportStore",
    "AreaLibrary",
    "Asked",
    "AudienceState",
    "AudienceStore",
    "AuditFilter",
    "AuditKeys",
    "AuditLog",
    "ChangeMarks",
    "Channel",
    "Clock",
    "CoverageStore",
    "CursorStore",
    "DeadPhone",
    "DeliveryStore",
    "Entries",
    "Erasure",
    "FunctionCaller",
    "Kind",
    "Leftover",
    "MunicipalityStore",
    "Pace",
    "Page",
    "PhoneRegister",
    "Point",
    "Progress",
    "PublicStore",
    "PublishedStore",
    "QuestionStore",
    "QuietDevice",
    "QuietResident",
    "Registration",
    "ResidentStore",
    "ResidentWalk",
    "SavedAreaStore",
    "SigningKey",
    "Staff",
    "StaffStore",
    "SummaryStore",
    "TargetStore",
    "Task",
    "TaskQueue",
    "TemplateStore",
    "TokenVerifier",
    "TraceStore",
    "Versioned",
    "Wave",
    "Way",
    "Ways",
]
