"""The push of each phone: the alert in its language and form, with the proof for its receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from shared.domain.alert import Alert
from shared.domain.delivery import Outcome, Platform, PushAnswer, PushRequest
from shared.formats.push import PushTemplate, template
from shared.services.read_waves import Push


def proof(key: str, uid: str, device: str) -> str:
    """What a phone shows in its receipt to prove that it was sent this alert; docs/data.md."""
    return hashlib.sha256(f"{key}:{uid}.{device}".encode()).hexdigest()


class PushComposer:
    """Serialises the alert once per language and platform, and completes it per phone."""

    def __init__(self, alert: Alert, proof_key: str, public_url: str, now: datetime) -> None:
        self._alert, self._proof_key = alert, proof_key
        self._public_url, self._now = public_url, now
        self._templates: dict[tuple[str, Platform], PushTemplate] = {}

    def compose(self, pushes: Iterable[Push]) -> Iterator[PushRequest | PushAnswer]:
        """A request, or at once the answer for a target of a kind that nobody knows."""
        for push in pushes:
            try:
                yield PushRequest(push.key, self._body(push))
            except KeyError:
                yield PushAnswer(push.key, Outcome.BAD_TARGET, detail="unknown kind of target")

    def _body(self, push: Push) -> bytes:
        shown = proof(self._proof_key, push.entry.uid, push.device.id)
        return self._template(push.entry.language, push.device.platform).body(push.device.target, shown)

    def _template(self, language: str, platform: Platform) -> PushTemplate:
        if (language, platform) not in self._templates:
            self._templates[language, platform] = template(
                self._alert, language, platform, self._public_url, self._now
            )
        return self._templates[language, platform]
