"""Signing in with an authenticator app, before Firebase's own Auth emulator."""

import json
import time
import uuid

import pytest
import requests

from infra.local.auth_client import AuthError
from infra.local.auth_tokens import claims
from tests.emulator.auth_programs import PASSWORD, PROJECT, AuthPrograms, code_of

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def auth(tmp_path_factory):
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture
def uid():
    return f"u{uuid.uuid4().hex[:8]}"


def finish(auth, pending, code):
    return auth.client.finish_sign_in(pending, pending.factors[0], code)


def test_the_password_alone_gives_no_token(auth, uid):
    answer = auth.post(
        "v1/accounts:signInWithPassword", {"email": auth.enrolled(uid).email, "password": PASSWORD}
    ).json()
    assert "idToken" not in answer
    assert [set(factor) & {"phoneInfo", "totpInfo"} for factor in answer["mfaInfo"]] == [{"totpInfo"}]


def test_password_and_code_give_a_token_that_says_so(auth, uid):
    account = auth.enrolled(uid, {"terc": "1299013", "roles": ["author"]})
    pending, secret = auth.pending(account)
    token = claims(finish(auth, pending, code_of(secret)))
    assert token["firebase"]["sign_in_second_factor"] == "totp"
    assert token["firebase"]["second_factor_identifier"] == pending.factors[0]
    assert (token["sub"], token["terc"], token["roles"]) == (uid, "1299013", ["author"])


def test_a_wrong_code_is_refused(auth, uid):
    pending, secret = auth.pending(auth.enrolled(uid))
    with pytest.raises(AuthError, match="INVALID_CODE"):
        finish(auth, pending, code_of(secret, 100))


def test_a_code_is_taken_once(auth, uid):
    account = auth.enrolled(uid)
    pending, secret = auth.pending(account)
    code = code_of(secret)
    finish(auth, pending, code)
    again, _ = auth.pending(account)
    with pytest.raises(AuthError, match="INVALID_CODE"):
        finish(auth, again, code)


def test_another_accounts_code_is_refused(auth, uid):
    pending, _ = auth.pending(auth.enrolled(uid))
    _, secret = auth.pending(auth.enrolled(f"{uid}2"))
    with pytest.raises(AuthError, match="INVALID_CODE"):
        finish(auth, pending, code_of(secret))


def test_another_accounts_factor_is_refused(auth, uid):
    pending, _ = auth.pending(auth.enrolled(uid))
    other, secret = auth.pending(auth.enrolled(f"{uid}2"))
    with pytest.raises(AuthError, match="MFA_ENROLLMENT_NOT_FOUND"):
        auth.client.finish_sign_in(pending, other.factors[0], code_of(secret))


def test_a_forged_first_step_is_refused(auth, uid):
    _, secret = auth.pending(auth.enrolled(uid))
    body = {
        "mfaPendingCredential": "bm90aGluZw==",
        "mfaEnrollmentId": auth.factors.of(uid)[0].id,
        "totpVerificationInfo": {"verificationCode": code_of(secret)},
    }
    assert auth.post("v2/accounts/mfaSignIn:finalize", body).status_code == 400


def test_the_authenticator_cannot_be_replaced_by_a_text_message(auth, uid):
    pending, _ = auth.pending(auth.enrolled(uid))
    body = {
        "mfaPendingCredential": pending.credential,
        "mfaEnrollmentId": pending.factors[0],
        "phoneSignInInfo": {},
    }
    answer = auth.post("v2/accounts/mfaSignIn:start", body)
    assert (answer.status_code, "authenticator app" in answer.text) == (400, True)


def test_a_refreshed_token_keeps_the_second_factor(auth, uid):
    pending, secret = auth.pending(auth.enrolled(uid))
    body = {
        "mfaPendingCredential": pending.credential,
        "mfaEnrollmentId": pending.factors[0],
        "totpVerificationInfo": {"verificationCode": code_of(secret)},
    }
    refresh = auth.post("v2/accounts/mfaSignIn:finalize", body).json()["refreshToken"]
    answer = requests.post(
        f"http://{auth.host}/securetoken.googleapis.com/v1/token?key=k",
        data={"grant_type": "refresh_token", "refresh_token": refresh},
        timeout=60,
    ).json()
    for name in ("id_token", "access_token"):
        assert claims(answer[name])["firebase"]["sign_in_second_factor"] == "totp"


# Enrolling


def enrolment(auth, uid):
    token = auth.sign_in(auth.account(uid))
    started = auth.post(
        "v2/accounts/mfaEnrollment:start", {"idToken": token, "totpEnrollmentInfo": {}}
    ).json()
    return token, started["totpSessionInfo"]


def finish_enrolment(auth, token, session, code):
    verification = {"sessionInfo": session["sessionInfo"], "verificationCode": code}
    body = {"idToken": token, "displayName": "phone", "totpVerificationInfo": verification}
    return auth.post("v2/accounts/mfaEnrollment:finalize", body)


def test_enrolling_needs_the_right_code(auth, uid):
    token, session = enrolment(auth, uid)
    answer = finish_enrolment(auth, token, session, code_of(session["sharedSecretKey"], 100))
    assert answer.json()["error"]["message"] == "INVALID_CODE"
    assert isinstance(auth.client.sign_in(f"{uid}@regionalna.example", PASSWORD), str)


def test_a_wrong_code_can_be_corrected(auth, uid):
    token, session = enrolment(auth, uid)
    finish_enrolment(auth, token, session, "000000")
    answer = finish_enrolment(auth, token, session, code_of(session["sharedSecretKey"])).json()
    assert claims(answer["idToken"])["firebase"]["sign_in_second_factor"] == "totp"


def test_the_code_of_the_enrolment_does_not_sign_in(auth, uid):
    token, session = enrolment(auth, uid)
    code = code_of(session["sharedSecretKey"])
    finish_enrolment(auth, token, session, code)
    pending = auth.client.sign_in(f"{uid}@regionalna.example", PASSWORD)
    with pytest.raises(AuthError, match="INVALID_CODE"):
        finish(auth, pending, code)


def test_an_enrolment_is_finished_once(auth, uid):
    token, session = enrolment(auth, uid)
    code = code_of(session["sharedSecretKey"])
    assert finish_enrolment(auth, token, session, code).ok
    assert finish_enrolment(auth, token, session, code).json()["error"]["message"] == "SESSION_EXPIRED"


def test_enrolling_needs_a_verified_address(auth, uid):
    auth.account(uid)
    auth.administer(":update", {"localId": uid, "emailVerified": False})
    token = auth.client.sign_in(f"{uid}@regionalna.example", PASSWORD)
    answer = auth.post("v2/accounts/mfaEnrollment:start", {"idToken": token, "totpEnrollmentInfo": {}})
    assert answer.json()["error"]["message"].startswith("UNVERIFIED_EMAIL")


def test_a_withdrawn_factor_is_not_asked_for(auth, uid):
    pending, secret = auth.pending(auth.enrolled(uid))
    token = finish(auth, pending, code_of(secret))
    body = {"idToken": token, "mfaEnrollmentId": pending.factors[0]}
    assert auth.post("v2/accounts/mfaEnrollment:withdraw", body).ok
    assert isinstance(auth.client.sign_in(f"{uid}@regionalna.example", PASSWORD), str)
    assert auth.factors.of(uid) == []


# What is no TOTP passes


def test_a_text_message_factor_stays_one(auth, uid):
    account = auth.account(uid)
    enrolled = {"enrollments": [{"mfaEnrollmentId": "sms", "phoneInfo": "+48600000000"}]}
    auth.administer(":update", {"localId": uid, "mfa": enrolled})
    body = {"email": account.email, "password": PASSWORD}
    pending = auth.post("v1/accounts:signInWithPassword", body).json()
    assert pending["mfaInfo"][0]["phoneInfo"] == "+*******0000"
    start = {
        "mfaPendingCredential": pending["mfaPendingCredential"],
        "mfaEnrollmentId": "sms",
        "phoneSignInInfo": {},
    }
    session = auth.post("v2/accounts/mfaSignIn:start", start).json()["phoneResponseInfo"]["sessionInfo"]
    url = f"http://{auth.host}/emulator/v1/projects/{PROJECT}/verificationCodes"
    sent = requests.get(url, timeout=60).json()["verificationCodes"]
    code = next(message["code"] for message in sent if message["sessionInfo"] == session)
    body = {
        "mfaPendingCredential": pending["mfaPendingCredential"],
        "phoneVerificationInfo": {"sessionInfo": session, "code": code},
    }
    token = auth.post("v2/accounts/mfaSignIn:finalize", body).json()["idToken"]
    assert claims(token)["firebase"]["sign_in_second_factor"] == "phone"


def test_a_resident_signs_in_anonymously(auth):
    uid, token = auth.client.sign_up_anonymously()
    assert claims(token)["sub"] == uid
    assert claims(token)["firebase"] == {"identities": {}, "sign_in_provider": "anonymous"}


def test_a_browsers_question_before_the_request_is_answered(auth):
    headers = {
        "Origin": "http://127.0.0.1:5000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-client-version",
    }
    answer = requests.options(auth.url("v2/accounts/mfaSignIn:finalize"), headers=headers, timeout=60)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:5000"
    assert "x-client-version" in answer.headers["Access-Control-Allow-Headers"]


def test_a_browser_may_read_the_refusal(auth):
    answer = auth.post(
        "v2/accounts/mfaSignIn:finalize",
        {"totpVerificationInfo": {}},
        headers={"Origin": "http://127.0.0.1:5000"},
    )
    assert answer.json()["error"]["message"] == "MISSING_CODE"
    assert answer.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '"text"', '{"totpVerificationInfo": []}', '{"totpVerificationInfo": null}']
)
def test_malformed_bodies_are_bad_requests(auth, body):
    for operation in ("mfaSignIn:finalize", "mfaEnrollment:finalize"):
        answer = requests.post(auth.url(f"v2/accounts/{operation}"), data=body, timeout=60)
        assert (answer.status_code, "error" in answer.json()) == (400, True)


def test_a_large_upload_passes(auth):
    users = [{"localId": f"r{number}", "displayName": "x" * 500} for number in range(5000)]
    assert auth.administer(":batchCreate", {"users": users}).get("error") == []


def test_pages_and_unknown_paths_pass(auth):
    page = requests.get(f"http://{auth.host}/emulator/openapi.json", timeout=60)
    assert page.json()["openapi"].startswith("3.")
    assert requests.get(f"http://{auth.host}/nothing", timeout=60).status_code == 404


def test_the_proxy_says_when_the_emulator_is_away(tmp_path):
    programs = AuthPrograms(tmp_path)
    programs.emulator.kill()
    answer = programs.post("v1/accounts:signUp", {})
    programs.stop()
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, 503)


# Who relies on the token


@pytest.fixture
def admin(auth, monkeypatch):
    import firebase_admin

    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", auth.host)
    app = firebase_admin.initialize_app(options={"projectId": PROJECT}, name=uuid.uuid4().hex)
    yield app
    firebase_admin.delete_app(app)


def test_firebase_admin_accepts_the_token_until_it_is_revoked(auth, uid, admin):
    from firebase_admin import auth as admin_auth

    pending, secret = auth.pending(auth.enrolled(uid, {"roles": ["author"]}))
    token = finish(auth, pending, code_of(secret))
    verified = admin_auth.verify_id_token(token, app=admin, check_revoked=True)
    assert (verified["roles"], verified["firebase"]["sign_in_second_factor"]) == (["author"], "totp")
    time.sleep(1.1)  # revocation counts in whole seconds
    admin_auth.revoke_refresh_tokens(uid, app=admin)
    with pytest.raises(admin_auth.RevokedIdTokenError):
        admin_auth.verify_id_token(token, app=admin, check_revoked=True)


RULES = """rules_version = '2';
service cloud.firestore { match /databases/{d}/documents { match /t/{id} {
  allow read: if request.auth.token.firebase.sign_in_second_factor == 'totp' && request.auth.token.terc == id;
} } }"""


def read_status(firestore, token, document):
    url = f"http://{firestore.host}/v1/projects/demo-totp/databases/(default)/documents/t/{document}"
    return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=60).status_code


def test_firestores_rules_see_the_second_factor(auth, uid, firestore_emulator):
    firestore_emulator.load_rules("demo-totp", RULES)
    account = auth.account(uid, {"terc": "1299013"})
    password_only = auth.sign_in(account)
    auth.client.enrol_totp(password_only, "phone", lambda secret: code_of(secret, -1))
    pending, secret = auth.pending(account)
    token = finish(auth, pending, code_of(secret))
    assert read_status(firestore_emulator, token, "1299013") == 404  # allowed; there is none
    assert read_status(firestore_emulator, token, "1299023") == 403
    assert read_status(firestore_emulator, password_only, "1299013") == 403


def test_tokens_of_strangers_are_left_as_they_are(auth):
    body = {"idToken": "no.token", "returnSecureToken": True}
    answer = auth.post("v1/accounts:lookup", body)
    assert (answer.status_code, json.loads(answer.text)["error"]["message"]) == (400, "INVALID_ID_TOKEN")
