"""What one worker does while it holds the lease of a slice: read, send and record, wave by wave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from shared.domain.alert import Alert
from shared.domain.delivery import ALTERED, Delivery, Slice, why_over
from shared.domain.wave import Answer, Consignment, Outcome
from shared.errors import Conflict, Unavailable
from shared.ports import Versioned, Wave
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.hold_alert import hold_altered
from shared.services.delivery.read_waves import Batch
from shared.services.delivery.record_wave import after_wave, back_off, doubted, outcomes_of, stopped
from shared.services.delivery.slice_batches import SliceBatches

SENDING_SHARE = 0.45  # of the lease: then a wave ends, so that nobody still sends after a takeover
RENEWAL_SHARE = 0.25  # of the lease: when reading took longer, it is renewed before sending
SPREAD = 8  # slices that come back at different moments


def refused(answers: Sequence[Answer]) -> bool:
    """The provider asks to be left alone by most answers: what comes next would only be refused, too."""
    return 2 * sum(answer.retry_after is not None for answer in answers) > len(answers)


class SliceRun:
    def __init__(
        self,
        ports: DeliveryPorts,
        alert: Alert | None,
        delivery: Delivery,
        claimed: Versioned[Slice],
        leased_at: float,
    ) -> None:
        """`alert` None: it is there no more. `leased_at`: on the monotonic clock, before the claim."""
        self._ports, self._clock = ports, ports.clock
        self._channel = ports.channel(delivery)
        self._pace = self._channel.pace
        self._delivery = delivery
        self._known_alert = alert
        self._slice = claimed
        self._retry_at: datetime | None = None
        self._round_spent = False  # somebody was asked, and is to be asked again
        self._refused = False  # by the provider, in the last wave
        self._unrecorded = False  # a wave was sent, and its commit may have failed
        self._leased_at = leased_at
        self._ends = self._clock.monotonic() + self._pace.run.total_seconds()

    def deliver(self) -> None:
        """Ends with the slice done, or with a task for the rest of it."""
        try:
            if reason := why_over(self._known_alert, self._delivery, self._clock.now()):
                self._stop(reason)
                return
            self._deliver_batches()
        except Unavailable:
            self._release()
            raise
        if not self._part.done:
            self._hand_over()

    @property
    def _part(self) -> Slice:
        return self._slice.value

    @property
    def _alert(self) -> Alert:
        if self._known_alert is None:
            raise ValueError("nothing is sent of an alert that is not there")
        return self._known_alert

    def _deliver_batches(self) -> None:
        for batch in self._batches.left(self._part, self._retry_is_due()):
            if reason := self._over():
                self._stop(reason)
                return
            self._deliver(batch)
            if self._must_pause():
                return

    @cached_property
    def _batches(self) -> SliceBatches:
        return SliceBatches(self._ports, self._alert, self._delivery)

    def _stop(self, reason: str) -> None:
        """Of a slice that was taken from another worker, whom that one may have told last is put down."""
        if reason == ALTERED:
            hold_altered(self._ports, self._delivery.alert, self._delivery.digest)
        part, noted, last = self._part, dict[str, Outcome](), Batch((), None)
        if part.in_doubt and self._known_alert is not None:
            if not part.exhausted:
                last = next(self._batches.new(part), last)
            part, noted = doubted(part, last)
        self._save(stopped(part, reason), noted, aside=last.aside)

    def _retry_is_due(self) -> bool:
        at = self._part.resume_at
        return at is None or self._clock.now() >= at

    def _over(self) -> str | None:
        current = self._ports.alerts.get(self._delivery.alert)
        return why_over(current.value if current else None, self._delivery, self._clock.now())

    def _must_pause(self) -> bool:
        waiting = len(self._part.retry)
        return self._refused or waiting > self._pace.pause_above or self._clock.monotonic() >= self._ends

    def _deliver(self, batch: Batch) -> None:
        self._renew_if_late()
        wave = self._consignment(batch)
        self._unrecorded = bool(wave.recipients)
        answers = self._send(wave)
        outcomes = outcomes_of(batch, answers)
        unsent = frozenset(answer.key for answer in answers if not answer.sent)
        after = after_wave(self._part, batch, outcomes, self._pace.retry_limit, unsent)
        after = replace(after, in_doubt=after.in_doubt and bool(batch.retried or after.retry))
        if passing := {key for key, outcome in outcomes.items() if outcome.passing}:
            self._note_retry(answers)
            self._round_spent |= bool(passing - unsent)
            after = replace(after, resume_at=self._retry_at)
        self._save(after, outcomes, aside=batch.aside)
        self._unrecorded = False
        self._refused = refused(answers)
        if answers:
            self._channel.settle(wave, answers)

    def _consignment(self, batch: Batch) -> Consignment:
        """With the time as it is now: nobody is to be shown what has expired meanwhile."""
        proof_key = self._proof_key if batch.recipients else ""
        return Consignment(
            self._alert,
            self._delivery.number,
            batch.recipients,
            proof_key,
            self._clock.now(),
            quiet=self._delivery.quiet,
            aside=self._batches.aside if batch.aside else None,
        )

    def _send(self, wave: Consignment) -> Sequence[Answer]:
        if not wave.recipients:
            return []
        deadline = self._leased_at + SENDING_SHARE * self._pace.lease.total_seconds()
        return list(self._channel.send(wave, deadline))

    @cached_property
    def _proof_key(self) -> str:
        return self._ports.delivery.proof_key(self._delivery.alert)

    def _note_retry(self, answers: Sequence[Answer]) -> None:
        spread = self._part.index % SPREAD / SPREAD
        at = self._clock.now() + back_off(answers, self._part.retries, self._pace.retry, spread)
        self._retry_at = max(self._retry_at or at, at)

    def _renew_if_late(self) -> None:
        elapsed = self._clock.monotonic() - self._leased_at
        if elapsed > RENEWAL_SHARE * self._pace.lease.total_seconds():
            self._save(self._part)

    def _hand_over(self) -> None:
        """The document first: should we die in between, this task's repetition enqueues the next."""
        part = self._part
        waiting = (self._retry_at or part.resume_at) if part.retry else None
        rounds = part.retries + 1 if part.retry and self._round_spent else part.retries
        following = replace(part, attempt=part.attempt + 1, retries=rounds, resume_at=waiting)
        self._save(following, release=True)
        way = self._channel.ways(self._delivery.urgent).deliver
        self._ports.tasks.enqueue(slice_task(self._delivery, way, following))

    def _release(self) -> None:
        """Nothing was recorded since the last commit: the task's repetition may begin at once."""
        in_doubt = self._part.in_doubt or self._unrecorded
        with suppress(Conflict, Unavailable):
            self._save(replace(self._part, in_doubt=in_doubt), release=True)

    def _save(
        self,
        after: Slice,
        outcomes: Mapping[str, Outcome] | None = None,
        release: bool = False,
        aside: Collection[str] = (),
    ) -> None:
        now, monotonic = self._clock.now(), self._clock.monotonic()
        until = None if release or after.done else now + self._pace.lease
        after = replace(after, held_until=until)
        sent = {key: outcome.value for key, outcome in (outcomes or {}).items()}
        wave = Wave(after.index, now, sent, aside) if sent else None
        self._slice = self._ports.delivery.save(self._delivery.ref, self._slice, after, wave)
        self._leased_at = monotonic
