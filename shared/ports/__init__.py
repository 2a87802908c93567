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
from shared.ports.enrolment import (
    AttemptStore,
    Change,
    EnrollingTokens,
    EnrolmentStore,
    StaffAccounts,
)
from shared.ports.factors import FactorStore, KeyCeremony
from shared.ports.mail import MailResult, MailSender
from shared.ports.municipalities import MunicipalityStore, Point
from shared.ports.outside import FunctionCaller, Task, TaskQueue
from shared.ports.published import AlertSigner, PublicStore, PublishedStore, SigningKey
from shared.ports.questions import Asked, QuestionStore
from shared.ports.residents import AudienceState, AudienceStore, DeadPhone, Entries, ResidentStore
from shared.ports.rights import GrantStore, RecordChange, StandInStore
from shared.ports.saved_areas import SavedAreaStore
from shared.ports.staff import Staff, StaffStore, TokenVerifier
from shared.ports.staff_sessions import SessionStore
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
    "AttemptStore",
    "AudienceState",
    "AudienceStore",
    "AuditFilter",
    "AuditKeys",
    "AuditLog",
    "Change",
    "ChangeMarks",
    "Channel",
    "Clock",
    "CoverageStore",
    "CursorStore",
    "DeadPhone",
    "DeliveryStore",
    "EnrollingTokens",
    "EnrolmentStore",
    "Entries",
    "Erasure",
    "FactorStore",
    "FunctionCaller",
    "GrantStore",
    "KeyCeremony",
    "Kind",
    "Leftover",
    "MailResult",
    "MailSender",
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
    "RecordChange",
    "Registration",
    "ResidentStore",
    "ResidentWalk",
    "SavedAreaStore",
    "SessionStore",
    "SigningKey",
    "Staff",
    "StaffAccounts",
    "StaffStore",
    "StandInStore",
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
