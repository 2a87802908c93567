"""The FCM stand-in for tests: started on free ports, asked and told through its control address."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.local.processes import Program, free_port
from infra.local.tls import certificates

PROJECT = "demo-alert-online"
TOKEN = "test-access-token"


class FcmStandIn:
    """`endpoint` and `ca_file` are what FcmSender needs; `record` is the file of accepted messages."""

    def __init__(self, folder: Path, project: str = PROJECT, tokeninfo: str | None = None) -> None:
        self.project = project
        self.port, self.control_port = free_port(), free_port()
        self.endpoint = f"https://127.0.0.1:{self.port}"
        self.control = f"http://127.0.0.1:{self.control_port}"
        self.record = folder / "fcm.jsonl"
        self._log = folder / "fcm.log"
        self._tokeninfo = tokeninfo
        self._tls = certificates(folder)
        self.ca_file = str(self._tls.authority)
        self.start()

    def start(self) -> None:
        command = ["node", "infra/local/fcm.mjs", "--port", str(self.port)]
        command += ["--control-port", str(self.control_port), "--project", self.project]
        command += ["--cert", str(self._tls.certificate), "--key", str(self._tls.key)]
        command += ["--record", str(self.record)]
        if self._tokeninfo:
            command += ["--tokeninfo", self._tokeninfo]
        self.program = Program("The FCM stand-in", command, self._log)
        self.program.wait_until_answers(f"{self.control}/healthz")

    def stop(self) -> None:
        self.program.stop()

    def call(self, method: str, path: str, body: object | None = None) -> Any:
        """A request to the control address; answers the JSON, of an error too."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.control}{path}", data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return json.load(error)

    def behave(self, **settings: object) -> None:
        """Replace the behaviour; what is not named returns to normal. Raises ValueError."""
        answer = self.call("PUT", "/behaviour", settings)
        if "error" in answer:
            raise ValueError(answer["error"])

    def messages(self, alert: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        query = f"after={after}" + (f"&alert={alert}" if alert else "")
        found: list[dict[str, Any]] = self.call("GET", f"/messages?{query}")["messages"]
        return found

    def targets(self, alert: str | None = None) -> list[str]:
        """Whom the accepted messages were for, in the order of their coming."""
        return [message["target"] for message in self.messages(alert)]

    def counts(self) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", "/counts")
        return found

    def reset(self) -> None:
        """Normal behaviour, nothing recorded."""
        self.behave()
        self.call("DELETE", "/messages")


@contextmanager
def running(folder: Path, project: str = PROJECT, tokeninfo: str | None = None) -> Iterator[FcmStandIn]:
    stand_in = FcmStandIn(folder, project, tokeninfo)
    try:
        yield stand_in
    finally:
        stand_in.stop()
