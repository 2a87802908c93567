"""The push of each phone: the alert in its language and form, with the proof for its receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from shared.channels.push.message import PushTemplate, template
from shared.domain.alert import Alert
from shared.domain.delivery import Outcome, Platform, PushAnswer, PushRequest, Sound
from shared.domain.preferences import Preferences, rings
from shared.services.delivery.read_waves import Push


def proof(key: str, uid: str, device: str) -> str:
    """What a phone shows in its receipt to prove that it was sent this alert; docs/data.md."""
    return hashlib.sha256(f"{key}:{uid}.{device}".encode()).hexdigest()


class PushComposer:
    """Serialises the alert once per language, platform and sound, and completes it per phone."""

    def __init__(
        self, alert: Alert, proof_key: str, public_url: str, now: datetime, round_number: int = 1
    ) -> None:
        """`round_number`: of the slice; in the second, what was shown silently may sound."""
        self._alert, self._proof_key = alert, proof_key
        self._public_url, self._now, self._round = public_url, now, round_number
        self._templates: dict[tuple[str, Platform, Sound], PushTemplate] = {}

    def compose(self, pushes: Iterable[Push]) -> Iterator[PushRequest | PushAnswer]:
        """A request, or at once the answer for a target of a kind that nobody knows."""
        for push in pushes:
            try:
                yield PushRequest(push.key, self._body(push))
            except KeyError:
                yield PushAnswer(push.key, Outcome.BAD_TARGET, detail="unknown kind of target")

    def _body(self, push: Push) -> bytes:
        shown = proof(self._proof_key, push.entry.uid, push.device.id)
        sound = self._sound(push.entry.preferences)
        return self._template(push.entry.language, push.device.platform, sound).body(
            push.device.target, shown
        )

    def _sound(self, preferences: Preferences) -> Sound:
        """A push of the first round that is late stays silent: the second round brings the sound, once."""
        if not rings(preferences, self._alert.content, self._now):
            return Sound.OFF
        if self._alert.content.sound_at is None:
            return Sound.ON
        return Sound.AGAIN if self._round > 1 else Sound.OFF

    def _template(self, language: str, platform: Platform, sound: Sound) -> PushTemplate:
        key = (language, platform, sound)
        if key not in self._templates:
            self._templates[key] = template(
                self._alert, language, platform, self._public_url, self._now, sound
            )
        return self._templates[key]
