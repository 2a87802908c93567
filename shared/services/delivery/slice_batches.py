"""What a slice still has to send, as of the delivery's moment: of the area, or of who was told before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from itertools import chain

from shared.domain.alert import Alert
from shared.domain.audience import AudienceEntry
from shared.domain.delivery import Delivery, Slice
from shared.services.audience.match_area import AreaMatch, ranges_at_once, readable
from shared.services.audience.match_content import match_of
from shared.services.audience.read_ahead import read_ahead
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.read_told import Judge, Telling, holders, judge_of, told_batches
from shared.services.delivery.read_waves import Batch, new_batches, retry_batches
from shared.services.delivery.told_aside import told_aside
from shared.services.delivery.told_before import told_to_leave


class SliceBatches:
    def __init__(self, ports: DeliveryPorts, alert: Alert, delivery: Delivery) -> None:
        self._ports, self._alert, self._delivery = ports, alert, delivery
        self._channel = ports.channel(delivery)
        self._pace = self._channel.pace

    def left(self, part: Slice, retry_is_due: bool) -> Iterator[Batch]:
        again = self._again(part) if retry_is_due else iter(())
        if part.exhausted:
            return again
        new = self.new(part)
        return chain(again, read_ahead(new) if self._pace.reads_ahead else new)

    def new(self, part: Slice) -> Iterator[Batch]:
        audience, read_time, most = self._ports.audience, self._read_time(), self._pace.wave
        if part.told:
            told = holders(self._ports, self._channel, self._delivery, part)
            return told_batches(audience, self._channel, self._judge, told, part, read_time, most)
        content = self._alert.content
        at_once = ranges_at_once(part.count, part.ranges) if self._pace.reads_ahead else 1
        return new_batches(audience, self._channel, self._match, content, part, read_time, most, at_once)

    @cached_property
    def aside(self) -> Alert:
        """What those are told whose place it no longer concerns."""
        return told_aside(self._alert, told_to_leave(self._ports, self._delivery))

    def _again(self, part: Slice) -> Iterator[Batch]:
        def is_aside(entry: AudienceEntry) -> bool:
            return part.told and self._judge(entry, False) is Telling.ASIDE

        audience, read_time = self._ports.audience, self._read_time()
        return retry_batches(audience, self._channel, part, read_time, self._pace.wave, is_aside)

    @cached_property
    def _match(self) -> AreaMatch:
        content = self._alert.content
        parts = content.parts if self._delivery.by_parts else None
        return match_of(content.area, parts, self._delivery.units, self._delivery.codes)

    @cached_property
    def _judge(self) -> Judge:
        return judge_of(self._alert, self._match)

    def _read_time(self) -> datetime:
        if self._delivery.read_time is None:
            raise ValueError("a delivery that was planned has its read_time")
        return readable(self._delivery.read_time, self._ports.clock.now())
