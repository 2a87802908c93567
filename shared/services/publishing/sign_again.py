"""A municipality's published alerts, signed with the key that it has now."""

from __future__ import annotations

from collections.abc import Iterator

from shared.errors import Unreadable
from shared.ports import AlertSigner, AlertStore, Clock, PublishedStore
from shared.services.publishing.publish_alert import SEEN, publish_alert

PAGE = 100


def sign_again(
    terc: str, *, alerts: AlertStore, published: PublishedStore, signer: AlertSigner, clock: Clock
) -> int:
    """All that residents may read, the latest change first; answers how many. Raises Conflict, and Unreadable
    when there are alerts that this release cannot read, after all others are signed.

    Needed only when a key was withdrawn: what a key signed in its time counts for ever.
    """
    signed = 0
    for alert_id in _ids(terc, alerts):
        publish_alert(alert_id, alerts=alerts, published=published, signer=signer, clock=clock, again=True)
        signed += 1
    return signed


def _ids(terc: str, alerts: AlertStore) -> Iterator[str]:
    after: str | None = None
    unreadable = 0
    while True:
        page = alerts.list(terc, sorted(SEEN), PAGE, after)
        yield from (alert.id for alert in page.items if alert.started is not None)
        unreadable += page.unreadable
        if page.next is None:
            break
        after = page.next
    if unreadable:
        raise Unreadable
