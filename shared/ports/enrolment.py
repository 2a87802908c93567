"""What is kept while people become staff, and their accounts at Identity Platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shared.domain.audit import Act
from shared.domain.enrolment import Invitation, LostPhone, RecoveryCodes
from shared.domain.own_factors import Factors
from shared.domain.staff import StaffRecord
from shared.ports.stored import Versioned

Kept = StaffRecord | Invitation | RecoveryCodes | LostPhone | Factors


@dataclass(frozen=True)
class Change:
    """`before` None: there is none yet, and Conflict if there is; `after` is of the same person and kind."""

    before: Versioned[Any] | None
    after: Kept


class EnrolmentStore(Protocol):
    def record(self, uid: str) -> Versioned[StaffRecord] | None: ...

    def invitation(self, uid: str) -> Versioned[Invitation] | None: ...

    def recovery_codes(self, uid: str) -> Versioned[RecoveryCodes] | None: ...

    def lost_phone(self, uid: str) -> Versioned[LostPhone] | None: ...

    def factors(self, uid: str) -> Versioned[Factors] | None:
        """Keys and PIN, to be taken away."""

    def invitations(self, terc: str) -> Sequence[Invitation]:
        """Of the municipality, the newest first."""

    def commit(self, changes: Sequence[Change], acts: Sequence[Act] = ()) -> None:
        """All or nothing, with the entries of the audit. Raises Conflict where a `before` is stale."""


class StaffAccounts(Protocol):
    """Accounts of staff at Identity Platform. All raise Unavailable; all may be repeated."""

    def uid_of(self, email: str) -> str | None:
        """Whose address it is."""

    def renew(self, uid: str, email: str, name: str, password: str) -> None:
        """A new account of that name in place of whatever there was: without second factor, without any
        sign-in that counts, the address verified. Raises InvalidInput where another account has the address.
        """

    def set_password(self, uid: str, password: str) -> None:
        """Ends every sign-in of before."""

    def set_claims(self, uid: str, claims: Mapping[str, Any]) -> None:
        """Where there is such an account."""

    def remove(self, uid: str) -> None:
        """With its second factor and every sign-in."""

    def disable(self, uid: str) -> None:
        """Nobody signs in with it, no sign-in of before counts, and it claims nothing."""


class EnrollingTokens(Protocol):
    def signed_in(self, token: str) -> tuple[str, datetime]:
        """Whose account it is and when they signed in, with the second factor, be they staff yet or not.

        Raises Unauthenticated, Unavailable.
        """
