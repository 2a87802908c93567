"""The stand-in of Amazon SES and SNS, as tests start and ask it."""

from __future__ import annotations

import requests

from infra.local.processes import free_port
from tests.emulator.stand_ins import StandIn

FROM = "alert@alert-online.example"


class Provider(StandIn):
    def __init__(self, folder):
        self.control_port = free_port()
        self.control_url = f"http://127.0.0.1:{self.control_port}"
        options: tuple[object, ...] = (
            "--control-port",
            self.control_port,
            "--sender",
            FROM,
            "--record",
            folder / "mails.jsonl",
        )
        options += ("--sms", folder / "sms.jsonl")
        super().__init__(folder, "aws", *options)

    def control(self, **settings):
        answer = requests.post(f"{self.control_url}/control", json=settings, timeout=60)
        assert answer.status_code == 200, answer.text

    def counts(self):
        return requests.get(f"{self.control_url}/control", timeout=60).json()["counts"]

    def mails(self, to):
        return requests.get(f"{self.control_url}/mails", params={"to": to}, timeout=60).json()

    def sms(self, to):
        return requests.get(f"{self.control_url}/sms", params={"to": to}, timeout=60).json()
