"""Programs of the local stack for tests: started on free ports, ended, killed and started again."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
import requests

from infra.local.processes import ROOT, Program, free_port

PROJECT = "demo-alert-online"
SAMPLE = ROOT / "tests" / "emulator" / "sample_function.py"


def eventually(condition: Callable[[], Any], seconds: float = 120) -> Any:
    """The condition's first true value; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"still not true after {seconds} s")


class StandIn:
    """A module of infra.local as a process, at the same port with the same files after each start."""

    def __init__(
        self, folder: Path, module: str, *arguments: object, port: int | None = None, probe: bool = True
    ) -> None:
        """`probe` is False for what speaks gRPC."""
        self.port = port or free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        self.log = folder / f"{module}-{self.port}.log"
        self._command = [sys.executable, "-m", f"infra.local.{module}", *map(str, arguments)]
        self._command += ["--port", str(self.port)]
        self._probe = probe
        self.env: dict[str, str] = {}

    def start(self) -> None:
        self.program = Program(self._command[2], self._command, self.log, self.env)
        if self._probe:
            self.program.wait_until_answers(f"{self.address}/")
        else:
            with grpc.insecure_channel(self.host) as channel:
                grpc.channel_ready_future(channel).result(60)

    def kill(self) -> None:
        self.program.kill()

    def stop(self) -> None:
        self.program.stop()

    def start_again_beside(self) -> subprocess.CompletedProcess[str]:
        """What a second one says, whose port is taken."""
        return subprocess.run(
            self._command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )


class FunctionProcess(StandIn):
    """One function of sample_function.py behind the local Cloud Run."""

    def __init__(self, folder: Path, name: str, identity: str, *arguments: object) -> None:
        options = ("--identity", identity, "--project", PROJECT, "--source", SAMPLE, *arguments)
        super().__init__(folder, "function_server", name, *options)
        self._record = folder / f"{name}-{self.port}.jsonl"
        self.env = {"RECORD": str(self._record)}

    def records(self) -> list[dict[str, Any]]:
        if not self._record.exists():
            return []
        return [json.loads(line) for line in self._record.read_text().splitlines()]


@dataclass(frozen=True)
class Got:
    """A request that a worker received, at a time in seconds since the epoch."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Worker:
    """An HTTP server in the test: it answers what it is told to, then 200, and keeps what it got."""

    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    seconds: float = 0.0
    at_once: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._free = threading.Event()
        self._free.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def reset(self) -> None:
        with self._lock:
            self.answers, self.got, self.seconds, self.most_at_once = [], [], 0.0, 0

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Whoever asks meanwhile is answered afterwards."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _take(self, got: Got) -> tuple[int, dict[str, str]]:
        with self._lock:
            self.got.append(got)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            return self.answers.pop(0) if self.answers else (200, {})

    def _leave(self) -> None:
        with self._lock:
            self.at_once -= 1

    def _handler(worker) -> type[BaseHTTPRequestHandler]:  # noqa: N805  (`self` is the handler's)
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                got = Got(self.command, self.path, dict(self.headers), body, time.time())
                status, headers = worker._take(got)
                time.sleep(worker.seconds)
                worker._free.wait()
                worker._leave()
                with suppress(OSError):
                    self._send(status, headers)

            def _send(self, status: int, headers: dict[str, str]) -> None:
                self.send_response(status)
                for key, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(key, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

            do_POST = do_GET = do_PUT = _answer  # noqa: N815

        return Handler


def id_token(identity: str, account: str, audience: str) -> str:
    """A token of that account (its name, or an e-mail)."""
    email = account if "@" in account else f"{account}@{PROJECT}.iam.gserviceaccount.com"
    answer = requests.get(
        f"{identity}/computeMetadata/v1/instance/service-accounts/{email}/identity",
        params={"audience": audience},
        headers={"Metadata-Flavor": "Google"},
        timeout=60,
    )
    answer.raise_for_status()
    return answer.text
