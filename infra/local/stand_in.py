"""What the HTTP stand-ins share: a port of their own, and an orderly end."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from infra.local.processes import StartError

if TYPE_CHECKING:
    from aiohttp import web


def listen(port: int) -> socket.socket:
    """A listening socket on 127.0.0.1, so that callers wait rather than fail while a stand-in gets ready.

    Raises StartError when the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise StartError(f"Port {port} on 127.0.0.1 is in use; end its program or choose another.") from None
    listener.listen(1024)
    return listener


def serve(app: web.Application | Awaitable[web.Application], listener: socket.socket) -> None:
    """Until SIGTERM or SIGINT; requests under way get two seconds to end."""
    from aiohttp import web  # not for those who only listen: it takes 0.2 s to import

    web.run_app(app, sock=listener, print=None, access_log=None, shutdown_timeout=2, handle_signals=True)
