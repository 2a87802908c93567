"""What a TOTP factor looks like in answers of Auth, while the emulator keeps it as a hidden phone factor."""

from __future__ import annotations

import base64
import json
from collections.abc import Set
from typing import Any

_TOKEN_FIELDS = {"idToken", "id_token", "access_token"}
_HIDDEN_FIELDS = {"phoneInfo", "unobfuscatedPhoneInfo"}


def claims(token: str) -> dict[str, Any]:
    """The claims of an unsigned token. Raises ValueError."""
    payload = token.split(".")[1] if token.count(".") == 2 else ""
    found = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    if not isinstance(found, dict):
        raise ValueError("not a token")
    return found


def second_factor(token: str) -> str | None:
    """The id of the enrolment that was used to sign in."""
    factor = claims(token).get("firebase", {}).get("second_factor_identifier")
    return str(factor) if factor else None


def _token_with_totp(token: str, totp: Set[str]) -> str:
    try:
        content = claims(token)
    except ValueError:
        return token  # not one of the emulator's
    if content.get("firebase", {}).get("second_factor_identifier") not in totp:
        return token
    content["firebase"]["sign_in_second_factor"] = "totp"
    payload = base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
    header, _, signature = token.split(".")
    return f"{header}.{payload}.{signature}"


def _field(name: str, value: Any, totp: Set[str]) -> Any:
    if name in _TOKEN_FIELDS and isinstance(value, str):
        return _token_with_totp(value, totp)
    return with_totp(value, totp)


def with_totp(answer: Any, totp: Set[str]) -> Any:
    """The answer, with the factors whose ids are in `totp` shown as authenticator apps, in tokens too."""
    if isinstance(answer, list):
        return [with_totp(item, totp) for item in answer]
    if not isinstance(answer, dict):
        return answer
    if answer.get("mfaEnrollmentId") in totp:
        shown = {name: value for name, value in answer.items() if name not in _HIDDEN_FIELDS}
        return {**shown, "totpInfo": {}}
    return {name: _field(name, value, totp) for name, value in answer.items()}
