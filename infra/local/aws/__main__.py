"""Amazon SES and SNS on this machine: moto's, behind a proxy that can lose answers, throttle and refuse.

`python -m infra.local.aws --port P --control-port Q --sender ADDRESS --record FILE --sms FILE`: their API.
`http://127.0.0.1:Q/mails?to=ADDRESS` are the mails that were taken, `/sms?to=NUMBER` the SMS, `/control`
tells which are to fail:

    {"rates": {"throttled": 0.1, "answer_lost": 0.05}, "seed": 7,
     "sms": {"unavailable": 0.1}, "opted_out": ["+48600100200"],
     "bounced": ["anna@urzad.example"], "notices": "http://127.0.0.1:8080/api/mail-notices", "signature": "2"}

`notices` is asked to confirm a subscription as soon as it is set.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs

import boto3
from aiohttp import ClientError, ClientSession, web
from moto.server import ThreadedMotoServer

from infra.local.aws.faults import Fate, Faults
from infra.local.aws.letter_box import LetterBox, read_mail
from infra.local.aws.notices import CERTIFICATE, Notices
from infra.local.processes import StartError
from infra.local.stand_in import listen

REGION = "eu-central-1"
SEND = "/v2/email/outbound-emails"
_REFUSALS = {
    Fate.THROTTLED: (429, "TooManyRequestsException"),
    Fate.REFUSED: (400, "MessageRejected"),
    Fate.UNAVAILABLE: (500, "InternalServiceErrorException"),
}


_SMS_REFUSALS = {  # SNS API, Publish and "Common errors"; the codes as botocore's model has them
    Fate.THROTTLED: (429, "Throttled"),
    Fate.REFUSED: (400, "InvalidParameter"),
    Fate.TOO_LONG: (400, "InvalidParameter"),
    Fate.OPTED_OUT: (400, "OptedOut"),
    Fate.UNAVAILABLE: (500, "InternalError"),
}


class Provider:
    """What stands before moto."""

    def __init__(
        self, upstream: str, faults: Faults, box: LetterBox, sms: LetterBox, notices: Notices
    ) -> None:
        self._notices = notices
        self._upstream = upstream
        self._faults = faults
        self._box = box
        self._sms = sms

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        return app

    async def _handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.method == "GET" and request.path == CERTIFICATE:
            return web.Response(body=self._notices.certificate, content_type="application/x-pem-file")
        if request.query.get("Action") == "ConfirmSubscription":
            self._faults.counts["confirmed"] += 1
            return web.Response(text="<ConfirmSubscriptionResponse/>", content_type="text/xml")
        if sms := _sms(request, body):
            return await self._publish(request, body, sms)
        fate = self._faults.fate() if request.path == SEND and request.method == "POST" else None
        if fate in _REFUSALS:
            return _refused(*_REFUSALS[fate])
        status, headers, answer = await self._pass_on(request, body)
        if request.path == SEND and status == 200:
            mail = read_mail(json.loads(body))
            self._box.put(mail)
            await self._tell_bounces(mail["to"])
        if fate is Fate.ANSWER_LOST and request.transport is not None:
            request.transport.abort()
        return web.Response(status=status, headers=headers, body=answer)

    async def _tell_bounces(self, to: list[str]) -> None:
        """After the mail was taken; whoever does not hear it is told no more."""
        settings = self._faults.settings
        for address in (one for one in to if one in settings.bounced and settings.notices):
            await post_notice(settings.notices, self._notices.bounce(address, settings.signature))

    async def _publish(self, request: web.Request, body: bytes, sms: dict[str, str]) -> web.Response:
        fate = self._faults.fate_of_sms(sms["to"], sms["text"])
        if fate in _SMS_REFUSALS:
            return _refused_query(*_SMS_REFUSALS[fate])
        status, headers, answer = await self._pass_on(request, body)
        if status == 200:
            self._sms.put({"at": time.time(), "to": [sms["to"]], "text": sms["text"], "from": sms["from"]})
        if fate is Fate.ANSWER_LOST and request.transport is not None:
            request.transport.abort()
        return web.Response(status=status, headers=headers, body=answer)

    async def _pass_on(self, request: web.Request, body: bytes) -> tuple[int, dict[str, str], bytes]:
        url = f"{self._upstream}{request.raw_path}"
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
        async with (
            ClientSession() as session,
            session.request(request.method, url, data=body, headers=headers) as answer,
        ):
            kept = {"Content-Type": answer.headers.get("Content-Type", "application/json")}
            return answer.status, kept, await answer.read()


async def post_notice(address: str, text: str) -> None:
    headers = {
        "Content-Type": "text/plain; charset=UTF-8",
        "x-amz-sns-message-type": json.loads(text)["Type"],
    }
    try:
        async with ClientSession() as session, session.post(address, data=text, headers=headers):
            return
    except ClientError:
        return


def _refused(status: int, name: str) -> web.Response:
    return web.json_response({"message": "provoked"}, status=status, headers={"x-amzn-ErrorType": name})


def _sms(request: web.Request, body: bytes) -> dict[str, str] | None:
    """Of a call of Publish to a number (SNS, the query protocol)."""
    if request.path != "/" or request.method != "POST":
        return None
    fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    if fields.get("Action") != "Publish" or "PhoneNumber" not in fields:
        return None
    attributes = {
        value: fields.get(name.replace(".Name", ".Value.StringValue"), "")
        for name, value in fields.items()
        if name.startswith("MessageAttributes.") and name.endswith(".Name")
    }
    sender = attributes.get("AWS.SNS.SMS.SenderID", "")
    return {"to": fields["PhoneNumber"], "text": fields.get("Message", ""), "from": sender}


def _refused_query(status: int, code: str) -> web.Response:
    """An error as the query protocol tells it."""
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>provoked</Message></Error>"
    told = f"<ErrorResponse>{error}</ErrorResponse>"
    return web.Response(status=status, text=told, content_type="text/xml")


class Control:
    def __init__(self, faults: Faults, box: LetterBox, sms: LetterBox, notices: Notices) -> None:
        self._notices = notices
        self._faults = faults
        self._box = box
        self._sms = sms

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/control", self._report), web.post("/control", self._change)])
        app.add_routes([web.get("/mails", self._mails), web.get("/sms", self._all_sms)])
        return app

    async def _report(self, _: web.Request) -> web.Response:
        return web.Response(text=self._faults.report(), content_type="application/json")

    async def _change(self, request: web.Request) -> web.Response:
        try:
            self._faults.change(await request.text())
        except ValueError as error:
            return web.Response(status=400, text=str(error))
        settings = self._faults.settings
        if settings.notices:
            await post_notice(settings.notices, self._notices.subscription(settings.signature))
        return await self._report(request)

    async def _mails(self, request: web.Request) -> web.Response:
        return web.json_response(list(self._box.mails(request.query.get("to"))))

    async def _all_sms(self, request: web.Request) -> web.Response:
        return web.json_response(list(self._sms.mails(request.query.get("to"))))


def _moto(sender: str) -> str:
    """Address of moto's server, where the sender's domain is verified, as it is once in the cloud."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
    ses = boto3.client("sesv2", region_name=REGION, endpoint_url=address, **keys)
    ses.create_email_identity(EmailIdentity=sender.rpartition("@")[2])
    return address


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    faults, box, sms = Faults(), LetterBox(options.record), LetterBox(options.sms)
    upstream = await asyncio.to_thread(_moto, options.sender)
    notices = Notices(f"http://127.0.0.1:{options.port}")
    provider, control = Provider(upstream, faults, box, sms, notices), Control(faults, box, sms, notices)
    runners = []
    for port, app in ((options.port, provider.app()), (options.control_port, control.app())):
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listen(port)).start()
        runners.append(runner)
    await stopped.wait()
    for runner in runners:
        await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="infra.local.aws", description="Amazon SES and SNS, failing when told"
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--control-port", type=int, required=True)
    parser.add_argument("--sender", required=True, metavar="ADDRESS")
    parser.add_argument("--record", type=Path, required=True, metavar="FILE")
    parser.add_argument("--sms", type=Path, required=True, metavar="FILE")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except StartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
