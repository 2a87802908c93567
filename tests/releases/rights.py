"""What staff's accounts, rights, sessions and the audit of them leave in the database, and how it is read."""

from __future__ import annotations

from datetime import timedelta

from google.cloud.firestore import Client

from shared.adapters.after_action import FirestoreReportStore
from shared.adapters.audit_chain import AuditChain
from shared.adapters.audit_log import FirestoreAuditLog
from shared.adapters.calls import FirestoreCallStore, FirestoreDutyStore
from shared.adapters.enrolment import FirestoreEnrolmentStore
from shared.adapters.factors import FirestoreFactorStore
from shared.adapters.kept_limits import FirestoreLimits
from shared.adapters.rights import FirestoreGrantStore, FirestoreStandInStore
from shared.adapters.staff_sessions import FirestoreSessionStore
from shared.adapters.upwards import FirestoreCentreStore, FirestoreUpwardsStore
from shared.domain.after_action import Frozen
from shared.domain.audit import Act
from shared.domain.call import Attempt, Call, CallKind, Outcome, Way
from shared.domain.duty import DutyRow, Roster
from shared.domain.enrolment import Invitation, LostPhone, Mailing, RecoveryCodes
from shared.domain.grant import Grant
from shared.domain.limits import Limit
from shared.domain.own_factors import Factors, Key, Pin
from shared.domain.scope import Scope
from shared.domain.staff import Membership, StaffRecord
from shared.domain.staff_contact import Proving
from shared.domain.staff_session import Challenge, StaffSession
from shared.domain.stand_in import StandIn
from shared.domain.upwards import Centre, CentreContact, Centres, Telling, ToldBy, Upwards
from shared.ports import AuditFilter
from shared.ports.enrolment import Change
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, at
from tests.fakes.audit import FakeAuditKeys, chain_of
from tests.fakes.clock import FakeClock
from tests.releases.samples import Sample

Found = dict[str, set[str]]
NEIGHBOUR = "1201032"
EVERYTHING = 100  # entries of the audit: more than a story writes
SCOPE = Scope(
    frozenset({"failure"}), "Moderate", frozenset({"zone1"}), frozenset({"water_outage"}), alone=True
)
SCOPES = {"author": SCOPE}
ROLES = frozenset({"author"})


def rights(client: Client) -> None:
    """Somebody with every limit, invited, enrolled and signed in; rights that wait; acts, one not sealed."""
    clock = FakeClock(at(3))
    chain = chain_of(client, clock)
    _people(client, chain)
    FirestoreGrantStore(client, chain).create(
        Grant("g1", TERC, AUTHOR.uid, AUTHOR.name, ROLES, APPROVER, at(3), SCOPES, by2=AUTHOR, decided=at(4)),
        None,
        [],
    )
    people = (AUTHOR, APPROVER)
    agreed = StandIn(TERC, "1201", "Powiat", people, AUTHOR, at(3), APPROVER, at(4), at(5), AUTHOR, at(6))
    FirestoreStandInStore(client, chain).put(None, agreed, [])
    FirestoreLimits(client).take(Limit.CODE, "anna@wzorow.example", at(3))
    _calls(client, chain)
    _upwards(client, chain)
    _acts(client, chain, clock)


def _people(client: Client, chain: AuditChain) -> None:
    uid = AUTHOR.uid
    record = StaffRecord(
        TERC, ROLES, AUTHOR.name, True, at(1), uid, SCOPES, {NEIGHBOUR: Membership(ROLES, SCOPES)},
        "anna@wzorow.example", at(23), phone="+48600100200",
        proving=Proving("+48600100201", Pin("0" * 32, "1" * 64), at(4)),
        phone_refused=at(4), email_refused=at(4),
    )  # fmt: skip
    invitation = Invitation(uid, TERC, record.email, record.name, at(1), at(4), codes=("0" * 64,))
    kept = (
        record,
        invitation.moved(mail=Mailing.SENT, mailed=at(1), wanted=("approver",)),
        RecoveryCodes(uid, "0" * 32, ("1" * 64,), at(2)),
        LostPhone(uid, TERC, APPROVER.uid, at(2), at(2) + timedelta(hours=24)),
    )
    FirestoreEnrolmentStore(client, chain).commit([Change(None, one) for one in kept])
    key = Key("key-id", "cose", 3, "Klucz", at(2), at(3))
    FirestoreFactorStore(client, chain).put(None, Factors(uid, (key,), Pin("0" * 32, "1" * 64)))
    session = StaffSession(
        uid, TERC, at(3), at(3), at(15), 1800, "Firefox, Windows", at(4), at(4), at(5), at(6), at(4),
        Challenge("asked", at(4), "use"),
    )  # fmt: skip
    FirestoreSessionStore(client, chain).begin(session)


def _calls(client: Client, chain: AuditChain) -> None:
    told = Attempt(0, APPROVER.uid, APPROVER.name, Way.SMS, at(3), Outcome.SENT, 1)
    FirestoreCallStore(client, chain).create(
        Call(
            "a1.approve.1", TERC, CallKind.APPROVE, at(3), at(4), "a1", "1", round=0, attempts=(told,),
            named=(APPROVER.uid,), acknowledged=at(4), by=APPROVER.uid,
        )
    )  # fmt: skip
    rows = (DutyRow("mon", "08:00", "16:00", APPROVER.uid, AUTHOR.uid),)
    FirestoreDutyStore(client, chain).put(None, Roster(TERC, rows, 1))


def _upwards(client: Client, chain: AuditChain) -> None:
    contact = CentreContact("PCZK", "12 345 67 89", "pczk@powiat.example")
    FirestoreCentreStore(client, chain).put(None, Centres(TERC, contact, contact, 1))
    telling = Telling(
        1, Centre.POWIAT, ToldBy.EMAIL, "PCZK", "pczk@powiat.example", "Alert", AUTHOR, at(3), 1,
        Outcome.SENT, "tap", at(4), APPROVER,
    )  # fmt: skip
    FirestoreUpwardsStore(client, chain).put(None, Upwards("a1", TERC, (telling,)))
    frozen = Frozen("a1", TERC, "a1", at(5), at(4), "0" * 64, '{"format":1}')
    FirestoreReportStore(client, chain).create(frozen, [])


def _read_upwards(client: Client) -> Found:
    told, centres = FirestoreUpwardsStore(client).get("a1"), FirestoreCentreStore(client).get(TERC)
    return {
        "told": {one.address for one in told.value.tellings} if told else set(),
        "centres": {one.name for one in (centres.value.powiat,) if one} if centres else set(),
        "reports": {one.text for one in FirestoreReportStore(client).of(TERC, "a1")},
    }


def _acts(client: Client, chain: AuditChain, clock: FakeClock) -> None:
    changed = Act(TERC, "staff.roles", APPROVER, f"staff/{AUTHOR.uid}", {"roles": []}, {"roles": ["author"]})
    FirestoreAuditLog(client, chain).record(changed)
    keys = FakeAuditKeys()
    keys.missing = True
    AuditChain(client, keys, clock).commit(lambda batch: None, Act(TERC, "alert.cancel", AUTHOR, "alerts/a1"))


def read_rights(client: Client, sample: Sample) -> Found:
    chain = chain_of(client)
    uids = {path.split("/")[1] for path in sample if path.startswith("staff/")}
    kept, factors = FirestoreEnrolmentStore(client, chain), FirestoreFactorStore(client, chain)
    agreement = FirestoreStandInStore(client, chain).get(TERC)
    log, calls = FirestoreAuditLog(client, chain), FirestoreCallStore(client, chain)
    roster = FirestoreDutyStore(client, chain).get(TERC)
    return {
        "records": {uid for uid in uids if kept.record(uid)},
        "invitations": {one.uid for one in kept.invitations(TERC)},
        "codes": {uid for uid in uids if kept.recovery_codes(uid)},
        "lost": {uid for uid in uids if kept.lost_phone(uid)},
        "factors": {uid for uid in uids if factors.get(uid)},
        "sessions": {
            f"{one.uid} {one.begun}" for uid in uids for one in FirestoreSessionStore(client, chain).of(uid)
        },
        "grants": {one.id for one in FirestoreGrantStore(client, chain).all(TERC)},
        "stand-ins": {person.uid for person in agreement.value.people} if agreement else set(),
        "audit": {str(one.seq) for one in log.entries(TERC, AuditFilter(), EVERYTHING, None).items},
        "waiting": {str(log.waiting(TERC))},
        "calls": {one.value.id for one in calls.of("a1")},
        "duty": {row.first for row in roster.value.rows} if roster else set(),
        **_read_upwards(client),
    }
