"""How often something was tried within the hour, in Firestore: `attempts/{hash}.{hour}`, gone a day later."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import writing

if TYPE_CHECKING:
    from google.cloud.firestore import Client

KEPT = timedelta(days=1)


class FirestoreAttemptStore:
    """Fulfils ports.AttemptStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def count(self, key: str, now: datetime) -> int:
        """One write, and no read."""
        from google.cloud.firestore import Increment

        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        place = self._client.document("attempts", f"{name}.{now:%Y-%m-%dT%H}")
        batch = self._client.batch()
        batch.set(place, {"count": Increment(1), "expire": now + KEPT}, merge=True)
        with writing():
            (result,) = batch.commit()
        return int(result.transform_results[0].integer_value)
