"""The anonymous sign-ins of residents in Firebase Auth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.errors import Unavailable

if TYPE_CHECKING:
    from firebase_admin import App


class FirebaseAccountStore:
    """Fulfils ports.AccountStore. `app` is called at the first account: `sweep` seldom needs the library."""

    def __init__(self, app: Callable[[], App]) -> None:
        self._app = app

    def delete(self, uid: str) -> bool:
        """Two requests. Custom claims are what makes an account staff's; no resident's has any."""
        from firebase_admin import auth
        from firebase_admin.exceptions import FirebaseError

        try:
            if auth.get_user(uid, self._app()).custom_claims:
                return False
            auth.delete_user(uid, self._app())
        except (auth.UserNotFoundError, ValueError):  # ValueError: no account can have such a uid
            return False
        except FirebaseError as error:
            raise Unavailable from error
        return True
