"""Push notifications through Firebase Cloud Messaging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest, PushSender
from shared.domain.alert import Alert, Content
from shared.domain.audience import AudienceEntry, Device
from shared.domain.notice import Notice
from shared.domain.start import START
from shared.domain.wave import Answer, Consignment, Refusal, Unheard
from shared.ports import Clock, Pace, ResidentStore, Ways

MAY_HAVE = frozenset(one.value for one in (Outcome.ACCEPTED, Outcome.NETWORK, Unheard.UNANSWERED))
NOTICE_SECONDS = 20.0  # for FCM to take one
DELIVER = {False: ("deliver", "deliver_slice"), True: ("deliver-urgent", "deliver_urgent")}


class PushChannel:
    """Fulfils ports.Channel. What sends is built, and formats are imported, when first something is sent: the
    index and the staff's API ask this channel, too."""

    name = "push"

    def __init__(
        self,
        sender: Callable[[], PushSender],
        residents: Callable[[], ResidentStore],
        clock: Clock,
        public_url: str,
        pace: Pace,
    ) -> None:
        """`public_url` is where residents read the whole alert; it stands in every push."""
        self._sender, self._residents = sender, residents
        self._clock, self._public_url = clock, public_url
        self.pace = pace

    def ways(self, urgent: bool) -> Ways:
        return Ways(begin=START[urgent], deliver=DELIVER[urgent])

    def moments(self, content: Content, now: datetime) -> Sequence[datetime]:
        """What is told silently now is told once more at `sound_at`, with sound."""
        return [now] if content.sound_at is None else [now, content.sound_at]

    def addresses(self, entry: AudienceEntry) -> Sequence[Device]:
        return entry.devices

    def check(self, alert: Alert) -> Sequence[Refusal]:
        from shared.channels.push.validate import refusals

        found = refusals(alert, self._sender(), self._public_url, self._clock)
        return [Refusal(message, answer.detail) for message, answer in sorted(found.items())]

    def carried(self, content: Content) -> Mapping[str, int | None]:
        from shared.channels.push.message import push_cut

        return push_cut(content, self._public_url)

    def send(self, wave: Consignment, deadline: float) -> Iterator[Answer]:
        from shared.channels.push.compose import PushComposer

        composer = PushComposer(
            wave.alert, wave.proof_key, self._public_url, wave.now, wave.number, wave.quiet, wave.aside
        )
        composed = list(composer.compose(wave.recipients))
        requests = [item for item in composed if isinstance(item, PushRequest)]
        yield from (cast(Answer, item) for item in composed if isinstance(item, PushAnswer))
        yield from cast(Iterator[Answer], self._sender().send(requests, deadline))

    def may_have(self, outcome: str) -> bool:
        return outcome in MAY_HAVE

    def settle(self, wave: Consignment, answers: Sequence[Answer]) -> None:
        from shared.channels.push.forget import forget_devices
        from shared.channels.push.report import report_answers

        pushed = cast(Sequence[PushAnswer], answers)
        report_answers(wave.alert.id, wave.recipients, pushed)
        forget_devices(self._residents(), wave.recipients, pushed)

    def notify(self, entry: AudienceEntry, device: str, notice: Notice) -> bool:
        from shared.channels.push.notice import push_of

        found = [one for one in entry.devices if one.id == device and one.target.kind in ("token", "fid")]
        requests = [PushRequest(one.id, push_of(notice, one, entry.language)) for one in found]
        answers = self._sender().send(requests, self._clock.monotonic() + NOTICE_SECONDS)
        return any(answer.outcome.accepted for answer in answers)

    def room(self) -> int:
        return self._sender().room()
