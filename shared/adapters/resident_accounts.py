"""The anonymous sign-ins of residents in Firebase Auth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.errors import Unavailable
from shared.ports import StaffStore

if TYPE_CHECKING:
    from firebase_admin import App


class FirebaseAccountStore:
    """Fulfils ports.AccountStore. `app` is called at the first account: `sweep` seldom needs the library."""

    def __init__(self, app: Callable[[], App], staff: StaffStore) -> None:
        self._app = app
        self._staff = staff

    def delete(self, uid: str) -> bool:
        """A read and two requests. Staff's are those in the register, and any with custom claims."""
        from firebase_admin import auth
        from firebase_admin.exceptions import FirebaseError

        if self._staff.get(uid) is not None:
            return False
        try:
            if auth.get_user(uid, self._app()).custom_claims:
                return False
            auth.delete_user(uid, self._app())
        except (auth.UserNotFoundError, ValueError):  # ValueError: no account can have such a uid
            return False
        except FirebaseError as error:
            raise Unavailable from error
        return True
