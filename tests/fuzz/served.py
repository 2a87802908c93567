"""A function of the local stack as a process: what it answers, and what that costs it."""

from __future__ import annotations

import http.client
import re
import time
from pathlib import Path

import psutil

from tests.fuzz.shots import Shot

PATIENCE_S = 60.0


class Served:
    """The function that listens on a port of 127.0.0.1; asked there, past Hosting."""

    def __init__(self, name: str, port: int, memory_mib: int, token: str | None = None) -> None:
        self.name, self.memory_mib = name, memory_mib
        self._port = port
        self._token = token
        self._process = _listening(port)

    def fire(self, shot: Shot) -> tuple[int, int]:
        """Status and bytes of the answer; 0: the server hung up, as on what is no HTTP."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            connection.putrequest(shot.method, _sendable(shot.path), skip_accept_encoding=True)
            for name, value in self._headers(shot).items():
                connection.putheader(name, value.encode("utf-8"))
            connection.endheaders(shot.body)
            answer = connection.getresponse()
            return answer.status, len(answer.read())
        except (http.client.HTTPException, ConnectionError, ValueError):
            return 0, 0
        finally:
            connection.close()

    def _headers(self, shot: Shot) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return {**own, **shot.headers, "Content-Length": str(len(shot.body))}

    def cpu_s(self) -> float:
        spent = self._process.cpu_times()
        return float(spent.user + spent.system)

    def peak_mib(self) -> float:
        return peak_mib(self._process.pid)


def peak_mib(pid: int | str) -> float:
    """The most memory that a process ever held (Linux, VmHWM; `ru_maxrss` is its parent's at first)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _sendable(path: str) -> str:
    """As bytes on the line; a blank would end the address."""
    return path.replace(" ", "%20").encode("utf-8").decode("latin-1")


def _listening(port: int) -> psutil.Process:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for one in psutil.net_connections("tcp"):
            if one.status == psutil.CONN_LISTEN and one.pid and port in one.laddr:
                return psutil.Process(one.pid)
        time.sleep(0.2)
    raise TimeoutError(f"nobody listens on {port}")
