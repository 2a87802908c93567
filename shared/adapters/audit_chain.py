"""Staff's writes and their entries of the audit in one commit: `audit/{terc}` and `entries` beneath it.

The head is written with a precondition, so that of two commits at once one is refused and tries again on the
new head. What was refused for another reason is told as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from google.api_core.exceptions import Aborted
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from shared.adapters.audit_documents import (
    entry_document,
    entry_name,
    head_document,
    head_of_document,
    waiting_document,
    waiting_entry,
)
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.stored_documents import one
from shared.domain.audit import (
    NEVER_WAITS,
    WAITS,
    Act,
    AuditEntry,
    AuditHead,
    all_sealed,
    as_set_aside,
    set_aside,
)
from shared.errors import Conflict, Unavailable, Unreadable
from shared.ports import AuditKeys, Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, WriteBatch
    from google.cloud.firestore_v1.types import WriteResult

Fill = Callable[["WriteBatch"], None]
AUDIT, ENTRIES, WAITING = "audit", "entries", "waiting"
ATTEMPTS = 10  # on a head that others move: eight at once are through by then
PATIENCE = 2.0  # seconds that what never waits gives the head to be read
log = logging.getLogger(__name__)


class _HeadMoved(Unavailable):
    """Somebody of the same municipality wrote an entry meanwhile; nothing of `fill` was refused."""


class _NoChain(Unavailable):
    """There is no key, or no head to go on from."""


@dataclass(frozen=True)
class _Next:
    """What a commit adds to one municipality's chain; `token`: of the head before, None for the first."""

    terc: str
    token: object
    entries: Sequence[AuditEntry]
    head: AuditHead


class Commits(Protocol):
    def commit(self, fill: Fill, *acts: Act) -> Sequence[WriteResult]:
        """All in one commit, `fill`'s writes first. Raises Conflict, Unavailable."""


class Unaudited:
    """In place of a chain for whoever writes nothing of staff's."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def commit(self, fill: Fill, *acts: Act) -> Sequence[WriteResult]:
        """Raises RuntimeError for an act, which would be lost; Conflict, Unavailable."""
        if acts:
            raise RuntimeError("no chain for the acts of staff")
        return _committed(_filled(self._client, fill))


class AuditChain:
    def __init__(self, client: Client, keys: AuditKeys, clock: Clock) -> None:
        self._client, self._keys, self._clock = client, keys, clock

    def commit(self, fill: Fill, *acts: Act) -> Sequence[WriteResult]:
        """What `fill` writes, and an entry for each act; the results are in the order of `fill`'s writes.

        `fill` may be called several times, each with an empty batch. Costs a read, and for an act two writes.

        Raises Conflict when a precondition of `fill` is refused; Unavailable when others moved the head at
        every attempt, or the keys or the head cannot be read. What never waits then leaves its acts
        beside the chain, in the same commit, to be sealed by `seal_waiting`.
        """
        if not acts:
            return _committed(_filled(self._client, fill))
        try:
            return self._retrying()(self._chained, fill, acts)
        except (_HeadMoved, _NoChain):
            if not _urgent(acts):
                raise
        log.error("acts of municipality %s wait for their entries of the audit", acts[0].terc)
        return _committed(_filled(self._client, lambda batch: self._fill_aside(batch, fill, acts)))

    def seal_waiting(self, limit: int) -> int:
        """Put acts that were left beside their chains into them; how many. Raises Unavailable."""
        with reading():
            found = list(self._client.collection_group(WAITING).limit(limit).stream())
        return sum(self._seal(item) for item in found)

    def _seal(self, item: DocumentSnapshot[Any]) -> bool:
        """One that cannot be sealed yet holds up nobody else's, nor does one that was put there."""
        try:
            waiting = one(WAITING, item.id, item, _waiting)
            act = as_set_aside(waiting, self._keys.of(waiting.act.terc))
            if act is None:
                log.error("an act that waits for the audit was put there, or changed: it is not sealed")
                return False
            self._retrying()(self._chained, _deleting(item), [act])
        except (Conflict, Unavailable, Unreadable) as error:
            log.error("an act that waits for the audit was not sealed: %s", error.code)
            return False
        return True

    def _retrying(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception_type(_HeadMoved),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(multiplier=0.02, max=0.5),
            sleep=self._clock.sleep,
            reraise=True,
        )

    def _chained(self, fill: Fill, acts: Sequence[Act]) -> Sequence[WriteResult]:
        tercs = dict.fromkeys(act.terc for act in acts)
        made = [self._next(terc, [act for act in acts if act.terc == terc], _urgent(acts)) for terc in tercs]
        batch = _filled(self._client, fill)
        own = len(batch)
        for following in made:
            self._add(batch, following)
        try:
            return _committed(batch)[:own]
        except Conflict as error:
            written = self._written(made, error)
            if written is None:
                raise
            return [written] * own

    def _next(self, terc: str, acts: Sequence[Act], urgent: bool) -> _Next:
        """Raises _NoChain."""
        once: dict[str, Any] = {"retry": None, "timeout": PATIENCE} if urgent else {}
        try:
            sealer = self._keys.of(terc)
            with reading():
                found = self._document(terc).get(**once)
            head = one(AUDIT, terc, found.to_dict(), lambda _, known: head_of_document(known))
        except (Unavailable, Unreadable) as error:
            raise _NoChain from error
        if head.seq and sealer.seal(terc, head) != head.seal:
            log.error("the head of municipality %s's audit is not sealed by its key", terc)
            raise _NoChain
        entries, after = all_sealed(acts, head, self._clock.now(), sealer)
        return _Next(terc, found.update_time if found.exists else None, entries, after)

    def _add(self, batch: WriteBatch, following: _Next) -> None:
        for entry in following.entries:
            batch.create(self._entry(following.terc, entry.seq), entry_document(entry))
        head, document = self._document(following.terc), head_document(following.head)
        if following.token is None:
            batch.create(head, document)
            return
        unchanged: Any = self._client.write_option(last_update_time=following.token)
        batch.update(head, document, option=unchanged)

    def _written(self, made: Sequence[_Next], error: Conflict) -> WriteResult | None:
        """The result of a commit that was applied although its answer was lost, and was sent again; None
        where a precondition of somebody else's was refused.

        Raises _HeadMoved when that is why it was refused, _NoChain when the next entry's place is taken.
        """
        from google.cloud.firestore_v1.types import WriteResult

        moved = isinstance(error.__cause__, Aborted)
        for following in made:
            first = following.entries[0]
            with reading():
                entry = self._entry(following.terc, first.seq).get()
                head = self._document(following.terc).get()
            if entry.exists and (entry.to_dict() or {}).get("mac") == first.mac:
                return WriteResult(update_time=entry.update_time)
            token = head.update_time if head.exists else None
            if entry.exists and token == following.token:
                log.error("entry %d of municipality %s's audit was put there", first.seq, following.terc)
                raise _NoChain from error
            moved = moved or token != following.token
        if moved:
            raise _HeadMoved from error
        return None

    def _fill_aside(self, batch: WriteBatch, fill: Fill, acts: Sequence[Act]) -> None:
        fill(batch)
        now = self._clock.now()
        for act in acts:
            place = self._document(act.terc).collection(WAITING).document()
            batch.create(place, waiting_document(self._set_aside(act, now)))

    def _set_aside(self, act: Act, now: datetime) -> AuditEntry:
        try:
            return set_aside(act, now, self._keys.of(act.terc))
        except Unavailable:
            return AuditEntry(0, now, act, "", WAITS, now)

    def _document(self, terc: str) -> DocumentReference:
        found: DocumentReference = self._client.collection(AUDIT).document(terc)
        return found

    def _entry(self, terc: str, seq: int) -> DocumentReference:
        found: DocumentReference = self._document(terc).collection(ENTRIES).document(entry_name(seq))
        return found


def _urgent(acts: Sequence[Act]) -> bool:
    return all(act.action in NEVER_WAITS for act in acts)


def _filled(client: Client, fill: Fill) -> WriteBatch:
    batch = client.batch()
    fill(batch)
    return batch


def _committed(batch: WriteBatch) -> Sequence[WriteResult]:
    with writing():
        results: Sequence[WriteResult] = batch.commit()
    return results


def _waiting(_: str, item: DocumentSnapshot[Any]) -> AuditEntry:
    """Raises one of MISFITS."""
    return waiting_entry(item.reference.path.split("/")[1], item.to_dict() or {})


def _deleting(item: DocumentSnapshot[Any]) -> Fill:
    def fill(batch: WriteBatch) -> None:
        batch.delete(item.reference, option=item._client.write_option(exists=True))

    return fill
