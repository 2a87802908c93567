"""The sealed account's two factors at Firebase's own Auth emulator, as the command enrols and uses them."""

from __future__ import annotations

import pytest

from infra.local.auth_tokens import claims
from manage.staff_emergency.identity import RestIdentity, SignInFailed
from tests.emulator.auth_programs import PASSWORD, AuthPrograms, code_of

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def auth(tmp_path_factory):
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture
def identity(auth):
    return RestIdentity(f"http://{auth.host}/identitytoolkit.googleapis.com", "local")


def test_what_stands_on_the_sheet_signs_in_with_both_factors(auth, identity):
    account = auth.account("sealed-1")
    secret = identity.enrol(account.email, PASSWORD)
    token = claims(identity.token(account.email, PASSWORD, code_of(secret)))
    assert (token["sub"], token["firebase"]["sign_in_second_factor"]) == ("sealed-1", "totp")


def test_a_wrong_code_a_wrong_password_and_an_account_without_factor_do_not(auth, identity):
    account = auth.account("sealed-2")
    with pytest.raises(SignInFailed, match="no authenticator"):
        identity.token(account.email, PASSWORD, "123456")
    secret = identity.enrol(account.email, PASSWORD)
    with pytest.raises(SignInFailed, match="INVALID_CODE"):
        identity.token(account.email, PASSWORD, code_of(secret, 100))
    with pytest.raises(SignInFailed):
        identity.token(account.email, "another", code_of(secret))


def test_when_nobody_answers_it_says_so():
    with pytest.raises(SignInFailed, match="no answer"):
        RestIdentity("http://127.0.0.1:9", "local").enrol("a@b.example", PASSWORD)
