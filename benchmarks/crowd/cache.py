"""nginx as any HTTP cache (Debian's package, no modules): how long it keeps an answer, our headers say.

Behind it stands a second server of the same nginx that keeps nothing and notes every request: what the
cache asks of the origin, seen from outside the cache.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pushes.server import nginx
from infra.local.processes import Program, free_port

_CONFIG = """
{user}
daemon off; pid {folder}/nginx.pid; error_log stderr warn;
worker_processes 1; events {{ worker_connections 4096; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  log_format asked '$msec $request_method $request_uri $status $body_bytes_sent';
  proxy_cache_path {folder}/cache keys_zone=pages:10m;
  gzip on; gzip_proxied any; gzip_types application/json; gzip_min_length 200;
  server {{
    listen 127.0.0.1:{port} backlog=4096; access_log off;
    location / {{
      proxy_pass http://127.0.0.1:{counted};
      proxy_cache pages; proxy_cache_key $request_uri; add_header X-Cache $upstream_cache_status;
      proxy_cache_lock on; proxy_cache_lock_age 30s; proxy_cache_lock_timeout 30s;
      proxy_cache_use_stale updating; proxy_cache_background_update on;
    }}
  }}
  server {{
    listen 127.0.0.1:{counted}; access_log {folder}/asked.log asked;
    location / {{ proxy_pass {origin}; }}
  }}
}}
"""


@dataclass(frozen=True)
class Asked:
    """One request to the origin; `at` in seconds of Unix time, when it was answered."""

    at: float
    address: str
    status: int
    size: int  # bytes of the body


@dataclass(frozen=True)
class Cache:
    port: int
    log: Path

    def asked(self) -> Sequence[Asked]:
        """Everything so far, the earliest first."""
        lines = self.log.read_text(encoding="ascii").splitlines() if self.log.exists() else []
        return [_asked(line) for line in lines]


def _asked(line: str) -> Asked:
    at, _, address, status, size = line.split()
    return Asked(float(at), address, int(status), int(size))


@contextmanager
def running(folder: Path, origin: str) -> Iterator[Cache]:
    """`origin` is an address without a slash at its end."""
    port, counted = free_port(), free_port()
    config = folder / "nginx.conf"
    # A worker of root's nginx would be somebody who may not enter the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(_CONFIG.format(user=user, folder=folder, port=port, counted=counted, origin=origin))
    program = Program("nginx", [str(nginx()), "-p", str(folder), "-c", str(config)], folder / "nginx.log")
    try:
        program.wait_until_answers(f"http://127.0.0.1:{port}/")
        yield Cache(port, folder / "asked.log")
    finally:
        program.stop()
