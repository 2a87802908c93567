"""Keys and PINs of staff, and who checks what a key signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from shared.domain.audit import Act
    from shared.domain.own_factors import Factors, Key
    from shared.ports.stored import Versioned


class FactorStore(Protocol):
    def get(self, uid: str) -> Versioned[Factors] | None:
        """Raises Unreadable."""

    def put(self, before: Versioned[Factors] | None, after: Factors, acts: Sequence[Act] = ()) -> None:
        """In the same commit the register of staff learns whether there is a key.

        Raises Conflict when they were written since, or exist where `before` is None.
        """


class KeyCeremony(Protocol):
    """WebAuthn (W3C, level 3) for the staff's page. Options and credentials are the API's JSON forms."""

    def register_options(self, uid: str, name: str, known: Sequence[Key]) -> Mapping[str, Any]:
        """With a `challenge` that is to be kept. Raises NotFound where the page has no origin for keys."""

    def use_options(self, known: Sequence[Key]) -> Mapping[str, Any]: ...

    def registered(self, credential: object, challenge: str, name: str, now: datetime) -> Key:
        """Raises InvalidInput for what is no answer to the challenge by a key that saw its holder."""

    def used(self, credential: object, challenge: str, key: Key, now: datetime) -> Key:
        """The key, as it has been used. Raises InvalidInput."""
