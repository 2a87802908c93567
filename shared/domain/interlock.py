"""The interlock: what is sent is what somebody approved, and reaches about as many as they were shown.

A digest of area and text is kept with the approval and in the ledger, and compared before anybody is told.
Numbers are compared only where a person has time to look once more: what endangers people never waits for a
count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.figures import LEAST_PEOPLE

MORE_THAN = 10  # phones, and ...
SHARE = 0.2  # ... of those approved: both have to differ by more


class Fault(StrEnum):
    CHANGED = "changed"  # area or text are not those that were approved
    ADDRESSES = "addresses"
    PHONES = "phones"
    NOBODY = "nobody"

    @property
    def why(self) -> str:
        """In the history, why it is held."""
        return f"interlock: {self.value}"


@dataclass(frozen=True)
class Shown:
    """The people whom the page showed to whoever approved, as far as they may be told; None: too few."""

    residents: int | None = None
    phones: int | None = None


@dataclass(frozen=True)
class Interlock:
    """What one approval was of; it belongs to the `generation` of the alert that it made.

    `phones`: places in the cells of the area of whose residents a channel has an address, as the index
    counts them; of what may be held for it, until it starts. `addresses`: of the register, None without one.
    """

    digest: str = ""
    generation: int = 0
    at: datetime | None = None
    addresses: int | None = None
    phones: int | None = None
    shown: Shown | None = None  # None: whoever approved did not say what they saw
    again: bool = False  # approved though it was held: nobody being there is no surprise any more
    told: datetime | None = None  # the approver was told that other people were reached than shown


@dataclass(frozen=True)
class Found:
    """What is counted when the alert is to start."""

    addresses: int | None = None
    phones: int | None = None


def fault_in_numbers(approved: Interlock, found: Found, lesser: bool) -> Fault | None:
    """What a person has to look at before it goes. `lesser`: Minor or Moderate; nothing else waits for it."""
    if not lesser:
        return None
    if _both(approved.addresses, found.addresses) and approved.addresses != found.addresses:
        return Fault.ADDRESSES
    if _is_nobody(approved, found):
        return Fault.NOBODY
    if approved.phones is not None and found.phones is not None and is_far(approved.phones, found.phones):
        return Fault.PHONES
    return None


def is_far(approved: int, found: int) -> bool:
    """By more than a fifth and by more than ten: an honest growth between two days is neither."""
    by = abs(found - approved)
    return by > MORE_THAN and by > SHARE * approved


def is_other_than_shown(shown: Shown, sent_to: int) -> bool:
    """Whether the phones that were sent it are not about those that the page showed."""
    return is_far(LEAST_PEOPLE - 1 if shown.phones is None else shown.phones, sent_to)


def of_generation(approved: Interlock | None, generation: int) -> Interlock | None:
    """None for what an instance approved or moved that knows of no interlock."""
    return approved if approved is not None and approved.generation == generation else None


def moved_on(approved: Interlock | None, before: int, generation: int) -> Interlock | None:
    """The same approval under another generation of the alert."""
    kept = of_generation(approved, before)
    return None if kept is None else replace(kept, generation=generation)


def settled(approved: Interlock | None) -> Interlock | None:
    """The alert starts: what was counted for the comparison alone is kept no longer."""
    return None if approved is None else replace(approved, phones=None)


def _both(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None


def _is_nobody(approved: Interlock, found: Found) -> bool:
    """Nobody with a phone, where there was somebody or where the register knows no address either. Whoever
    approved it once more knows."""
    if approved.again or found.phones != 0:
        return False
    return bool(approved.phones) or found.addresses == 0
