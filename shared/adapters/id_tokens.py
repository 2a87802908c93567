"""Who calls: Firebase's id tokens, verified, of people whom the register of staff knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.domain.alert import Person
from shared.domain.lifecycle import SCOPED, STAFF_ROLES
from shared.domain.staff import TERC, Kind, Membership, StaffRecord
from shared.domain.staff_session import Proof
from shared.domain.stand_in import Standing
from shared.errors import Forbidden, Unauthenticated, Unavailable
from shared.ports import Staff, StaffStore

if TYPE_CHECKING:
    from firebase_admin import App

CLOCK_SKEW = 10  # seconds that Google's clock and ours may differ
SECOND_FACTOR = "totp"  # Identity Platform's word in `sign_in_second_factor`; "phone" is an SMS
_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")  # a uid that can name a document, as in firestore.rules


StandsIn = Callable[[str, str], Standing | None]


def nobody(_uid: str, _terc: str) -> Standing | None:
    return None


def utc_now() -> datetime:
    return datetime.now(UTC)


class FirebaseTokenVerifier:
    """Fulfils ports.TokenVerifier. The token says who it is; what they may do says `staff/{uid}` alone.

    With FIREBASE_AUTH_EMULATOR_HOST set the library takes unsigned tokens; settings.read refuses that
    variable on Cloud Run.
    """

    def __init__(
        self, app: App, staff: StaffStore, now: Callable[[], datetime] = utc_now, stands_in: StandsIn = nobody
    ) -> None:
        """`stands_in`: what standing in gives a person (uid) in a municipality that is not theirs."""
        self._app = app
        self._staff = staff
        self._now, self._stands_in = now, stands_in

    def verify(self, token: str, terc: str = "") -> Staff:
        """One read, and one request to Auth for whoever is in the register: strangers cost neither.

        Raises Unauthenticated, Forbidden for an account that is not staff's, Unavailable.
        """
        claims = self._claims(token)
        if not _second_factor(claims):
            raise Unauthenticated("second-factor-required")
        uid, record = str(claims["uid"]), self._record(claims)
        if record is None or not record.employed(self._now()):
            if record is not None and record.is_invited:
                raise Forbidden("not-enrolled")
            raise Forbidden("not-staff")
        staff = _admitted(uid, claims, record, terc or record.terc, self._stands_in)
        self._claims(token, check_revoked=True)
        return staff

    def is_sealed(self, token: str) -> bool:
        record = self._record(self._claims(token))
        return record is not None and record.kind is Kind.BREAK_GLASS

    def _record(self, claims: Mapping[str, Any]) -> StaffRecord | None:
        uid = str(claims["uid"])
        return self._staff.get(uid) if _NAME.fullmatch(uid) else None

    def _claims(self, token: str, check_revoked: bool = False) -> Mapping[str, Any]:
        from firebase_admin import auth
        from firebase_admin.exceptions import FirebaseError

        try:
            claims: Mapping[str, Any] = auth.verify_id_token(
                token, self._app, check_revoked=check_revoked, clock_skew_seconds=CLOCK_SKEW
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
        if _tenant(claims):  # Identity Platform docs, "Multi-tenancy": its uids are another's
            raise Unauthenticated("token-invalid")
        return claims


def _second_factor(claims: Mapping[str, Any]) -> bool:
    return _signed_in_by(claims).get("sign_in_second_factor") == SECOND_FACTOR


def _tenant(claims: Mapping[str, Any]) -> bool:
    return _signed_in_by(claims).get("tenant") is not None


def _signed_in_by(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    firebase = claims.get("firebase")
    return firebase if isinstance(firebase, Mapping) else {}


def _admitted(
    uid: str, claims: Mapping[str, Any], record: StaffRecord, terc: str, stands_in: StandsIn
) -> Staff:
    """Roles that this version does not know give nothing, as do those of people and of proof with a scope:
    neither can be had for a part."""
    signed_in = _signed_in(claims)
    if not record.accepts_sign_in(signed_in):
        raise Unauthenticated("token-revoked")
    part = record.membership(terc)
    stands = stands_in(uid, terc) if part is None and TERC.fullmatch(terc) else None
    if stands is not None:  # with the roles that they have where they are employed
        part = Membership(record.roles & SCOPED, record.scopes)
    if part is None or not TERC.fullmatch(terc):
        raise Forbidden("no-municipality")
    if not record.name.strip():
        raise Forbidden("no-name")
    roles = frozenset(one for one in part.roles & STAFF_ROLES if one in SCOPED or one not in part.scopes)
    if not roles:
        raise Forbidden("no-role")
    return Staff(
        Person(uid, record.name.strip()),
        terc,
        roles,
        scopes=part.scopes,
        kind=record.kind,
        tercs=record.tercs(),
        on_behalf=stands.name if stands else "",
        late=stands is not None and stands.late,
        proof=Proof(signed_in, has_key=record.has_key, always=record.kind is Kind.BREAK_GLASS),
    )


def _signed_in(claims: Mapping[str, Any]) -> datetime:
    """A token that does not tell when counts as of long ago."""
    at = claims.get("auth_time")
    return datetime.fromtimestamp(at if isinstance(at, int) else 0, UTC)
