"""Keys and PINs through the API: what they open, what they do not, and who may have one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.own_factors import TRIES
from shared.domain.staff_session import SessionLimits
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.security_key import SecurityKey
from tests.fakes.staff_api import KEY_ORIGIN

HOUR = timedelta(hours=1)
LIMITS = SessionLimits()
PIN, WRONG = "482915", "482916"


@pytest.fixture
def office(office):
    office.session_limits = LIMITS
    return office


@pytest.fixture
def key():
    return SecurityKey(KEY_ORIGIN)


def refusal(answer):
    code = answer.json["errors"][0]["code"] if answer.json.get("errors") else answer.json["code"]
    return answer.status_code, code


def acts(office):
    return [act.action for act in office.audit.acts(TERC) if act.action != "session.begin"]


def challenge(api, purpose, who="piotr"):
    return api.post(who, "/api/factors/challenge", {"purpose": purpose})


def register(office, api, key, who="piotr"):
    """As the page does; from then on the register knows it, and the verifier with the next request."""
    credential = key.register(challenge(api, "register", who).json)
    answer = api.post(who, "/api/factors/keys", {"credential": credential, "name": "Klucz"})
    known = office.tokens.staff[who]
    proof = replace(known.proof, has_key=known.person.uid in office.factors.with_key)
    office.tokens.staff[who] = replace(known, proof=proof)
    return answer


def use(api, key, who="piotr"):
    return api.post(who, "/api/factors/use", {"credential": key.use(challenge(api, "use", who).json)})


def approve(office, api, who="piotr"):
    lasting = content(expires=office.clock.now() + HOUR)
    severe = replace(lasting, severity=type(lasting.severity)("Severe"))
    office.alerts.put(alert("stored", state=State.SUBMITTED, content=severe))
    return api.step(who, "/api/alerts/stored/approve", '"1"')


def test_who_has_neither_is_told_so(api):
    assert api.get("piotr", "/api/factors").json == {"keys": [], "pin": None, "fresh": True}


def test_a_key_is_registered_under_its_name(office, api, key):
    answer = register(office, api, key)
    assert answer.status_code == 201
    assert [one["name"] for one in answer.json["keys"]] == ["Klucz"]
    assert acts(office) == ["key.add"]


def test_a_severe_alert_is_approved_once_the_key_was_shown(office, api, key):
    register(office, api, key)
    assert refusal(approve(office, api)) == (401, "key-required")
    assert use(api, key).status_code == 200
    assert approve(office, api).status_code == 200
    office.clock.advance(LIMITS.fresh)
    assert refusal(approve(office, api)) == (401, "key-required")


def test_a_key_renews_an_idle_session(office, api, key):
    register(office, api, key)
    office.clock.advance(HOUR)
    assert refusal(api.get("piotr", "/api/templates")) == (401, "session-idle")
    answer = use(api, key)
    assert (answer.status_code, answer.headers["Alert-Session"]) == (200, "open")
    assert api.get("piotr", "/api/templates").status_code == 200


def test_a_session_whose_time_is_up_is_renewed_by_neither(office, api, key):
    api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN})
    register(office, api, key)
    office.clock.advance(LIMITS.absolute)
    assert refusal(use(api, key)) == (401, "session-over")
    assert refusal(api.post("piotr", "/api/factors/pin", {"pin": PIN})) == (401, "session-over")


REFUSED = {
    "of another page": lambda: SecurityKey("https://panel.example.pl.evil.example"),
    "that did not see its holder": lambda: SecurityKey(KEY_ORIGIN, sees=False),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_key_that_proves_nothing_is_not_registered(office, api, kind):
    assert refusal(register(office, api, REFUSED[kind]())) == (422, "key-refused")
    assert office.factors.kept == {}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_answer_that_proves_nothing_renews_nothing(office, api, key, kind):
    register(office, api, key)
    key.origin, key.sees = REFUSED[kind]().origin, REFUSED[kind]().sees
    assert refusal(use(api, key)) == (422, "key-refused")
    assert refusal(approve(office, api)) == (401, "key-required")


def test_another_persons_key_is_not_ones_own(office, api, key):
    register(office, api, key)
    register(office, api, SecurityKey(KEY_ORIGIN), "ewa")
    assert refusal(use(api, key, "ewa")) == (422, "key-refused")


def test_a_challenge_is_answered_once_and_soon(office, api, key):
    register(office, api, key)
    credential = key.use(challenge(api, "use").json)
    assert api.post("piotr", "/api/factors/use", {"credential": credential}).status_code == 200
    again = api.post("piotr", "/api/factors/use", {"credential": credential})
    assert refusal(again) == (422, "key-late")
    late = key.use(challenge(api, "use").json)
    office.clock.advance(timedelta(minutes=5))
    assert refusal(api.post("piotr", "/api/factors/use", {"credential": late})) == (422, "key-late")


def test_a_challenge_to_use_registers_nothing(office, api, key):
    register(office, api, key)
    options = challenge(api, "use").json
    other = SecurityKey(KEY_ORIGIN)
    credential = other.register({"challenge": options["challenge"], "rp": {"id": options["rpId"]}})
    use(api, key)
    answer = api.post("piotr", "/api/factors/keys", {"credential": credential, "name": "Obcy"})
    assert refusal(answer) == (422, "key-late")


def test_a_key_that_was_copied_is_refused(office, api, key):
    register(office, api, key)
    use(api, key)
    key.count -= 2
    assert refusal(use(api, key)) == (422, "key-refused")


NEEDS_FRESH = {
    "another key": lambda api, key: challenge(api, "register"),
    "the key away": lambda api, key: api.ask("piotr", "DELETE", f"/api/factors/keys/{known(api)}"),
    "a PIN": lambda api, key: api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN}),
}


def known(api):
    return api.get("piotr", "/api/factors").json["keys"][0]["id"]


@pytest.mark.parametrize("what", NEEDS_FRESH)
def test_of_whoever_has_a_key_only_that_key_gives_or_takes(office, api, key, what):
    register(office, api, key)
    before = dict(office.factors.kept)
    assert refusal(NEEDS_FRESH[what](api, key)) == (401, "key-required")
    assert office.factors.kept == before
    use(api, key)
    assert NEEDS_FRESH[what](api, key).status_code == 200


def test_without_a_key_a_sign_in_of_before_gives_none(office, api):
    api.get("piotr", "/api/me")
    office.clock.advance(LIMITS.fresh)
    assert refusal(challenge(api, "register")) == (401, "fresh-sign-in-required")
    refused = api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN})
    assert refusal(refused) == (401, "fresh-sign-in-required")


def test_a_pin_renews_an_idle_session_and_is_no_fresh_factor(office, api):
    assert api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN}).json["pin"] == {"left": TRIES}
    office.clock.advance(HOUR)
    answer = api.post("piotr", "/api/factors/pin", {"pin": PIN})
    assert (answer.status_code, answer.json["standing"]) == (200, "open")
    assert api.get("piotr", "/api/templates").status_code == 200
    assert refusal(approve(office, api)) == (401, "fresh-sign-in-required")


def test_a_pin_is_gone_after_five_wrong_ones(office, api):
    api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN})
    office.clock.advance(HOUR)
    for left in range(TRIES - 1, -1, -1):
        answer = api.post("piotr", "/api/factors/pin", {"pin": WRONG})
        assert refusal(answer) == (422, "pin-wrong")
        assert str(left) in answer.json["errors"][0]["detail"]
    assert refusal(api.post("piotr", "/api/factors/pin", {"pin": PIN})) == (401, "pin-gone")
    assert refusal(api.get("piotr", "/api/templates")) == (401, "session-idle")
    assert acts(office) == ["pin.set", "pin.last_try"]


def test_a_right_pin_gives_all_tries_back(office, api):
    api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN})
    for _ in range(3):
        api.post("piotr", "/api/factors/pin", {"pin": WRONG})
    api.post("piotr", "/api/factors/pin", {"pin": PIN})
    assert api.get("piotr", "/api/factors").json["pin"] == {"left": TRIES}


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "pin-digits"),
        ("1234567890123", "pin-digits"),
        ("12345a", "pin-digits"),
        ("١٢٣٤٥٦", "pin-digits"),
        ("123456", "pin-plain"),
        ("987654", "pin-plain"),
        ("111111", "pin-plain"),
        ("121212", "pin-plain"),
    ],
)
def test_a_pin_that_anybody_guesses_is_not_taken(api, pin, code):
    assert refusal(api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": pin})) == (422, code)


def test_without_a_pin_there_is_nothing_to_renew_by(api):
    assert refusal(api.post("piotr", "/api/factors/pin", {"pin": PIN})) == (401, "pin-gone")


def test_a_pin_is_taken_away(api):
    api.ask("piotr", "PUT", "/api/factors/pin", json={"pin": PIN})
    assert api.ask("piotr", "DELETE", "/api/factors/pin").json["pin"] is None


@pytest.mark.parametrize("credential", [None, [], "x", {}, {"id": 5}, {"id": "x", "response": []}])
@pytest.mark.parametrize("path", ["/api/factors/use", "/api/factors/keys"])
def test_what_no_browser_made_is_refused(office, api, key, credential, path):
    register(office, api, key)
    use(api, key)
    challenge(api, "register" if path.endswith("keys") else "use")
    body = {"credential": credential} | ({"name": "Klucz"} if path.endswith("keys") else {})
    assert refusal(api.post("piotr", path, body)) == (422, "key-refused")
