"""The public pages on fakes with a site's static files beside them, on 127.0.0.1."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug import Request, Response
from werkzeug.security import safe_join
from werkzeug.serving import make_server

from infra.local.processes import ROOT
from tests.fakes.public_office import PublicOffice


@contextmanager
def serving(
    office: PublicOffice, monkeypatch: pytest.MonkeyPatch, files: str = "web-residents/built"
) -> Iterator[str]:
    """Its address; the pages' own headers, as the function sends them, are all that there are."""
    pages = office.open(monkeypatch).application

    def site(environ, start_response):
        path = safe_join(str(ROOT / files), Request(environ).path.lstrip("/"))
        if path and (file := ROOT / path).is_file():
            kind = mimetypes.guess_type(file.name)[0]
            return Response(file.read_bytes(), content_type=kind)(environ, start_response)
        return pages(environ, start_response)

    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
