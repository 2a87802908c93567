"""Firebase App Check's tokens, verified by Google's published keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import Unavailable

if TYPE_CHECKING:
    from firebase_admin import App

KEYS_KEPT = 21_600  # seconds; the library's own, "you should cache them for up to 6 hours"


class FirebaseAppChecker:
    """Fulfils ports.AppChecker for one Firebase project."""

    def __init__(self, app: App, keys: str | None = None) -> None:
        """`keys`: where a stand-in has its JWK set; None: Google's."""
        self._app = app
        self._keys = keys

    def attested(self, token: str) -> bool:
        from firebase_admin import app_check
        from jwt.exceptions import PyJWKClientConnectionError, PyJWKClientError

        self._look_elsewhere()
        try:
            app_check.verify_token(token, self._app)
        except PyJWKClientConnectionError as error:
            raise Unavailable from error
        except (
            PyJWKClientError,
            ValueError,
        ):  # a key that is not among theirs; whatever else is wrong with it
            return False
        return True

    def _look_elsewhere(self) -> None:
        """The library has no setting for it."""
        from firebase_admin import app_check
        from jwt import PyJWKClient

        if self._keys is not None:
            service = app_check._get_app_check_service(self._app)
            service._jwks_client = PyJWKClient(self._keys, lifespan=KEYS_KEPT)
            self._keys = None
