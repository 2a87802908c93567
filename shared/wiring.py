"""The only place that builds adapters: each on first use, once per process, importing late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

from shared.channels.parts import Parts
from shared.logs import trace_headers
from shared.settings import settings

if TYPE_CHECKING:
    from datetime import datetime

    from firebase_admin import App
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.domain.audience import AudienceEntry
    from shared.domain.facts.office_template import Approval
    from shared.domain.limits import Limit
    from shared.domain.stand_in import StandIn, Standing
    from shared.ports import (
        AccountStore,
        AlertSigner,
        AlertStore,
        AnchorStore,
        AppChecker,
        AreaImportStore,
        AreaLibrary,
        AudienceStore,
        AuditKeys,
        AuditLog,
        CallStore,
        CentreStore,
        ChangeMarks,
        Channel,
        Clock,
        CoverageStore,
        CursorStore,
        DeliveryStore,
        DutyStore,
        EnrolmentStore,
        FactorStore,
        FunctionCaller,
        KeyCeremony,
        LimitStore,
        MailSender,
        MunicipalityStore,
        Pace,
        PhoneRegister,
        PublicStore,
        PublishedStore,
        QuestionStore,
        ReportStore,
        ResidentStore,
        ResidentWalk,
        SavedAreaStore,
        SeriesStore,
        SessionStore,
        SmsSender,
        StaffStore,
        SummaryStore,
        TargetStore,
        Task,
        TaskQueue,
        TemplateStore,
        TokenVerifier,
        TraceStore,
        UpwardsStore,
        WaveStore,
    )
    from shared.services.alerts.alert_ports import AlertPorts
    from shared.services.areas.area_ports import AreaPorts
    from shared.services.calls.call_ports import CallPorts
    from shared.services.calls.hear_notice import NoticePorts
    from shared.services.calls.own_contact import ContactPorts
    from shared.services.coverage.coverage_ports import CoveragePorts
    from shared.services.delivery.delivery_ports import DeliveryPorts, SchedulePorts
    from shared.services.inspection.packet import PacketPorts
    from shared.services.limits.admit import LimitPorts
    from shared.services.reports.report_ports import ReportPorts
    from shared.services.series.series_ports import SeriesPorts
    from shared.services.sessions.session_ports import SessionPorts
    from shared.services.staff.access_review import ReviewPorts
    from shared.services.staff.enrol_ports import EnrolPorts
    from shared.services.staff.people_ports import PeoplePorts
    from shared.services.sweep.sweep_ports import SweepPorts
    from shared.services.templates.template_ports import TemplatePorts
    from shared.services.upwards.upwards_ports import UpwardsPorts

ENTRIES_PER_RESIDENT = 3  # of the index, that `sweep` looks at where it compares one resident
AUTH_PATIENCE = 5  # seconds for an answer of Firebase Auth, asked twice; the library's own are 120
_making_app = Lock()


@cache
def firestore() -> Client:
    from google.cloud.firestore import Client

    return Client(project=settings().project, database=settings().database)


@cache
def clock() -> Clock:
    from shared.adapters.clock import SystemClock
    from shared.adapters.store_clock import PATIENCE, StoreClock, time_of_store

    return StoreClock(SystemClock(), lambda: time_of_store(firestore(), PATIENCE))


@cache
def audit_keys() -> AuditKeys:
    from shared.adapters.audit_keys import FileAuditKeys

    return FileAuditKeys(settings().audit_keys, clock())


@cache
def audit_chain() -> AuditChain:
    from shared.adapters.audit_chain import AuditChain

    return AuditChain(firestore(), audit_keys(), clock())


@cache
def audit() -> AuditLog:
    from shared.adapters.audit_log import FirestoreAuditLog

    return FirestoreAuditLog(firestore(), audit_chain())


def packet_ports() -> PacketPorts:
    from shared.services.inspection.packet import PacketPorts

    return PacketPorts(alerts(), municipalities(), audit(), clock())


@cache
def anchors() -> AnchorStore | None:
    """None where no bucket is set."""
    from shared.adapters.s3_anchors import S3AnchorStore, s3_client

    env = settings()
    if env.audit_bucket is None:
        return None
    return S3AnchorStore(s3_client(env.audit_region, env.audit_endpoint), env.audit_bucket)


@cache
def alerts() -> AlertStore:
    from shared.adapters.alerts import FirestoreAlertStore

    return FirestoreAlertStore(firestore(), audit_chain())


@cache
def change_marks() -> ChangeMarks:
    from shared.adapters.change_marks import FirestoreChangeMarks

    return FirestoreChangeMarks(firestore())


@cache
def residents() -> ResidentStore:
    from shared.adapters.residents import FirestoreResidentStore

    return FirestoreResidentStore(firestore())


def changed_fields(body: object) -> frozenset[str] | None:
    """Of an event of Firestore: what an update changed; None for anything else."""
    from shared.adapters.firestore_events import changed_fields as read

    return read(body) if isinstance(body, bytes) else None


@cache
def audience() -> AudienceStore:
    from shared.adapters.audience import FirestoreAudienceStore

    return FirestoreAudienceStore(firestore(), clock())


@cache
def targets() -> TargetStore:
    from shared.adapters.targets import FirestoreTargetStore

    return FirestoreTargetStore(firestore())


@cache
def questions() -> QuestionStore:
    from shared.adapters.questions import FirestoreQuestionStore

    return FirestoreQuestionStore(firestore(), audit_chain())


@cache
def templates() -> TemplateStore:
    from shared.adapters.templates import FirestoreTemplateStore

    return FirestoreTemplateStore(firestore(), audit_chain())


def template_ports() -> TemplatePorts:
    from shared.formats.template_json import built_in
    from shared.services.templates.template_ports import TemplatePorts

    return TemplatePorts(templates(), clock(), built_in())


@cache
def series() -> SeriesStore:
    from shared.adapters.series import FirestoreSeriesStore

    return FirestoreSeriesStore(firestore(), audit_chain())


def series_ports() -> SeriesPorts:
    from shared.services.series.series_ports import SeriesPorts

    return SeriesPorts(series(), alert_ports())


@cache
def coverage() -> CoverageStore:
    from shared.adapters.coverage import FirestoreCoverageStore

    return FirestoreCoverageStore(firestore())


@cache
def phone_register() -> PhoneRegister:
    from shared.adapters.phone_register import FirestorePhoneRegister

    return FirestorePhoneRegister(firestore())


@cache
def coverage_ports() -> CoveragePorts:
    from shared.services.coverage.coverage_ports import CoveragePorts

    return CoveragePorts(
        areas(),
        audience(),
        municipalities(),
        phone_register(),
        residents(),
        resident_walk(),
        coverage(),
        clock(),
    )


@cache
def channels() -> Mapping[str, Channel]:
    """By name, in the order of the setting; each is a module that builds itself."""
    parts = Parts(settings(), clock(), pace(), residents)
    built = [import_module(module).build(parts) for module in settings().channels]
    return {channel.name: channel for channel in built}


def reachable(entry: AudienceEntry) -> bool:
    """Whether any channel has an address for an entry of the index."""
    return any(channel.addresses(entry) for channel in channels().values())


@cache
def areas() -> AreaLibrary:
    from shared.adapters.areas import FirestoreAreaLibrary

    return FirestoreAreaLibrary(firestore(), clock())


@cache
def area_import() -> AreaImportStore:
    from shared.adapters.area_import import FirestoreAreaImport

    return FirestoreAreaImport(firestore())


@cache
def saved_areas() -> SavedAreaStore:
    from shared.adapters.saved_areas import FirestoreSavedAreaStore

    return FirestoreSavedAreaStore(firestore(), audit_chain())


@cache
def municipalities() -> MunicipalityStore:
    from shared.adapters.municipalities import FirestoreMunicipalityStore

    return FirestoreMunicipalityStore(firestore(), clock())


def auth_app(project: str) -> App:
    """Of Firebase Auth in that project: tokens of any other are refused, and accounts are looked up there."""
    import firebase_admin

    name = f"auth {project}"
    with _making_app:  # of the first requests at once each may come here: the name can be taken once only
        try:
            return firebase_admin.get_app(name)
        except ValueError:
            options = {"projectId": project, "httpTimeout": AUTH_PATIENCE}
            return firebase_admin.initialize_app(options=options, name=name)


@cache
def staff() -> StaffStore:
    from shared.adapters.staff import FirestoreStaffStore

    return FirestoreStaffStore(firestore(), audit_chain())


@cache
def token_verifier() -> TokenVerifier:
    from shared.adapters.id_tokens import FirebaseTokenVerifier

    return FirebaseTokenVerifier(auth_app(settings().auth_project), staff(), clock().now, _stands_in)


def _stands_in(uid: str, terc: str) -> Standing | None:
    from shared.services.staff.stand_in import standing

    return standing(people_ports(), uid, terc)


@cache
def people_ports() -> PeoplePorts:
    from shared.adapters.rights import FirestoreGrantStore, FirestoreStandInStore
    from shared.services.staff.people_ports import PeoplePorts

    return PeoplePorts(
        staff=staff(),
        grants=FirestoreGrantStore(firestore(), audit_chain()),
        stand_ins=FirestoreStandInStore(firestore(), audit_chain()),
        alerts=alerts(),
        municipalities=municipalities(),
        saved=saved_areas(),
        is_template=_is_template,
        clock=clock(),
        alarm=_alarm_of_stand_in,
    )


def _is_template(terc: str, template: str) -> bool:
    return template in template_ports().built_in or templates().get(terc, template) is not None


def _alarm_of_stand_in(begun: StandIn) -> None:
    from shared.services.staff.tell_stand_in import tell_all

    tell_all(enrol_ports(), begun)


@cache
def sessions() -> SessionStore:
    from shared.adapters.staff_sessions import FirestoreSessionStore

    return FirestoreSessionStore(firestore(), audit_chain())


@cache
def factors() -> FactorStore:
    from shared.adapters.factors import FirestoreFactorStore

    return FirestoreFactorStore(firestore(), audit_chain())


@cache
def key_ceremony() -> KeyCeremony:
    from shared.adapters.webauthn_keys import WebAuthnKeys

    return WebAuthnKeys(settings().key_origin)


@cache
def review_ports() -> ReviewPorts:
    from shared.services.staff.access_review import ReviewPorts

    return ReviewPorts(staff(), sessions(), audit(), clock())


def _alarm_of_sealed(terc: str, use: str) -> None:
    from shared.services.staff.tell_sealed import tell_sealed

    tell_sealed(enrol_ports(), terc, use)


@cache
def session_ports() -> SessionPorts:
    from datetime import timedelta

    from shared.domain.staff_session import SessionLimits
    from shared.services.sessions.session_ports import SessionPorts

    env = settings()
    limits = SessionLimits(
        idle=timedelta(minutes=env.session_idle_minutes),
        absolute=timedelta(hours=env.session_hours),
        fresh=timedelta(minutes=env.fresh_minutes),
    )
    return SessionPorts(sessions(), alerts(), clock(), factors(), key_ceremony(), _alarm_of_sealed, limits)


@cache
def app_checker() -> AppChecker:
    """Of the project that the sites belong to, wherever staff sign in."""
    from shared.adapters.app_check import FirebaseAppChecker

    return FirebaseAppChecker(auth_app(settings().project), settings().app_check_keys)


@cache
def accounts() -> AccountStore:
    from shared.adapters.resident_accounts import FirebaseAccountStore

    return FirebaseAccountStore(lambda: auth_app(settings().project), staff())


@cache
def enrolment() -> EnrolmentStore:
    from shared.adapters.enrolment import FirestoreEnrolmentStore

    return FirestoreEnrolmentStore(firestore(), audit_chain())


@cache
def enrol_ports() -> EnrolPorts:
    from shared.adapters.staff_accounts import FirebaseEnrollingTokens, FirebaseStaffAccounts
    from shared.services.staff.enrol_ports import EnrolPorts

    return EnrolPorts(
        store=enrolment(),
        staff=staff(),
        accounts=FirebaseStaffAccounts(auth_app(settings().auth_project)),
        tokens=FirebaseEnrollingTokens(auth_app(settings().auth_project), staff()),
        mail=mail,
        municipalities=municipalities(),
        limits=limit_ports(),
        clock=clock(),
        staff_url=settings().staff_url,
    )


@cache
def mail() -> MailSender:
    """Raises Unavailable where no address to send from is set."""
    from shared.adapters.ses_mail import SesMailSender, client
    from shared.errors import Unavailable

    env = settings()
    if not env.mail_from:
        raise Unavailable("mail-not-set-up")
    return SesMailSender(client(env.mail_region, env.mail_endpoint), env.mail_from, clock())


@cache
def sms() -> SmsSender:
    """Raises Unavailable where no name to send from is set."""
    from shared.adapters.sns_sms import SnsSmsSender, client
    from shared.errors import Unavailable

    env = settings()
    if not env.sms_sender:
        raise Unavailable("sms-not-set-up")
    return SnsSmsSender(client(env.sms_region, env.sms_endpoint), env.sms_sender)


@cache
def calls() -> CallStore:
    from shared.adapters.calls import FirestoreCallStore

    return FirestoreCallStore(firestore(), audit_chain())


@cache
def duty() -> DutyStore:
    from shared.adapters.calls import FirestoreDutyStore

    return FirestoreDutyStore(firestore(), audit_chain())


@cache
def call_ports() -> CallPorts:
    from shared.services.calls.call_ports import CallPorts

    return CallPorts(
        alerts=alerts(),
        delivery=delivery(),
        staff=staff(),
        calls=calls(),
        duty=duty(),
        tasks=_QueueOnFirstUse(),
        municipalities=municipalities(),
        clock=clock(),
        mail=mail,
        sms=sms,
    )


@cache
def contact_ports() -> ContactPorts:
    from shared.services.calls.own_contact import ContactPorts

    return ContactPorts(staff(), limit_ports(), sms)


@cache
def notice_ports() -> NoticePorts | None:
    """None where no topic is set."""
    from shared.adapters.sns_notices import SnsNotices
    from shared.services.calls.hear_notice import NoticePorts

    env = settings()
    if not env.notices_topic:
        return None
    return NoticePorts(call_ports(), SnsNotices(env.notices_topic, clock(), env.notices_endpoint))


@cache
def task_queue() -> TaskQueue:
    from shared.adapters.task_queue import CloudTaskQueue, client

    env = settings()
    return CloudTaskQueue(
        client(env.tasks_emulator),
        env.project,
        env.region,
        env.worker_account,
        env.function_urls,
        trace_headers,
    )


class _QueueOnFirstUse:
    """Fulfils ports.TaskQueue: staff who only look load no client of Cloud Tasks."""

    def enqueue(self, task: Task) -> bool:
        return task_queue().enqueue(task)


@cache
def function_caller() -> FunctionCaller:
    from shared.adapters.function_caller import CloudFunctionCaller

    return CloudFunctionCaller(settings().function_urls, trace_headers)


@cache
def delivery() -> DeliveryStore:
    from shared.adapters.delivery import FirestoreDeliveryStore

    return FirestoreDeliveryStore(firestore(), audit_chain())


@cache
def published() -> PublishedStore:
    from shared.adapters.published import FirestorePublishedStore

    return FirestorePublishedStore(firestore())


@cache
def public_store() -> PublicStore:
    from shared.adapters.public_store import FirestorePublicStore

    return FirestorePublicStore(firestore())


@cache
def alert_signer() -> AlertSigner:
    from shared.adapters.alert_signer import PemAlertSigner

    return PemAlertSigner(settings().signing_keys, clock())


@cache
def summaries() -> SummaryStore:
    from shared.adapters.summaries import FirestoreSummaryStore

    return FirestoreSummaryStore(firestore())


@cache
def resident_walk() -> ResidentWalk:
    from shared.adapters.resident_walk import FirestoreResidentWalk

    return FirestoreResidentWalk(firestore())


@cache
def traces() -> TraceStore:
    from shared.adapters.traces import FirestoreTraceStore

    return FirestoreTraceStore(firestore())


@cache
def cursors() -> CursorStore:
    from shared.adapters.cursors import FirestoreCursorStore

    return FirestoreCursorStore(firestore())


@cache
def pace() -> Pace:
    from datetime import timedelta

    from shared.ports import Pace

    env = settings()
    return Pace(
        lease=timedelta(seconds=env.lease_seconds),
        retry=timedelta(seconds=env.retry_seconds),
        retry_limit=env.retry_limit,
        wave=env.wave_pushes,
        slice=env.slice_places,
    )


@cache
def schedule_ports() -> SchedulePorts:
    """For the functions that send nothing: neither a sender nor geometry is loaded."""
    from shared.services.delivery.delivery_ports import SchedulePorts

    return SchedulePorts(
        alerts=alerts(),
        delivery=delivery(),
        tasks=task_queue(),
        clock=clock(),
        channels=channels(),
        epoch=settings().epoch,
    )


@cache
def delivery_ports() -> DeliveryPorts:
    from shared.services.delivery.delivery_ports import DeliveryPorts

    return DeliveryPorts(
        alerts=alerts(),
        delivery=delivery(),
        tasks=task_queue(),
        clock=clock(),
        channels=channels(),
        epoch=settings().epoch,
        audience=audience(),
        areas=areas(),
        published=published(),
        summaries=summaries(),
    )


def _remind_trial(terc: str) -> str | None:
    from shared.services.staff.remind_trial import remind_trial

    return remind_trial(enrol_ports(), review_ports(), terc)


@cache
def sweep_ports() -> SweepPorts:
    from datetime import timedelta

    from shared.services.sweep.sweep_ports import Limits, SweepPorts

    env = settings()
    return SweepPorts(
        alerts=alerts(),
        delivery=delivery(),
        tasks=task_queue(),
        clock=clock(),
        channels=channels(),
        epoch=settings().epoch,
        published=published(),
        summaries=summaries(),
        residents=residents(),
        audience=audience(),
        reachable=reachable,
        municipalities=municipalities(),
        areas=areas(),
        walk=resident_walk(),
        cursors=cursors(),
        traces=traces(),
        accounts=accounts(),
        signer=alert_signer(),
        coverage=coverage_ports(),
        audit=audit(),
        anchors=anchors(),
        calling=call_ports(),
        series=series(),
        reports=report_ports(),
        remind_trial=_remind_trial if env.mail_from else None,
        limits=Limits(
            grace=timedelta(seconds=env.sweep_grace_seconds),
            residents=env.sweep_residents,
            entries=ENTRIES_PER_RESIDENT * env.sweep_residents,
            offices=env.drill_offices if env.mail_from or env.sms_sender else 0,
            heartbeat=timedelta(seconds=env.heartbeat_seconds),
        ),
    )


def _approvals(terc: str, template: str) -> Sequence[Approval]:
    from shared.services.templates.read_templates import approvals_now

    return approvals_now(template_ports(), terc, template)


@cache
def limit_ports() -> LimitPorts:
    """A deployment without limits (LIMIT_TIMES=0) counts nothing."""
    from shared.adapters.clock import SystemClock
    from shared.adapters.instance_limits import InstanceLimits, NoLimits
    from shared.services.limits.admit import LimitPorts

    if times := settings().limit_times:
        return LimitPorts(InstanceLimits(times), _LimitsOnFirstUse(), SystemClock(), clock())
    return LimitPorts(NoLimits(), NoLimits(), SystemClock(), clock())


@cache
def kept_limits() -> LimitStore:
    from shared.adapters.kept_limits import FirestoreLimits

    return FirestoreLimits(firestore(), settings().limit_times)


class _LimitsOnFirstUse:
    """Fulfils ports.LimitStore: whoever is turned away at the door loads no client of Firestore."""

    def take(self, limit: Limit, key: str, now: datetime) -> float:
        return kept_limits().take(limit, key, now)

    def give_back(self, limit: Limit, key: str) -> None:
        kept_limits().give_back(limit, key)


@cache
def alert_ports() -> AlertPorts:
    from shared.services.alerts.alert_ports import AlertPorts

    queue = _QueueOnFirstUse()
    return AlertPorts(
        alerts=alerts(),
        municipalities=municipalities(),
        caller=function_caller(),
        clock=clock(),
        channels=channels(),
        tasks=queue,
        areas=areas(),
        saved=saved_areas(),
        epoch=settings().epoch,
        approvals=_approvals,
        audience=audience,
    )


@cache
def upwards() -> UpwardsStore:
    from shared.adapters.upwards import FirestoreUpwardsStore

    return FirestoreUpwardsStore(firestore(), audit_chain())


@cache
def centres() -> CentreStore:
    from shared.adapters.upwards import FirestoreCentreStore

    return FirestoreCentreStore(firestore(), audit_chain())


def upwards_ports() -> UpwardsPorts:
    from shared.services.upwards.upwards_ports import UpwardsPorts

    return UpwardsPorts(alert_ports(), upwards(), centres(), mail)


@cache
def reports() -> ReportStore:
    from shared.adapters.after_action import FirestoreReportStore

    return FirestoreReportStore(firestore(), audit_chain())


@cache
def waves() -> WaveStore:
    from shared.adapters.after_action import FirestoreWaveStore

    return FirestoreWaveStore(firestore())


@cache
def report_ports() -> ReportPorts:
    from shared.services.reports.report_ports import ReportPorts

    return ReportPorts(
        alerts=alerts(),
        audit=audit(),
        delivery=delivery(),
        published=published(),
        summaries=summaries(),
        waves=waves(),
        calls=calls(),
        upwards=upwards(),
        reports=reports(),
        municipalities=municipalities(),
        clock=clock(),
    )


@cache
def area_ports() -> AreaPorts:
    from shared.services.areas.area_ports import AreaPorts

    return AreaPorts(areas(), saved_areas(), municipalities(), clock())
