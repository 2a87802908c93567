"""Firebase App Check's part: a debug token is exchanged for one that lives an hour, and the keys are public.

A page cannot run reCAPTCHA here. It comes with the debug token of this machine, as an app under development
does (Firebase docs, "Use App Check with the debug provider"); whoever does not know it gets nothing.
"""

from __future__ import annotations

from functools import partial

from aiohttp import web

from infra.local.identity.issuer import TOKEN_SECONDS, Issuer

DEBUG_TOKEN = "6f1c2f7e-5d0a-4b53-9a0e-local-stack"  # of no deployment: the stand-in alone takes it
EXCHANGE = "/v1/projects/{project}/apps/{app}"
METHOD = ":exchangeDebugToken"
FROM_PAGES = {  # they are of another origin
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "content-type",
}


def add_routes(app: web.Application, issuer: Issuer, project: str) -> None:
    app.add_routes(
        [
            web.post(EXCHANGE, partial(_exchange, issuer, project)),
            web.options(EXCHANGE, _allow),
            web.get("/v1/jwks", partial(_keys, issuer)),
        ]
    )


async def _exchange(issuer: Issuer, project: str, request: web.Request) -> web.Response:
    app, method = request.match_info["app"], METHOD
    if request.match_info["project"] != project or not app.endswith(method):
        raise web.HTTPNotFound
    given = await request.json()
    if given.get("debug_token") != DEBUG_TOKEN:
        return web.json_response(
            {"error": {"code": 403, "status": "PERMISSION_DENIED"}}, status=403, headers=FROM_PAGES
        )
    token = issuer.app_check_token(app.removesuffix(method), project)
    return web.json_response({"token": token, "ttl": f"{TOKEN_SECONDS}s"}, headers=FROM_PAGES)


async def _allow(_: web.Request) -> web.Response:
    return web.Response(status=204, headers=FROM_PAGES)


async def _keys(issuer: Issuer, _: web.Request) -> web.Response:
    return web.json_response(issuer.jwk_set())
