"""What the staff's page has to know before anybody has signed in, and what asks for no token."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from shared.settings import settings

config = Blueprint("config", __name__, url_prefix="/api")
# Endpoints without a token; whoever asks the second one says who they are by a signature.
OPEN = frozenset({"config.get_config", "notices.hear_notice"})


@config.get("/config")
def get_config() -> Response:
    """The public web configuration of the project that staff sign in at, null where it is the site's; and the
    key by which reCAPTCHA attests the page to App Check, null where nobody asks for that."""
    env = settings()
    auth = None
    if env.auth_project != env.project:
        domain = f"{env.auth_project}.firebaseapp.com"
        auth = {"projectId": env.auth_project, "apiKey": env.auth_key, "authDomain": domain}
    return jsonify(auth=auth, app_check=env.app_check_key or None)
