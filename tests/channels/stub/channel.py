"""The stub as a channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shared.domain.alert import Alert, Content
from shared.domain.audience import AudienceEntry
from shared.domain.notice import Notice
from shared.domain.start import START
from shared.domain.wave import Answer, Consignment, Recipient, Refusal, Unheard
from shared.ports import Clock, Pace, Ways

DELIVER = {False: ("deliver", "deliver_slice"), True: ("deliver-urgent", "deliver_urgent")}
UNPRINTABLE = "unprintable"  # a title that the post refuses to print, for anybody


class Posted(StrEnum):
    """Outcomes in the stub's own words."""

    POSTED = "posted"
    FULL = "box-full"  # passing
    MOVED = "moved-away"  # for good
    LOST = "strike"  # passing: nobody knows

    @property
    def accepted(self) -> bool:
        return self is Posted.POSTED

    @property
    def passing(self) -> bool:
        return self in {Posted.FULL, Posted.LOST}


@dataclass(frozen=True)
class LetterBox:
    """Of a household: everybody in the index has one."""

    uid: str
    id: str = "letter"
    kind: str = "letter"


class Post(Protocol):
    def hand_over(self, alert: Alert, number: int, recipient: Recipient, box: LetterBox) -> Posted: ...


class StubChannel:
    """Fulfils ports.Channel."""

    name = "stub"

    def __init__(self, post: Post, clock: Clock, pace: Pace) -> None:
        self._post, self._clock, self.pace = post, clock, pace
        self.settled: list[Sequence[Answer]] = []
        self.at_once = 1_000_000

    def ways(self, urgent: bool) -> Ways:
        return Ways(begin=START[urgent], deliver=DELIVER[urgent])

    def moments(self, content: Content, now: datetime) -> Sequence[datetime]:
        """A letter makes no sound, and is posted once more all the same."""
        return [now] if content.sound_at is None else [now, content.sound_at]

    def addresses(self, entry: AudienceEntry) -> Sequence[LetterBox]:
        return [LetterBox(entry.uid)]

    def check(self, alert: Alert) -> Sequence[Refusal]:
        return [
            Refusal(language, "cannot be printed")
            for language, text in alert.content.texts.items()
            if UNPRINTABLE in text.title
        ]

    def carried(self, content: Content) -> Mapping[str, int | None]:
        return dict.fromkeys(content.texts)

    def send(self, wave: Consignment, deadline: float) -> Iterator[Answer]:
        for recipient in wave.recipients:
            if self._clock.monotonic() >= deadline:
                yield Answer(recipient.key, Posted.LOST, sent=False)
                continue
            (box,) = self.addresses(recipient.entry)
            yield Answer(recipient.key, self._post.hand_over(wave.alert, wave.number, recipient, box))

    def notify(self, entry: AudienceEntry, device: str, notice: Notice) -> bool:
        return False  # nobody asks for a letter

    def may_have(self, outcome: str) -> bool:
        return outcome in (Posted.POSTED, Posted.LOST, Unheard.UNANSWERED)

    def settle(self, wave: Consignment, answers: Sequence[Answer]) -> None:
        self.settled.append(answers)

    def room(self) -> int:
        return self.at_once
