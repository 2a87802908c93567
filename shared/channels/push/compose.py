"""The push of each phone: the alert in its language and form, with the proof for its receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from shared.channels.push.message import PushTemplate, template
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest, Sound
from shared.domain.alert import Alert, Kind
from shared.domain.audience import Device, Platform
from shared.domain.preferences import Preferences, may_wake, rings, wants
from shared.domain.wave import Recipient


def proof(key: str, uid: str, device: str) -> str:
    """What a phone shows in its receipt to prove that it was sent this alert; docs/data.md."""
    return hashlib.sha256(f"{key}:{uid}.{device}".encode()).hexdigest()


def device_of(recipient: Recipient) -> Device:
    """Every address of this channel is one."""
    return cast(Device, recipient.address)


class PushComposer:
    """Serialises the alert once per language, platform and sound, and completes it per phone."""

    def __init__(
        self,
        alert: Alert,
        proof_key: str,
        public_url: str,
        now: datetime,
        number: int = 1,
        quiet: bool = False,
        aside: Alert | None = None,
    ) -> None:
        """`number`: of the delivery; in the second, what was shown silently may sound; `quiet`: never;
        `aside`: what recipients are told whose place it no longer concerns."""
        self._quiet, self._aside = quiet, aside
        self._alert, self._proof_key = alert, proof_key
        self._public_url, self._now, self._number = public_url, now, number
        self._templates: dict[tuple[str, Platform, Sound, bool], PushTemplate] = {}

    def compose(self, recipients: Iterable[Recipient]) -> Iterator[PushRequest | PushAnswer]:
        """A request, or at once the answer for a target of a kind that nobody knows."""
        for one in recipients:
            try:
                yield PushRequest(one.key, self._body(one))
            except KeyError:
                yield PushAnswer(one.key, Outcome.BAD_TARGET, detail="unknown kind of target")

    def _body(self, one: Recipient) -> bytes:
        device = device_of(one)
        shown = proof(self._proof_key, one.entry.uid, device.id)
        told = self._told(one.aside)
        sound = self._sound(one.entry.preferences, told, one.aside or told.kind is Kind.ALL_CLEAR)
        shared = self._template(one.entry.language, device.platform, sound, one.aside)
        return shared.body(device.target, shown)

    def _told(self, aside: bool) -> Alert:
        return self._aside if aside and self._aside is not None else self._alert

    def _sound(self, preferences: Preferences, told: Alert, gentle: bool) -> Sound:
        """A push of the first delivery that is late stays silent: the second one brings the sound, once.

        What follows a message comes also to who has muted such alerts since: without a sound.
        """
        wakes = may_wake if gentle else rings
        if self._quiet or not wakes(preferences, told.content, self._now):
            return Sound.OFF
        if told.kind is not Kind.ALERT and not wants(preferences, told.content):
            return Sound.OFF
        if self._alert.content.sound_at is None:
            return Sound.ON
        return Sound.AGAIN if self._number > 1 else Sound.OFF

    def _template(self, language: str, platform: Platform, sound: Sound, aside: bool) -> PushTemplate:
        key = (language, platform, sound, aside)
        if key not in self._templates:
            narrowed = self._alert.area_change if aside else ""
            self._templates[key] = template(
                self._told(aside), language, platform, self._public_url, self._now, sound, narrowed
            )
        return self._templates[key]
