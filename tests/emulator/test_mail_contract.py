"""E-mail by SES, against moto behind the proxy that fails, and the fake: one attempt, errors told apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import requests

from infra.local.processes import free_port
from shared.adapters.ses_mail import SesMailSender, client
from shared.errors import MailRefused, Throttled, Unavailable
from tests.emulator.amazon import FROM, Provider
from tests.fakes.clock import FakeClock
from tests.fakes.mail import FakeMailSender

TO = "anna@urzad.example"
NOW = datetime(2026, 11, 29, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    stand_in = Provider(tmp_path_factory.mktemp("mail"))
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def ses(provider, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    provider.control(rates={}, seed=1)
    return SesMailSender(client("eu-central-1", provider.address), FROM, FakeClock(NOW))


def test_a_mail_arrives_as_it_was_written_polish_letters_and_both_forms(ses, provider):
    to = "zolc@urzad.example"
    sent = ses.send(to, "Zaproszenie: Gmina Żółć", "Dzień dobry,\nŻółć", "<p>Żółć</p>")
    assert sent.message_id
    (mail,) = provider.mails(to)
    assert mail["subject"] == "Zaproszenie: Gmina Żółć"
    assert mail["from"] == f"Alert Online <{FROM}>"
    assert mail["text"].splitlines() == ["Dzień dobry,", "Żółć"]
    assert mail["html"].strip() == "<p>Żółć</p>"


@pytest.mark.parametrize(
    ("fate", "error"), [("throttled", Throttled), ("refused", MailRefused), ("unavailable", Unavailable)]
)
def test_what_the_provider_does_not_take_is_told_apart_and_sent_nowhere(ses, provider, fate, error):
    provider.control(rates={fate: 1.0})
    before = provider.counts().get(fate, 0)
    with pytest.raises(error) as raised:
        ses.send(f"{fate}@urzad.example", "Temat", "Treść")
    assert type(raised.value) is error
    assert provider.counts()[fate] == before + 1  # no attempt of the library's own
    assert provider.mails(f"{fate}@urzad.example") == []


def test_a_lost_answer_is_unavailable_and_sends_no_second_mail(ses, provider):
    provider.control(rates={"answer_lost": 1.0})
    with pytest.raises(Unavailable):
        ses.send("lost@urzad.example", "Temat", "Treść")
    assert len(provider.mails("lost@urzad.example")) == 1


def test_a_provider_that_cannot_be_reached_is_unavailable(ses, monkeypatch):
    away = SesMailSender(client("eu-central-1", f"http://127.0.0.1:{free_port()}"), FROM, FakeClock(NOW))
    with pytest.raises(Unavailable):
        away.send(TO, "Temat", "Treść")


@pytest.mark.parametrize("subject", ["Temat\nBcc: kto@inny.example", "Temat\r\nX: y"])
def test_nothing_gets_into_a_header(ses, provider, subject):
    with pytest.raises(MailRefused):
        ses.send("header@urzad.example", subject, "Treść")
    assert provider.mails("header@urzad.example") == []


def test_what_tells_nothing_of_the_address_is_logged(ses, provider, caplog):
    provider.control(rates={"unavailable": 1.0})
    with pytest.raises(Unavailable):
        ses.send(TO, "Temat", "Treść")
    assert caplog.messages
    assert TO not in caplog.text


@pytest.mark.parametrize("taken", [True, False])
def test_the_fake_fails_as_told_and_may_have_sent_all_the_same(taken):
    mails = FakeMailSender()
    mails.fails, mails.taken = Unavailable(), taken
    with pytest.raises(Unavailable):
        mails.send(TO, "Temat", "Treść")
    assert len(mails.sent) == taken


@pytest.mark.parametrize("settings", [{"rates": {"throttled": 2}}, {"rates": {"lost": 1}}, {"rate": {}}, []])
def test_a_wrong_setting_is_refused(provider, settings):
    assert requests.post(f"{provider.control_url}/control", json=settings, timeout=60).status_code == 400
