"""Accounts of staff at Identity Platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from shared.adapters.id_tokens import FirebaseTokenVerifier, _second_factor, _signed_in
from shared.errors import FieldError, InvalidInput, Unauthenticated, Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from firebase_admin import App


@contextmanager
def _asking() -> Iterator[None]:
    from firebase_admin.exceptions import FirebaseError

    try:
        yield
    except FirebaseError as error:
        raise Unavailable from error


class FirebaseStaffAccounts:
    """Fulfils ports.StaffAccounts.

    An account is renewed by making it anew under its name: the library has no way to take a second factor
    away, and nothing of the old one can stay behind.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def uid_of(self, email: str) -> str | None:
        from firebase_admin import auth

        with _asking():
            try:
                return str(auth.get_user_by_email(email, self._app).uid)
            except (auth.UserNotFoundError, ValueError):
                return None

    def renew(self, uid: str, email: str, name: str, password: str) -> None:
        from firebase_admin import auth

        self.remove(uid)
        with _asking():
            try:
                auth.create_user(
                    uid=uid,
                    email=email,
                    email_verified=True,
                    display_name=name,
                    password=password,
                    app=self._app,
                )
            except auth.EmailAlreadyExistsError as error:
                raise InvalidInput([FieldError("/email", "staff-already")]) from error

    def set_password(self, uid: str, password: str) -> None:
        from firebase_admin import auth

        with _asking():
            auth.update_user(uid, password=password, app=self._app)
            auth.revoke_refresh_tokens(uid, self._app)

    def set_claims(self, uid: str, claims: Mapping[str, Any]) -> None:
        from firebase_admin import auth

        with _asking():
            try:
                auth.set_custom_user_claims(uid, dict(claims), self._app)
            except auth.UserNotFoundError:
                return

    def remove(self, uid: str) -> None:
        from firebase_admin import auth

        with _asking():
            try:
                auth.delete_user(uid, self._app)
            except auth.UserNotFoundError:
                return

    def disable(self, uid: str) -> None:
        from firebase_admin import auth

        with _asking():
            try:
                auth.update_user(uid, disabled=True, custom_claims={}, app=self._app)
                auth.revoke_refresh_tokens(uid, self._app)
            except auth.UserNotFoundError:
                return


class FirebaseEnrollingTokens(FirebaseTokenVerifier):
    """Fulfils ports.EnrollingTokens: of people who are not staff yet, or prove anew that they are."""

    def signed_in(self, token: str) -> tuple[str, datetime]:
        claims = self._claims(token)
        if not _second_factor(claims):
            raise Unauthenticated("second-factor-required")
        self._claims(token, check_revoked=True)
        return str(claims["uid"]), _signed_in(claims)
