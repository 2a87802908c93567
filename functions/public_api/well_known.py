"""Which native apps may open this site's links themselves, as Android and iOS ask it (RFC 8615).

Android: "Verify Android App Links", `assetlinks.json`. Apple: "Supporting associated domains".
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from functions.public_api.caching import SLOW
from functions.public_api.data import json_answer
from shared import wiring
from shared.errors import NotFound
from shared.settings import settings

well_known = Blueprint("well_known", __name__, url_prefix="/.well-known")
OPENED = ("/a/*", "/app/alert/*", "/app/visit")  # what an app can show: an alert, a visitors' link
OPENS = "delegate_permission/common.handle_all_urls"


@well_known.get("/assetlinks.json")
def android() -> Response:
    return json_answer(asset_links(settings().android_apps), SLOW)


@well_known.get("/apple-app-site-association")
def apple() -> Response:
    return json_answer(app_site_association(settings().ios_apps), SLOW)


@well_known.get("/alert-online-audit/<terc:terc>.json")
def audit_head(terc: str) -> Response:
    """How far the audit of a municipality has come, for whoever wants to hold it to that later."""
    head = wiring.audit().head(terc)
    if not head.seq:
        raise NotFound
    return json_answer({"number": head.seq, "mac": head.mac}, SLOW)


def asset_links(apps: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each app as "package=SHA-256" of its signing certificate, with colons; commas set several off."""
    split = [app.partition("=") for app in apps]
    return [
        {
            "relation": [OPENS],
            "target": {
                "namespace": "android_app",
                "package_name": package,
                "sha256_cert_fingerprints": fingerprints.upper().split(","),
            },
        }
        for package, _, fingerprints in split
    ]


def app_site_association(apps: tuple[str, ...]) -> dict[str, Any]:
    """Each app as "TEAMID.bundle.id"."""
    opened = [{"/": path} for path in OPENED]
    return {"applinks": {"details": [{"appIDs": list(apps), "components": opened}] if apps else []}}
