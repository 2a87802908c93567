"""The OAuth access token that FCM asks for, of the service account that the function runs as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import Unavailable

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"


class AccessToken:
    """Call it for a token that is valid now; google.auth renews it minutes before its end."""

    def __init__(self) -> None:
        self._credentials: Credentials | None = None

    def __call__(self) -> str:
        """Raises Unavailable when Google does not give one."""
        from google.auth.exceptions import GoogleAuthError
        from google.auth.transport.requests import Request

        try:
            credentials = self._found()
            if not credentials.valid:
                credentials.refresh(Request())
        except GoogleAuthError as error:
            raise Unavailable from error
        return str(credentials.token)

    def forget(self) -> None:
        """It was refused: the next call fetches a new one."""
        self._credentials = None

    def _found(self) -> Credentials:
        if self._credentials is None:
            import google.auth

            self._credentials, _ = google.auth.default(scopes=[SCOPE])
        return self._credentials
