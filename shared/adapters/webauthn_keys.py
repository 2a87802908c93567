"""Keys (FIDO2) checked by Duo's py_webauthn, which is imported when somebody uses one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from shared.domain.own_factors import Key
from shared.errors import FieldError, InvalidInput, NotFound

RP_NAME = "Alert Online"


class WebAuthnKeys:
    """Fulfils ports.KeyCeremony. `origin`: of the staff's page; its host is what keys are bound to.

    The holder is verified by the key itself (PIN, finger, face): one that was left in an unattended machine
    approves nothing.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._host = urlsplit(origin).hostname or ""

    def register_options(self, uid: str, name: str, known: Sequence[Key]) -> Mapping[str, Any]:
        import webauthn
        from webauthn.helpers.structs import (
            AuthenticatorSelectionCriteria,
            ResidentKeyRequirement,
            UserVerificationRequirement,
        )

        self._require_origin()
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name=RP_NAME,
            user_name=name,
            user_id=hashlib.sha256(uid.encode()).digest(),
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return _json(options)

    def use_options(self, known: Sequence[Key]) -> Mapping[str, Any]:
        import webauthn
        from webauthn.helpers.structs import UserVerificationRequirement

        self._require_origin()
        options = webauthn.generate_authentication_options(
            rp_id=self._host,
            allow_credentials=_descriptors(known),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return _json(options)

    def registered(self, credential: object, challenge: str, name: str, now: datetime) -> Key:
        import webauthn
        from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

        with _checking():
            found = webauthn.verify_registration_response(
                credential=_mapping(credential),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        key, public_key = (
            bytes_to_base64url(one) for one in (found.credential_id, found.credential_public_key)
        )
        return Key(key, public_key, found.sign_count, name, now)

    def used(self, credential: object, challenge: str, key: Key, now: datetime) -> Key:
        import webauthn
        from webauthn.helpers import base64url_to_bytes

        with _checking():
            found = webauthn.verify_authentication_response(
                credential=_mapping(credential),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
                require_user_verification=True,
            )
        return replace(key, sign_count=found.new_sign_count, used=now)

    def _require_origin(self) -> None:
        if not self._host:
            raise NotFound("keys-unavailable")


def _descriptors(known: Sequence[Key]) -> list[Any]:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in known]


def _json(options: Any) -> Mapping[str, Any]:
    import webauthn

    found: Mapping[str, Any] = json.loads(webauthn.options_to_json(options))
    return found


def _mapping(credential: object) -> dict[str, Any]:
    if not isinstance(credential, dict):
        raise InvalidInput([FieldError("/credential", "key-refused")])
    return credential


@contextmanager
def _checking() -> Iterator[None]:
    """Whatever the library says of an answer that somebody made up: it is no answer."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise InvalidInput([FieldError("/credential", "key-refused")]) from error
