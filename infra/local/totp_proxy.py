"""Second factor by authenticator app before Firebase's Auth emulator, which knows only text messages.

The emulator keeps a phone factor with a made-up number for each TOTP factor; this proxy checks the code,
finishes with the emulator's own text message, and shows the factor as TOTP. All else passes unchanged.

    python -m infra.local.totp_proxy --port P --emulator HOST:PORT --project ID --db FILE
"""

from __future__ import annotations

import argparse
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
from aiohttp import ClientConnectionError, web

from infra.local.auth_factors import PERIOD, Factor, FactorStore, matching_step
from infra.local.auth_tokens import claims, second_factor, with_totp
from infra.local.auth_upstream import Answer, Body, Upstream
from infra.local.stand_in import listen, serve

ENROLMENT_SECONDS = 300  # between showing the secret and its first code
_WITH_FACTORS = ("/identitytoolkit.googleapis.com/", "/securetoken.googleapis.com/", "/www.googleapis.com/")

Operation = Callable[[web.Request, Body], Awaitable[Answer | None]]


class Refused(Exception):
    """An error of Identity Platform, by the name that the SDKs know."""


@dataclass(frozen=True)
class Enrolment:
    secret: str
    ends: float


class TotpProxy:
    def __init__(self, upstream: Upstream, factors: FactorStore) -> None:
        self._upstream = upstream
        self._factors = factors
        self._enrolments: dict[str, Enrolment] = {}
        self._operations: dict[str, Operation] = {
            "accounts/mfaEnrollment:start": self._start_enrolment,
            "accounts/mfaEnrollment:finalize": self._finish_enrolment,
            "accounts/mfaEnrollment:withdraw": self._withdraw,
            "accounts/mfaSignIn:start": self._start_sign_in,
            "accounts/mfaSignIn:finalize": self._finish_sign_in,
        }

    async def handle(self, request: web.Request) -> web.StreamResponse:
        operation = self._operations.get("/".join(request.path.split("/")[-2:]))
        try:
            if operation and request.method == "POST":
                return self._shown(await self._operate(request, operation))
            return self._shown(
                await self._upstream.forward(request, read=request.path.startswith(_WITH_FACTORS))
            )
        except Refused as refused:
            return _error(request, 400, str(refused))
        except ClientConnectionError:
            return _error(request, 503, "UNAVAILABLE : The Auth emulator does not answer.")

    async def _operate(self, request: web.Request, operation: Operation) -> Answer:
        body = _json_object(await request.read())
        return await operation(request, body) or await self._upstream.call(request, body)

    def _shown(self, answer: Answer | web.StreamResponse) -> web.StreamResponse:
        if isinstance(answer, web.StreamResponse):
            return answer
        return Answer(answer.status, answer.headers, with_totp(answer.body, self._factors.ids())).response()

    async def _start_enrolment(self, request: web.Request, body: Body) -> Answer | None:
        if "totpEnrollmentInfo" not in body:
            return None
        phone = {"phoneNumber": f"+999{secrets.randbelow(10**12):012}"}  # +999 is assigned to nobody
        started = await self._upstream.call(
            request, _without(body, "totpEnrollmentInfo") | {"phoneEnrollmentInfo": phone}
        )
        if started.status != 200:
            return started
        session = started.body["phoneSessionInfo"]["sessionInfo"]
        enrolment = self._new_enrolment(session)
        return Answer(200, started.headers, {"totpSessionInfo": _session_info(session, enrolment)})

    def _new_enrolment(self, session: str) -> Enrolment:
        now = time.time()
        self._enrolments = {key: kept for key, kept in self._enrolments.items() if kept.ends > now}
        self._enrolments[session] = Enrolment(pyotp.random_base32(), now + ENROLMENT_SECONDS)
        return self._enrolments[session]

    async def _finish_enrolment(self, request: web.Request, body: Body) -> Answer | None:
        if "totpVerificationInfo" not in body:
            return None
        session = _text(body["totpVerificationInfo"], "sessionInfo", "MISSING_SESSION_INFO")
        code = _text(body["totpVerificationInfo"], "verificationCode", "MISSING_CODE")
        enrolment = self._enrolments.get(session)
        if enrolment is None or enrolment.ends < time.time():
            raise Refused("SESSION_EXPIRED")
        step = matching_step(enrolment.secret, code, time.time())
        if step is None:
            raise Refused("INVALID_CODE")
        finished = await self._finish(request, _without(body, "totpVerificationInfo"), session)
        if finished.status == 200:
            del self._enrolments[session]
            self._add_factor(finished.body["idToken"], enrolment.secret, step)
        return finished

    def _add_factor(self, token: str, secret: str, step: int) -> None:
        factor = second_factor(token)
        if factor is None:
            raise Refused("INTERNAL_ERROR : The emulator's token names no second factor.")
        self._factors.add(Factor(factor, claims(token)["sub"], secret, step))

    async def _withdraw(self, request: web.Request, body: Body) -> Answer | None:
        answer = await self._upstream.call(request, body)
        if answer.status == 200:
            self._factors.remove(str(body.get("mfaEnrollmentId")))
        return answer

    async def _start_sign_in(self, _request: web.Request, body: Body) -> Answer | None:
        """Nothing starts a TOTP sign-in; a text message must not replace the authenticator."""
        if body.get("mfaEnrollmentId") in self._factors.ids():
            raise Refused("INVALID_ARGUMENT : This factor is an authenticator app: finalize with its code.")
        return None

    async def _finish_sign_in(self, request: web.Request, body: Body) -> Answer | None:
        if "totpVerificationInfo" not in body:
            return None
        code = _text(body["totpVerificationInfo"], "verificationCode", "MISSING_CODE")
        factor = _text(body, "mfaEnrollmentId", "MISSING_MFA_ENROLLMENT_ID")
        credential = _text(body, "mfaPendingCredential", "MISSING_MFA_PENDING_CREDENTIAL")
        first = {"mfaPendingCredential": credential, "mfaEnrollmentId": factor, "phoneSignInInfo": {}}
        started = await self._upstream.call(request, first, operation="start")
        if started.status != 200:
            return started
        if not self._factors.accept(factor, code, time.time()):
            raise Refused("INVALID_CODE")
        session = started.body["phoneResponseInfo"]["sessionInfo"]
        return await self._finish(request, _without(body, "totpVerificationInfo", "mfaEnrollmentId"), session)

    async def _finish(self, request: web.Request, body: Body, session: str) -> Answer:
        code = await self._upstream.text_message(session)
        if code is None:
            raise Refused("SESSION_EXPIRED")
        sms = {"sessionInfo": session, "code": code}
        return await self._upstream.call(request, body | {"phoneVerificationInfo": sms})


def _error(request: web.Request, status: int, message: str) -> web.Response:
    error = {"code": status, "message": message, "errors": [{"message": message, "domain": "global"}]}
    cors = {"Access-Control-Allow-Origin": request.headers.get("Origin", "*"), "Vary": "Origin"}
    return web.json_response({"error": error}, status=status, headers=cors)


def _json_object(content: bytes) -> Body:
    try:
        body = json.loads(content)
    except ValueError as error:
        raise Refused("Invalid JSON payload received.") from error
    if not isinstance(body, dict):
        raise Refused("Invalid JSON payload received.")
    return body


def _text(body: Any, name: str, missing: str) -> str:
    value = body.get(name) if isinstance(body, Mapping) else None
    if not isinstance(value, str) or not value:
        raise Refused(missing)
    return value


def _without(body: Body, *names: str) -> Body:
    return {name: value for name, value in body.items() if name not in names}


def _session_info(session: str, enrolment: Enrolment) -> Body:
    return {
        "sharedSecretKey": enrolment.secret,
        "verificationCodeLength": 6,
        "hashingAlgorithm": "SHA1",
        "periodSec": PERIOD,
        "sessionInfo": session,
        "finalizeEnrollmentTime": datetime.fromtimestamp(enrolment.ends, UTC).isoformat(),
    }


def app(emulator: str, project: str, db: Path) -> web.Application:
    upstream = Upstream(emulator, project)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", TotpProxy(upstream, FactorStore(db)).handle)
    application.on_startup.append(upstream.open)
    application.on_cleanup.append(upstream.close)
    return application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--emulator", required=True, metavar="HOST:PORT")
    parser.add_argument("--project", required=True)
    parser.add_argument("--db", type=Path, required=True)
    options = parser.parse_args()
    listener = listen(options.port)
    serve(app(options.emulator, options.project, options.db), listener)


if __name__ == "__main__":
    main()
