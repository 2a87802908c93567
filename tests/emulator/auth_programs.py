"""The Auth emulator and the TOTP proxy before it, without the rest of the stack."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pyotp
import requests

from infra.local.auth_client import API_KEY, Account, AuthClient, PendingSignIn
from infra.local.auth_factors import PERIOD, FactorStore
from infra.local.processes import Program, free_port

PROJECT = "demo-alert-online"
PASSWORD = "correct horse"
OWNER = {"Authorization": "Bearer owner"}


class AuthPrograms:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.emulator_host = f"127.0.0.1:{free_port()}"
        self.host = f"127.0.0.1:{free_port()}"
        self.factors = FactorStore(folder / "factors.sqlite")
        self.client = AuthClient(self.host, PROJECT)
        self.start()

    def start(self) -> None:
        emulator = ["node", "infra/local/auth_emulator.mjs", "--port", self.emulator_host.split(":")[1]]
        emulator += ["--project", PROJECT, "--state", str(self.folder / "users.json")]
        proxy = [sys.executable, "-m", "infra.local.totp_proxy", "--port", self.host.split(":")[1]]
        proxy += ["--emulator", self.emulator_host, "--project", PROJECT]
        proxy += ["--db", str(self.folder / "factors.sqlite")]
        self.emulator = Program("auth emulator", emulator, self.folder / "emulator.log")
        self.proxy = Program("totp proxy", proxy, self.folder / "proxy.log")
        self.emulator.wait_until_answers(f"http://{self.emulator_host}/")
        self.proxy.wait_until_answers(f"http://{self.host}/")

    def stop(self) -> None:
        self.proxy.stop()
        self.emulator.stop()

    def url(self, path: str) -> str:
        return f"http://{self.host}/identitytoolkit.googleapis.com/{path}?key={API_KEY}"

    def post(self, path: str, body: object, **options: object) -> requests.Response:
        return requests.post(self.url(path), json=body, timeout=60, **options)  # type: ignore[arg-type]

    def administer(self, operation: str, body: object) -> dict[str, object]:
        answer = self.post(f"v1/projects/{PROJECT}/accounts{operation}", body, headers=OWNER)
        answer.raise_for_status()
        content: dict[str, object] = answer.json()
        return content

    def account(self, uid: str, claims: dict[str, object] | None = None) -> Account:
        account = Account(uid, f"{uid}@regionalna.example", uid.title(), claims or {})
        self.client.create(account, PASSWORD)
        return account

    def sign_in(self, account: Account) -> str | PendingSignIn:
        return self.client.sign_in(account.email, PASSWORD)

    def enrolled(self, uid: str, claims: dict[str, object] | None = None) -> Account:
        """An account with an authenticator, whose current code is still unused."""
        account = self.account(uid, claims)
        token = self.sign_in(account)
        assert isinstance(token, str)
        self.client.enrol_totp(token, "phone", lambda secret: code_of(secret, -1))
        return account

    def pending(self, account: Account) -> tuple[PendingSignIn, str]:
        """A sign-in that waits for its code, and the secret that makes it."""
        pending = self.sign_in(account)
        assert isinstance(pending, PendingSignIn)
        return pending, self.factors.of(account.uid)[-1].secret


def code_of(secret: str, steps: int = 0) -> str:
    """The authenticator's code, `steps` periods from now."""
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // PERIOD + steps)
