"""Stands before Firestore's emulator as App Check does before Firestore: without its token nobody passes.

`python -m infra.local.app_check_door --port P --firestore HOST:PORT --project ID --jwks URL`. The emulator
knows no App Check. A page's SDK speaks WebChannel: the request that opens a channel has its headers in its
body or address, and those that follow name the channel (`SID`).
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from urllib.parse import unquote_plus

import jwt
from aiohttp import web
from jwt import PyJWKClient

from infra.local.auth_upstream import Upstream
from infra.local.processes import StartError
from infra.local.stand_in import listen, serve

HEADER = "X-Firebase-AppCheck"
_WRAPPED = re.compile(rf"{HEADER}:([\w.-]+)", re.IGNORECASE)
_MOST_BYTES = 32 * 1024 * 1024
REFUSAL = {
    "error": {"code": 403, "status": "PERMISSION_DENIED", "message": "Missing or insufficient permissions."}
}


class Door:
    def __init__(self, upstream: Upstream, project: str, jwks: str) -> None:
        self._upstream = upstream
        self._audience = f"projects/{project}"
        self._keys = PyJWKClient(jwks)

    def app(self) -> web.Application:
        app = web.Application(client_max_size=_MOST_BYTES)
        app.on_startup.append(self._upstream.open)
        app.on_cleanup.append(self._upstream.close)
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not await asyncio.to_thread(self._admits, request, body):
            return web.json_response(REFUSAL, status=403, headers={"Access-Control-Allow-Origin": "*"})
        answer = await self._upstream.forward(request, read=False, body=body)
        assert isinstance(answer, web.StreamResponse)
        return answer

    def _admits(self, request: web.Request, body: bytes) -> bool:
        if request.method == "OPTIONS" or request.path == "/" or "SID" in request.query:
            return True
        wrapped = _WRAPPED.search(unquote_plus(request.query_string)) or _WRAPPED.search(
            unquote_plus(body.decode())
        )
        return self._counts(request.headers.get(HEADER, wrapped[1] if wrapped else ""))

    def _counts(self, token: str) -> bool:
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            jwt.decode(token, key, algorithms=["RS256"], audience=self._audience)
        except jwt.PyJWTError:
            return False
        return True


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="infra.local.app_check_door", description="Firestore, for attested apps"
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--firestore", required=True, metavar="HOST:PORT")
    parser.add_argument("--project", required=True)
    parser.add_argument("--jwks", required=True, metavar="URL")
    options = parser.parse_args()
    try:
        listener = listen(options.port)
    except StartError as error:
        sys.exit(str(error))
    serve(Door(Upstream(options.firestore, options.project), options.project, options.jwks).app(), listener)


if __name__ == "__main__":
    main()
