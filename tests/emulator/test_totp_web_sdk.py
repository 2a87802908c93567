"""The real Web SDK enrols an authenticator and signs in with it."""

import json
import subprocess

import pytest

from infra.local.processes import ROOT
from tests.emulator.auth_programs import PASSWORD, AuthPrograms, code_of

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def auth(tmp_path_factory):
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture
def sdk(auth):
    account = auth.account("wanda")
    command = ["node", "tests/emulator/web_sdk_totp.mjs", auth.host, account.email, PASSWORD]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(step, **given):
            process.stdin.write(json.dumps({"step": step, **given}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()
        process.wait(10)


def test_the_web_sdk_enrols_and_signs_in_with_an_authenticator(sdk):
    secret = sdk("start")["secret"]
    assert sdk("enrol", code="000000") == {"error": "auth/invalid-verification-code"}
    assert sdk("enrol", code=code_of(secret, -1)) == {"factors": ["totp"]}
    assert sdk("signIn") == {"code": "auth/multi-factor-auth-required", "hints": ["totp"]}
    assert sdk("finish", code="000000") == {"error": "auth/invalid-verification-code"}
    assert sdk("finish", code=code_of(secret)) == {"secondFactor": "totp"}
    assert sdk("refresh") == {"secondFactor": "totp"}
