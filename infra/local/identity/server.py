"""The HTTP of the metadata server and of the token issuer."""

from __future__ import annotations

import time
from typing import Any

import jwt
from aiohttp import web
from aiohttp.typedefs import Handler

from infra.deployment import service_account
from infra.local.identity import app_check
from infra.local.identity.issuer import TOKEN_SECONDS, Issuer, unique_id

FLAVOR = "Metadata-Flavor"
DEFAULT_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
ACCOUNT = "/computeMetadata/v1/instance/service-accounts/{account}/"


@web.middleware
async def _flavor(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Without its header a request is refused, so that no page can be lured into asking."""
    if request.path.startswith("/computeMetadata/") and request.headers.get(FLAVOR) != "Google":
        answer: web.StreamResponse = web.Response(status=403, text=f"Missing {FLAVOR}:Google header.\n")
    else:
        answer = await handler(request)
    answer.headers[FLAVOR] = "Google"
    return answer


def _text(value: str) -> web.Response:
    return web.Response(text=value, content_type="application/text")


class Identity:
    """Routes of the stand-in, for one project."""

    def __init__(self, issuer: Issuer, project: str) -> None:
        self._issuer = issuer
        self._project = project
        self._default = service_account("runtime", project)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[_flavor])
        app_check.add_routes(app, self._issuer, self._project)
        app.add_routes(
            [
                web.get("/", self._root),
                web.get("/computeMetadata/v1/project/project-id", self._project_id),
                web.get("/computeMetadata/v1/universe/universe-domain", self._universe),
                web.get("/computeMetadata/v1/instance/service-accounts/", self._accounts),
                web.get(ACCOUNT, self._account),
                web.get(ACCOUNT + "email", self._email),
                web.get(ACCOUNT + "token", self._access_token),
                web.get(ACCOUNT + "identity", self._id_token),
                web.get("/oauth2/v1/certs", self._certificates),
                web.get("/oauth2/v3/certs", self._jwk_set),
                web.get("/tokeninfo", self._tokeninfo),
            ]
        )
        return app

    def _named_account(self, request: web.Request) -> str:
        name = request.match_info["account"]
        email = self._default if name == "default" else name
        if not email.endswith(service_account("", self._project)) or email.startswith("@"):
            raise web.HTTPNotFound(text="Not Found")
        return email

    async def _root(self, _: web.Request) -> web.Response:
        return _text("computeMetadata/\n")

    async def _project_id(self, _: web.Request) -> web.Response:
        return _text(self._project)

    async def _universe(self, _: web.Request) -> web.Response:
        return _text("googleapis.com")

    async def _accounts(self, _: web.Request) -> web.Response:
        return _text(f"default/\n{self._default}/\n")

    async def _account(self, request: web.Request) -> web.Response:
        email = self._named_account(request)
        if request.query.get("recursive", "").lower() != "true":
            return _text("aliases\nemail\nidentity\nscopes\ntoken\n")
        aliases = ["default"] if email == self._default else []
        return web.json_response({"aliases": aliases, "email": email, "scopes": list(DEFAULT_SCOPES)})

    async def _email(self, request: web.Request) -> web.Response:
        return _text(self._named_account(request))

    async def _access_token(self, request: web.Request) -> web.Response:
        scopes = [scope for scope in request.query.get("scopes", "").split(",") if scope]
        token = self._issuer.access_token(self._named_account(request), scopes or DEFAULT_SCOPES)
        return web.json_response(
            {"access_token": token, "expires_in": TOKEN_SECONDS - 1, "token_type": "Bearer"}
        )

    async def _id_token(self, request: web.Request) -> web.Response:
        audience = request.query.get("audience")
        if not audience:
            raise web.HTTPBadRequest(text="non-empty audience parameter required\n")
        extra = self._instance() if request.query.get("format") == "full" else None
        token = self._issuer.id_token(self._named_account(request), audience, extra)
        return _text(token)

    def _instance(self) -> dict[str, Any]:
        engine = {"project_id": self._project, "instance_name": "local", "zone": "local"}
        return {"google": {"compute_engine": engine}}

    async def _certificates(self, _: web.Request) -> web.Response:
        return web.json_response(self._issuer.certificates())

    async def _jwk_set(self, _: web.Request) -> web.Response:
        return web.json_response(self._issuer.jwk_set())

    async def _tokeninfo(self, request: web.Request) -> web.Response:
        try:
            claims = self._claims(request)
        except jwt.InvalidTokenError:
            wrong = {"error": "invalid_token", "error_description": "Invalid Value"}
            return web.json_response(wrong, status=400)
        return web.json_response({key: str(value) for key, value in claims.items()})

    def _claims(self, request: web.Request) -> dict[str, Any]:
        if "id_token" in request.query:
            return self._issuer.verify_id_token(request.query["id_token"])
        claims = self._issuer.verify_access_token(request.query.get("access_token", ""))
        return {**claims, "expires_in": claims["exp"] - int(time.time()), "azp": unique_id(claims["email"])}
