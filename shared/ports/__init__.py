"""What the services need from outside: the Protocols that adapters and fakes fulfil; a file a topic.

Each file is loaded when a name of it is asked for: a function starts with those of its own work alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.ports.after_action import ReportStore as ReportStore
    from shared.ports.after_action import WaveStore as WaveStore
    from shared.ports.alerts import AlertStore as AlertStore
    from shared.ports.alerts import ChangeMarks as ChangeMarks
    from shared.ports.anchors import AnchorStore as AnchorStore
    from shared.ports.app_check import AppChecker as AppChecker
    from shared.ports.area_import import AreaImportStore as AreaImportStore
    from shared.ports.areas import AreaLibrary as AreaLibrary
    from shared.ports.audit import AuditFilter as AuditFilter
    from shared.ports.audit import AuditKeys as AuditKeys
    from shared.ports.audit import AuditLog as AuditLog
    from shared.ports.calls import CallStore as CallStore
    from shared.ports.calls import DutyStore as DutyStore
    from shared.ports.channel import Channel as Channel
    from shared.ports.channel import Pace as Pace
    from shared.ports.channel import Way as Way
    from shared.ports.channel import Ways as Ways
    from shared.ports.clock import Clock as Clock
    from shared.ports.coverage import CoverageStore as CoverageStore
    from shared.ports.coverage import PhoneRegister as PhoneRegister
    from shared.ports.delivery import DeliveryStore as DeliveryStore
    from shared.ports.delivery import Progress as Progress
    from shared.ports.delivery import Replacement as Replacement
    from shared.ports.delivery import SummaryStore as SummaryStore
    from shared.ports.delivery import Wave as Wave
    from shared.ports.enrolment import Change as Change
    from shared.ports.enrolment import EnrollingTokens as EnrollingTokens
    from shared.ports.enrolment import EnrolmentStore as EnrolmentStore
    from shared.ports.enrolment import StaffAccounts as StaffAccounts
    from shared.ports.factors import FactorStore as FactorStore
    from shared.ports.factors import KeyCeremony as KeyCeremony
    from shared.ports.limits import LimitStore as LimitStore
    from shared.ports.mail import MailResult as MailResult
    from shared.ports.mail import MailSender as MailSender
    from shared.ports.municipalities import MunicipalityStore as MunicipalityStore
    from shared.ports.municipalities import Point as Point
    from shared.ports.notices import NoticeVerifier as NoticeVerifier
    from shared.ports.outside import FunctionCaller as FunctionCaller
    from shared.ports.outside import Task as Task
    from shared.ports.outside import TaskQueue as TaskQueue
    from shared.ports.published import AlertSigner as AlertSigner
    from shared.ports.published import PublicStore as PublicStore
    from shared.ports.published import PublishedStore as PublishedStore
    from shared.ports.published import SigningKey as SigningKey
    from shared.ports.questions import Asked as Asked
    from shared.ports.questions import QuestionStore as QuestionStore
    from shared.ports.residents import AudienceState as AudienceState
    from shared.ports.residents import AudienceStore as AudienceStore
    from shared.ports.residents import DeadPhone as DeadPhone
    from shared.ports.residents import Entries as Entries
    from shared.ports.residents import ResidentStore as ResidentStore
    from shared.ports.rights import GrantStore as GrantStore
    from shared.ports.rights import RecordChange as RecordChange
    from shared.ports.rights import StandInStore as StandInStore
    from shared.ports.saved_areas import SavedAreaStore as SavedAreaStore
    from shared.ports.series import SeriesStore as SeriesStore
    from shared.ports.sms import SmsResult as SmsResult
    from shared.ports.sms import SmsSender as SmsSender
    from shared.ports.staff import Staff as Staff
    from shared.ports.staff import StaffStore as StaffStore
    from shared.ports.staff import TokenVerifier as TokenVerifier
    from shared.ports.staff_sessions import SessionStore as SessionStore
    from shared.ports.stored import Page as Page
    from shared.ports.stored import Versioned as Versioned
    from shared.ports.targets import Registration as Registration
    from shared.ports.targets import TargetStore as TargetStore
    from shared.ports.templates import TemplateStore as TemplateStore
    from shared.ports.upkeep import AccountStore as AccountStore
    from shared.ports.upkeep import CursorStore as CursorStore
    from shared.ports.upkeep import Erasure as Erasure
    from shared.ports.upkeep import Kind as Kind
    from shared.ports.upkeep import Leftover as Leftover
    from shared.ports.upkeep import QuietDevice as QuietDevice
    from shared.ports.upkeep import QuietResident as QuietResident
    from shared.ports.upkeep import ResidentWalk as ResidentWalk
    from shared.ports.upkeep import TraceStore as TraceStore
    from shared.ports.upwards import CentreStore as CentreStore
    from shared.ports.upwards import UpwardsStore as UpwardsStore

_NAMES = {
    "after_action": "ReportStore WaveStore",
    "alerts": "AlertStore ChangeMarks",
    "anchors": "AnchorStore",
    "app_check": "AppChecker",
    "area_import": "AreaImportStore",
    "areas": "AreaLibrary",
    "audit": "AuditFilter AuditKeys AuditLog",
    "calls": "CallStore DutyStore",
    "channel": "Channel Pace Way Ways",
    "clock": "Clock",
    "coverage": "CoverageStore PhoneRegister",
    "delivery": "DeliveryStore Progress Replacement SummaryStore Wave",
    "enrolment": "Change EnrollingTokens EnrolmentStore StaffAccounts",
    "factors": "FactorStore KeyCeremony",
    "limits": "LimitStore",
    "mail": "MailResult MailSender",
    "municipalities": "MunicipalityStore Point",
    "notices": "NoticeVerifier",
    "outside": "FunctionCaller Task TaskQueue",
    "published": "AlertSigner PublicStore PublishedStore SigningKey",
    "questions": "Asked QuestionStore",
    "residents": "AudienceState AudienceStore DeadPhone Entries ResidentStore",
    "rights": "GrantStore RecordChange StandInStore",
    "saved_areas": "SavedAreaStore",
    "series": "SeriesStore",
    "sms": "SmsResult SmsSender",
    "staff": "Staff StaffStore TokenVerifier",
    "staff_sessions": "SessionStore",
    "stored": "Page Versioned",
    "targets": "Registration TargetStore",
    "templates": "TemplateStore",
    "upkeep": (
        "AccountStore CursorStore Erasure Kind Leftover QuietDevice QuietResident ResidentWalk TraceStore"
    ),
    "upwards": "CentreStore UpwardsStore",
}
_FILES = {name: file for file, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _FILES:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"{__name__}.{_FILES[name]}"), name)
    return found
