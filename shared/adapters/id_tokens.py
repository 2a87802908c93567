"""Who calls: Firebase's id tokens, verified, with a second factor and the staff's custom claims."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.domain.alert import Person
from shared.domain.lifecycle import STAFF_ROLES
from shared.errors import Forbidden, Unauthenticated, Unavailable
from shared.ports import Staff

if TYPE_CHECKING:
    from firebase_admin import App

CLOCK_SKEW = 10  # seconds that Google's clock and ours may differ
_TERC = re.compile(r"[0-9]{7}")


class FirebaseTokenVerifier:
    """Fulfils ports.TokenVerifier.

    With FIREBASE_AUTH_EMULATOR_HOST set the library takes unsigned tokens; settings.read refuses that
    variable on Cloud Run.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def verify(self, token: str) -> Staff:
        """Raises Unauthenticated, Forbidden for an account that is not staff's, Unavailable."""
        claims = self._claims(token)
        if not _second_factor(claims):
            raise Unauthenticated("second-factor-required")
        return _staff(claims)

    def _claims(self, token: str) -> Mapping[str, Any]:
        from firebase_admin import auth
        from firebase_admin.exceptions import FirebaseError

        try:
            claims: Mapping[str, Any] = auth.verify_id_token(
                token, self._app, check_revoked=True, clock_skew_seconds=CLOCK_SKEW
            )
        except auth.ExpiredIdTokenError as error:
            raise Unauthenticated("token-expired") from error
        except auth.RevokedIdTokenError as error:
            raise Unauthenticated("token-revoked") from error
        except (auth.UserDisabledError, auth.UserNotFoundError) as error:
            raise Unauthenticated("account-disabled") from error
        except (auth.InvalidIdTokenError, ValueError) as error:
            raise Unauthenticated("token-invalid") from error
        except FirebaseError as error:  # certificates or the account could not be read
            raise Unavailable from error
        return claims


def _second_factor(claims: Mapping[str, Any]) -> bool:
    firebase = claims.get("firebase")
    return isinstance(firebase, Mapping) and bool(firebase.get("sign_in_second_factor"))


def _staff(claims: Mapping[str, Any]) -> Staff:
    terc, name = claims.get("terc"), claims.get("name")
    if not isinstance(terc, str) or not _TERC.fullmatch(terc):
        raise Forbidden("no-municipality")
    if not isinstance(name, str) or not name.strip():
        raise Forbidden("no-name")
    return Staff(Person(claims["uid"], name.strip()), terc, _roles(claims.get("roles")))


def _roles(claim: object) -> frozenset[str]:
    """Roles that this version does not know give nothing."""
    given = claim if isinstance(claim, list) else []
    roles = frozenset(role for role in given if isinstance(role, str)) & STAFF_ROLES
    if not roles:
        raise Forbidden("no-role")
    return roles
