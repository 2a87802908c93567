"""SMS by SNS, against moto behind the proxy that fails, and the fake: one attempt, errors told apart."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from infra.local.processes import free_port
from shared.adapters import sns_sms
from shared.adapters.sns_sms import SnsSmsSender, client
from shared.errors import SmsRefused, Throttled, Unavailable
from tests.emulator.amazon import Provider
from tests.fakes.sms import FakeSmsSender

TEXT = "Alert 4821 czeka na zatwierdzenie. Otworz panel ze swojej ikony."


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    stand_in = Provider(tmp_path_factory.mktemp("sms"))
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")


@pytest.fixture
def sns(provider, keys):
    provider.control(seed=1)
    return SnsSmsSender(client("eu-central-1", provider.address), "AlertOnline")


def test_an_sms_arrives_under_the_name(sns, provider):
    assert sns.send("+48600100200", TEXT).message_id
    (sms,) = provider.sms("+48600100200")
    assert (sms["text"], sms["from"]) == (TEXT, "AlertOnline")


@pytest.mark.parametrize(
    ("fate", "error"), [("throttled", Throttled), ("refused", SmsRefused), ("unavailable", Unavailable)]
)
def test_what_the_provider_does_not_take_is_told_apart_and_sent_nowhere(sns, provider, fate, error):
    provider.control(sms={fate: 1.0})
    before = provider.counts().get(f"sms_{fate}", 0)
    with pytest.raises(error) as raised:
        sns.send("+48600100201", TEXT)
    assert type(raised.value) is error
    assert provider.counts()[f"sms_{fate}"] == before + 1  # no attempt of the library's own
    assert provider.sms("+48600100201") == []


def test_a_number_that_wants_no_sms_is_refused_as_amazon_does(sns, provider, caplog):
    provider.control(opted_out=["+48600100202"])
    with pytest.raises(SmsRefused):
        sns.send("+48600100202", TEXT)
    assert provider.sms("+48600100202") == []
    assert "600100202" not in caplog.text


def test_more_bytes_than_amazon_takes_are_refused_although_moto_takes_them(provider, sns):
    provider.control()
    with pytest.raises(sns._client.exceptions.InvalidParameterException):
        sns._client.publish(PhoneNumber="+48600100203", Message="ą" * 1_000)
    assert provider.sms("+48600100203") == []


@pytest.mark.parametrize(("to", "text"), [("+48600100204", "ą"), ("+48600100204", "a" * 307), ("600", TEXT)])
def test_what_is_no_sms_of_ours_reaches_nobody(sns, provider, to, text):
    with pytest.raises(SmsRefused):
        sns.send(to, text)
    assert provider.sms(to) == []


def test_a_lost_answer_is_unavailable_and_sends_no_second_sms(sns, provider):
    provider.control(sms={"answer_lost": 1.0})
    with pytest.raises(Unavailable):
        sns.send("+48600100205", TEXT)
    assert len(provider.sms("+48600100205")) == 1


def test_a_provider_that_cannot_be_reached_is_unavailable(keys):
    away = SnsSmsSender(client("eu-central-1", f"http://127.0.0.1:{free_port()}"), "AlertOnline")
    with pytest.raises(Unavailable):
        away.send("+48600100206", TEXT)


class Silent(BaseHTTPRequestHandler):
    asked = 0
    over = threading.Event()

    def do_POST(self):
        Silent.asked += 1
        Silent.over.wait(60)


def test_a_gateway_that_never_answers_gets_one_request(keys, monkeypatch):
    monkeypatch.setattr(sns_sms, "READ_SECONDS", 0.5)
    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(Unavailable):
            SnsSmsSender(client("eu-central-1", address), "AlertOnline").send("+48600100207", TEXT)
        Silent.over.set()
        server.shutdown()
    assert Silent.asked == 1


@pytest.mark.parametrize("taken", [True, False])
def test_the_fake_fails_as_told_and_may_have_sent_all_the_same(taken):
    sms = FakeSmsSender()
    sms.fails, sms.taken = Unavailable(), taken
    with pytest.raises(Unavailable):
        sms.send("+48600100200", TEXT)
    assert len(sms.sent) == taken
