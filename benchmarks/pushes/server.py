"""An HTTP/2 server that is no bottleneck: nginx on one core, answering as FCM does after 50 ms.

Without the latency it gives h2load some 30,000 answers a second. The project in the address chooses:
`accepted` (every message is taken) or `mixed` (of every 100 requests exactly 58 are answered 200, 30 are
answered 503, 10 are 429 and 2 are 404).
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from infra.local.processes import Program, StartError, free_port
from infra.local.tls import certificates

LATENCY = 0.05  # seconds
MIX = {200: 58, 503: 30, 429: 10, 404: 2}
MODULES = Path("/usr/lib/nginx/modules")  # Debian's
NEEDED = ("ndk_http_module.so", "ngx_http_echo_module.so", "ngx_http_lua_module.so")

_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
_WORDS = {
    404: ("NOT_FOUND", "UNREGISTERED", "Requested entity was not found."),
    429: ("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Resource has been exhausted (e.g. check quota)."),
    503: ("UNAVAILABLE", "UNAVAILABLE", "The service is currently unavailable."),
}
_CONFIG = """
{modules}
daemon off; pid {folder}/nginx.pid; error_log stderr warn;
worker_processes 1; worker_cpu_affinity {affinity};
events {{ worker_connections 4096; }}
http {{
  access_log off; default_type application/json; keepalive_requests 1000000; client_body_buffer_size 16k;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  init_by_lua_block {{ fates = {fates}; asked = 0 }}
  server {{
    listen 127.0.0.1:{port} ssl http2; http2_max_concurrent_streams 100; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate {certificate}; ssl_certificate_key {key};
    location /v1/projects/accepted/ {{
      echo_read_request_body; echo_sleep {latency}; echo_duplicate 1 '{accepted}';
    }}
    location /v1/projects/mixed/ {{
      content_by_lua_block {{
        ngx.req.read_body(); ngx.sleep({latency});
        local fate = fates[asked % #fates + 1]; asked = asked + 1;
        ngx.status = fate[1];
        if fate[1] == 429 then ngx.header["Retry-After"] = "30" end
        ngx.print(fate[2])
      }}
    }}
  }}
  server {{ listen 127.0.0.1:{status_port}; location / {{ stub_status; }} }}
}}
"""


@dataclass(frozen=True)
class Server:
    endpoint: str
    ca_file: str
    status: str

    def requests(self) -> int:
        """How many it was sent so far, this question not counted."""
        found = re.search(r"\n (\d+) (\d+) (\d+)", requests.get(self.status, timeout=10).text)
        if found is None:
            raise StartError("nginx does not tell how many requests it got")
        return int(found[3])


def expected(project: str, messages: int) -> Counter[int]:
    """How many answers of each status; `messages` is a multiple of 100."""
    mix = {200: 100} if project == "accepted" else MIX
    return Counter({status: share * messages // 100 for status, share in mix.items()})


def missing(tools: Iterable[str]) -> str | None:
    """What is to be installed, when nginx, its modules or one of the tools is not there."""
    absent = [tool for tool in tools if shutil.which(tool) is None]
    absent += [] if nginx() else ["nginx"]
    absent += [name for name in NEEDED if not (MODULES / name).exists()]
    return f"Missing: {', '.join(absent)}. Run infra/setup.sh bench." if absent else None


@contextmanager
def running(folder: Path, core: int) -> Iterator[Server]:
    """Files in `folder`; the worker stays on the processor `core`."""
    port, status_port = free_port(), free_port()
    tls = certificates(folder / "tls")
    config = folder / "nginx.conf"
    config.write_text(
        _CONFIG.format(
            modules="\n".join(f"load_module {MODULES / name};" for name in NEEDED),
            folder=folder,
            affinity=f"{1 << core:b}",
            fates=_fates(),
            port=port,
            certificate=tls.certificate,
            key=tls.key,
            latency=LATENCY,
            accepted=_body(200),
            status_port=status_port,
        )
    )
    command = [str(nginx()), "-p", str(folder), "-c", str(config)]
    program = Program("nginx", command, folder / "nginx.log")
    status = f"http://127.0.0.1:{status_port}/"
    try:
        program.wait_until_answers(status)
        yield Server(f"https://127.0.0.1:{port}", str(tls.authority), status)
    finally:
        program.stop()


def nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _fates() -> str:
    """The statuses and bodies of 100 answers in mixed order, as a Lua table."""
    statuses = [status for status, share in MIX.items() for _ in range(share)]
    random.Random(1).shuffle(statuses)
    return "{" + ",".join(f"{{{status}, '{_body(status)}'}}" for status in statuses) + "}"


def _body(status: int) -> str:
    """As FCM words it (infra/local/fcm/answers.mjs)."""
    if status == 200:
        return json.dumps({"name": "projects/accepted/messages/0b4c7ff0-6d5b-4e4c-9a2c-8b1f7c1d2e3f"})
    name, code, message = _WORDS[status]
    details = [{"@type": _FCM_ERROR, "errorCode": code}]
    return json.dumps({"error": {"code": status, "message": message, "status": name, "details": details}})
