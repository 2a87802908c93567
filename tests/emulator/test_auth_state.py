"""Accounts, sessions and authenticators survive a restart, as they do in the cloud."""

import pytest
import requests

from infra.local.auth_tokens import claims
from tests.emulator.auth_programs import AuthPrograms, code_of
from tests.emulator.stand_ins import eventually

pytestmark = pytest.mark.emulator


@pytest.fixture
def auth(tmp_path):
    programs = AuthPrograms(tmp_path)
    yield programs
    programs.stop()


def refreshed(auth, token):
    body = {"grant_type": "refresh_token", "refresh_token": token}
    url = f"http://{auth.host}/securetoken.googleapis.com/v1/token?key=k"
    return requests.post(url, data=body, timeout=60)


def test_sessions_and_authenticators_go_on_after_a_restart(auth):
    account = auth.enrolled("zofia", {"roles": ["author"]})
    resident = auth.post("v1/accounts:signUp", {"returnSecureToken": True}).json()
    before = auth.administer(":lookup", {"localId": ["zofia"]})
    auth.stop()
    auth.start()
    assert auth.administer(":lookup", {"localId": ["zofia"]}) == before
    assert refreshed(auth, resident["refreshToken"]).json()["user_id"] == resident["localId"]
    assert auth.post("v1/accounts:lookup", {"idToken": resident["idToken"]}).ok
    pending, secret = auth.pending(account)
    token = auth.client.finish_sign_in(pending, pending.factors[0], code_of(secret))
    assert claims(token)["roles"] == ["author"]


def test_a_used_code_stays_used_after_a_restart(auth):
    account = auth.enrolled("zofia")
    pending, secret = auth.pending(account)
    code = code_of(secret)
    auth.client.finish_sign_in(pending, pending.factors[0], code)
    auth.stop()
    auth.start()
    pending, _ = auth.pending(account)
    with pytest.raises(Exception, match="INVALID_CODE"):
        auth.client.finish_sign_in(pending, pending.factors[0], code)


def test_a_crash_loses_at_most_the_last_second(auth):
    auth.enrolled("zofia")
    (factor,) = auth.factors.of("zofia")
    saved = auth.folder / "users.json"
    eventually(lambda: saved.exists() and factor.id in saved.read_text())
    auth.emulator.kill()
    auth.stop()
    auth.start()
    assert auth.client.factors("zofia") == [factor.id]
