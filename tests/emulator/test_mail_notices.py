"""Notices of Amazon SNS, signed by its stand-in: what is Amazon's is heard, all else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.local.aws.notices import TOPIC, Notices
from infra.local.processes import free_port
from shared import wiring
from shared.adapters.clock import SystemClock
from shared.adapters.ses_mail import SesMailSender, client
from shared.adapters.sns_notices import SnsNotices
from shared.domain.call import Attempt, Call, CallKind, Outcome, Way
from shared.errors import Forbidden, Unavailable
from shared.formats.sns_notice import read_notice, refused_addresses
from shared.services.calls.hear_notice import NoticePorts
from tests.emulator.amazon import FROM, Provider
from tests.emulator.stand_ins import Worker
from tests.fakes.alert_values import APPROVER, TERC, alert
from tests.fakes.staff import record
from tests.fakes.staff_api import StaffApi
from tests.services.calls.call_world import THIRD, all_week

ADDRESS = "piotr@urzad.example"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    stand_in = Provider(tmp_path_factory.mktemp("notices"))
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def posted(provider, monkeypatch):
    """What the stand-in posts for a subscription and for a mail that came back."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")

    def of(version):
        worker = Worker()
        try:
            provider.control(bounced=[ADDRESS], notices=worker.address, signature=version)
            sender = SesMailSender(client("eu-central-1", provider.address), FROM, SystemClock())
            sender.send(ADDRESS, "Alert 4821", "czeka")
            sender.send("anna@urzad.example", "Alert 4821", "czeka")
            return [got.body for got in worker.got]
        finally:
            provider.control()
            worker.close()

    return of


@pytest.fixture
def office(provider, monkeypatch):
    """Where Piotr was called by mail alone, and Jan has the next round."""
    made = StaffApi(clock=SystemClock())  # type: ignore[arg-type]
    now = made.clock.now()
    for uid, email in ((APPROVER.uid, ADDRESS), (THIRD, "jan@urzad.example")):
        made.register.records[uid] = replace(record("approver"), uid=uid, name=uid, email=email)
    made.duty.put(None, all_week(APPROVER.uid, THIRD))
    made.alerts.put(alert("a1", created=now, updated=now))
    told = Attempt(0, APPROVER.uid, "Piotr", Way.EMAIL, now, Outcome.SENT, 1)
    call = Call("a1.held.x", TERC, CallKind.HELD, now, now + HOUR, alert="a1", round=0, attempts=(told,))
    made.calls.create(call)
    api = made.open(monkeypatch)
    ports = NoticePorts(made.call_ports, SnsNotices(TOPIC, made.clock, provider.address))
    monkeypatch.setattr(wiring, "notice_ports", lambda: ports)
    return made, lambda body: api.client.post(
        "/api/mail-notices", data=body, content_type="text/plain; charset=UTF-8"
    )


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_mail_that_came_back_is_told_and_the_call_goes_on_with_the_next(office, posted, provider, version):
    made, hear = office
    subscription, bounce = posted(version)
    confirmed = provider.counts().get("confirmed", 0)
    assert hear(subscription).status_code == 204
    assert provider.counts()["confirmed"] == confirmed + 1
    for _ in range(2):  # SNS tells at least once
        assert hear(bounce).status_code == 204
        call = made.calls.get("a1.held.x").value
        assert [one.outcome for one in call.attempts] == [Outcome.REFUSED]
        assert call.wake <= made.clock.now()  # the next round is due
        assert made.register.records[APPROVER.uid].email_refused is not None
    assert [act.action for act in made.audit.acts(TERC)] == ["staff.email-refused"]
    assert made.register.records[THIRD].email_refused is None


def test_nothing_is_heard_that_amazon_did_not_sign_for_our_topic(office, posted, provider):
    made, hear = office
    _, bounce = posted("2")
    whole = json.loads(bounce)
    elsewhere = Notices(f"http://127.0.0.1:{free_port()}")
    forged = {
        "another message": {**whole, "Message": whole["Message"].replace("piotr", "jan")},
        "another topic": {**whole, "TopicArn": TOPIC + "s"},
        "a version that is none": {**whole, "SignatureVersion": "3"},
        "the digest of another version": {**whole, "SignatureVersion": "1"},
        "a certificate from elsewhere": json.loads(elsewhere.bounce(ADDRESS, "2")),
        "an address that only begins like it": {
            **whole, "SigningCertURL": whole["SigningCertURL"].replace("/Simple", "@evil.example/Simple")
        },
        "an address that goes astray": {
            **whole, "SigningCertURL": f"{provider.address}/x/../SimpleNotificationService-local.pem"
        },
        "another signer": {
            **json.loads(elsewhere.bounce(ADDRESS, "2")), "SigningCertURL": whole["SigningCertURL"]
        },
    }  # fmt: skip
    for why, body in forged.items():
        assert hear(json.dumps(body)).status_code == 403, why
    for broken, pointer in (
        ({**whole, "Type": "x"}, "/Type"),
        ({**whole, "Timestamp": "soon"}, "/Timestamp"),
        ({**whole, "Signature": "?"}, "/Signature"),
        ({"Type": "Notification"}, "/Message"),
        ([], "/Type"),
    ):
        answer = hear(json.dumps(broken))
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert hear(b"{").status_code == 400
    assert made.register.records[APPROVER.uid].email_refused is None
    assert made.calls.get("a1.held.x").value.attempts[0].outcome is Outcome.SENT
    assert made.audit.count == 0


def test_an_old_notice_is_not_heard_again(office, posted, monkeypatch):
    made, hear = office
    _, bounce = posted("2")
    later = made.clock.now() + 2 * HOUR
    monkeypatch.setattr(made.clock, "now", lambda: later)
    assert hear(bounce).status_code == 403
    assert made.register.records[APPROVER.uid].email_refused is None


def test_while_the_certificate_cannot_be_had_amazon_is_to_tell_again(posted):
    _, bounce = posted("2")
    gone = f"http://127.0.0.1:{free_port()}"
    away = json.loads(bounce)
    away["SigningCertURL"] = f"{gone}/SimpleNotificationService-local.pem"
    with pytest.raises(Unavailable):
        SnsNotices(TOPIC, SystemClock(), gone).verify(read_notice(away))
    with pytest.raises(Forbidden):  # in the cloud it is the region's own address alone
        SnsNotices(TOPIC, SystemClock()).verify(read_notice(away))


def test_without_a_topic_the_address_is_not_there(monkeypatch):
    api = StaffApi().open(monkeypatch)
    monkeypatch.setattr(wiring, "notice_ports", lambda: None)
    assert api.client.post("/api/mail-notices", data="{}").status_code == 404


def test_only_what_is_final_counts():
    to = [{"emailAddress": " Piotr@Urzad.example "}, {"other": 1}, 7]
    for told, wanted in (
        ({"notificationType": "Bounce", "bounce": {"bounceType": "Permanent", "bouncedRecipients": to}}, 1),
        ({"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bouncedRecipients": to}}, 1),
        ({"notificationType": "Bounce", "bounce": {"bounceType": "Transient", "bouncedRecipients": to}}, 0),
        ({"notificationType": "Complaint", "complaint": {"complainedRecipients": to}}, 1),
        ({"notificationType": "Delivery", "delivery": {"recipients": ["a@b"]}}, 0),
        ({"notificationType": "Bounce", "bounce": 3}, 0),
        ([], 0),
    ):
        assert refused_addresses(json.dumps(told)) == (ADDRESS,)[:wanted], told
    assert refused_addresses("no JSON") == ()
