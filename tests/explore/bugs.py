"""Mistakes that one could make in the protocol: the exploration has to find each of them.

Each leaves out a precondition or a step of the real code, or swaps two; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from shared.domain.delivery import DeliveryState
from shared.services.audience import index_resident as real
from shared.services.audience.codes_match import CodesMatch
from shared.services.delivery import (
    begin_delivery,
    deliver_slice,
    finish_delivery,
    read_told,
    slice_batches,
    slice_run,
    start_alert,
)
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.read_told import Telling
from shared.services.delivery.slice_run import SliceRun
from shared.services.sweep import restart_alerts, resume_slices
from tests.explore import index_life
from tests.explore.deliveries import Deliveries, Log
from tests.explore.stores import Alerts, Audience

Bug = Callable[[], AbstractContextManager[None]]


@contextmanager
def instead(owner: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, real)


def save_without_precondition() -> AbstractContextManager[None]:
    """A slice is overwritten, whoever wrote it since."""
    append = Deliveries._append

    def always(self: Deliveries, ref: Any, log: Log, number: int, entry: Any) -> None:
        append(self, ref, log, len(log.entries), entry)

    return instead(Deliveries, "_append", always)


def replace_without_precondition() -> AbstractContextManager[None]:
    """A delivery is planned or ended, whoever wrote it since."""
    return instead(Deliveries, "_require", lambda self, before: None)


def start_without_precondition() -> AbstractContextManager[None]:
    """An alert is overwritten, whoever wrote it since."""
    return instead(Alerts, "require", lambda self, before, entry: None)


def claim_without_lease() -> AbstractContextManager[None]:
    """A slice is taken from whoever works on it."""
    claim = deliver_slice._claim

    def taken(ports: Any, delivery: Any, part: Any, alert: Any) -> Any:
        free = replace(part, value=replace(part.value, held_until=None))
        return claim(ports, delivery, free, alert)

    return instead(deliver_slice, "_claim", taken)


def lease_not_renewed() -> AbstractContextManager[None]:
    """Whoever read for long sends with what is left of the lease."""
    return instead(SliceRun, "_renew_if_late", lambda self: None)


def deadline_forgotten() -> AbstractContextManager[None]:
    """A wave is sent to its end, however long ago the lease ran out."""
    return instead(slice_run, "SENDING_SHARE", 1e6)


def cursor_before_send() -> AbstractContextManager[None]:
    """What is about to be sent is noted as sent."""
    deliver = SliceRun._deliver

    def swapped(self: Any, batch: Any) -> None:
        part = self._part
        self._save(replace(part, cursor=batch.cursor or part.cursor, exhausted=part.exhausted or batch.last))
        deliver(self, batch)

    return instead(SliceRun, "_deliver", swapped)


def no_look_before_a_wave() -> AbstractContextManager[None]:
    """Whether the alert was cancelled is asked once, at the beginning."""
    return instead(SliceRun, "_over", lambda self: None)


def attempt_not_raised() -> AbstractContextManager[None]:
    """The sweep asks for a task of the name that was lost."""

    def resume(ports: Any, delivery: Any, item: Any) -> int:
        again = replace(item.part.value, held_until=None)
        ports.delivery.save(delivery.ref, item.part, again, None)
        ports.tasks.enqueue(slice_task(delivery, resume_slices._way(ports, delivery), again))
        return 1

    return instead(resume_slices, "_resume", resume)


def name_without_attempt() -> AbstractContextManager[None]:
    """Whoever hands over asks for its own task's name."""

    def named(delivery: Any, way: Any, part: Any) -> Any:
        task = slice_task(delivery, way, part)
        return replace(task, name=slice_task(delivery, way, replace(part, attempt=0)).name)

    return instead(slice_run, "slice_task", named)


def one_slice_too_early() -> AbstractContextManager[None]:
    """The worker of the last slice but one ends the delivery."""
    done = Deliveries.done
    return instead(Deliveries, "done", lambda self, ref: done(self, ref) + 1)


def second_round_at_once() -> AbstractContextManager[None]:
    """Nobody asks whether the moment for the sound has come."""
    return instead(begin_delivery, "is_early", lambda moment, now: False)


def plan_in_two_commits() -> AbstractContextManager[None]:
    """First the delivery, then its slices."""
    plan = Deliveries.plan

    def halves(self: Deliveries, before: Any, after: Any, slices: Any) -> None:
        sending = self.replace(before, after)
        plan(self, sending, after, slices)

    return instead(Deliveries, "plan", halves)


def retry_forgotten() -> AbstractContextManager[None]:
    """Whoever hands over keeps to itself who is to be tried again."""
    hand_over = SliceRun._hand_over

    def forgetful(self: Any) -> None:
        self._slice = replace(self._slice, value=replace(self._part, retry=()))
        hand_over(self)

    return instead(SliceRun, "_hand_over", forgetful)


def planned_not_looked_after() -> AbstractContextManager[None]:
    """The sweep sees to alerts and slices alone."""
    return instead(restart_alerts, "_begin_again", lambda run, before: 0)


def task_before_document() -> AbstractContextManager[None]:
    """Whoever hands over asks for the next task before it says so."""

    def swapped(self: Any) -> None:
        following = replace(self._part, attempt=self._part.attempt + 1)
        way = self._channel.ways(self._delivery.urgent).deliver
        self._ports.tasks.enqueue(slice_task(self._delivery, way, following))
        self._save(self._part, release=True)

    return instead(SliceRun, "_hand_over", swapped)


def stopped_is_forgotten() -> AbstractContextManager[None]:
    """A delivery that was cut off is told as done."""
    ended = finish_delivery._ended

    def done(ports: Any, delivery: Any) -> Any:
        return replace(ended(ports, delivery), state=DeliveryState.DONE)

    return instead(finish_delivery, "_ended", done)


def cancelled_is_not_asked() -> AbstractContextManager[None]:
    """A delivery begins, whatever became of its alert; and whoever delivers it asks nobody either."""

    @contextmanager
    def both() -> Iterator[None]:
        with (
            instead(begin_delivery, "why_over", lambda *_: None),
            instead(slice_run, "why_over", lambda *_: None),
        ):
            yield

    return both()


def found_by_every_query() -> AbstractContextManager[None]:
    """Whoever several queries of a plan find is delivered by each of them."""
    return instead(CodesMatch, "_first_found", lambda self, entries, code: [True] * len(entries))


def codes_of_the_plan_forgotten() -> AbstractContextManager[None]:
    """A worker asks the codes of the parts where the plan asked finer ones."""
    match_of = vars(slice_batches)["match_of"]
    return instead(slice_batches, "match_of", lambda area, parts, units, codes: match_of(area, parts, units))


def index_in_one_pass() -> AbstractContextManager[None]:
    """Whoever has written the index does not look whether it still says what the documents say."""

    def once(uid: str, residents: Any, audience: Any, boundaries: Any, reachable: Any) -> None:
        state = audience.state(uid)
        resident, tokens = residents.read(uid)
        real._erase_points(resident, residents, tokens)
        entries = real.index_entries(resident, boundaries, reachable)
        if not real._agree(state, entries):
            audience.commit(uid, entries, real.index_state(entries), state)

    return instead(index_life, "index_resident", once)


def point_erased_without_precondition() -> AbstractContextManager[None]:
    """A place keeps the cell of the point that was read, whatever the app wrote since."""
    replace_point = index_life.Documents.replace_point

    def always(self: index_life.Documents, uid: str, place: str, cell: str, token: object) -> None:
        known = self.places.get(place)
        replace_point(self, uid, place, cell, known[1] if known else token)

    return instead(index_life.Documents, "replace_point", always)


def ledgers_read_at_once() -> AbstractContextManager[None]:
    """What follows a message does not wait until nobody more is sent it."""
    return instead(deliver_slice, "is_settled", lambda *_: True)


def doubt_forgotten() -> AbstractContextManager[None]:
    """Whoever ends the slice of a dead worker does not put down whom that one may have told."""

    @contextmanager
    def everywhere() -> Iterator[None]:
        with (
            instead(deliver_slice, "left_in_doubt", lambda part: False),
            instead(resume_slices, "left_in_doubt", lambda part: False),
        ):
            yield

    return everywhere()


def newest_ledger_alone() -> AbstractContextManager[None]:
    """Only who was sent the last message hears of the next."""
    told_before = vars(start_alert)["told_before"]
    return instead(start_alert, "told_before", lambda ports, alert: told_before(ports, alert)[:1])


def the_end_told_to_the_area() -> AbstractContextManager[None]:
    """Corrections and all-clears go to whoever is in the area as well."""
    return instead(begin_delivery, "is_for_the_area", lambda alert, delivery: True)


def newcomers_forgotten() -> AbstractContextManager[None]:
    """An update goes to who was sent the message before, and to nobody else."""
    return instead(begin_delivery, "is_for_the_area", lambda alert, delivery: not delivery.recipients_of)


def told_by_area_and_ledger() -> AbstractContextManager[None]:
    """Of an update those in the area hear from its own slices and from those of the ledger."""
    return instead(slice_batches, "judge_of", lambda alert, match: lambda entry, released: Telling.WHOLE)


def released_forgotten() -> AbstractContextManager[None]:
    """Whoever was told that it no longer concerns them is told the next update again."""
    lines = vars(read_told)["_lines"]
    return instead(
        read_told, "_lines", lambda wave, channel: ((entry, False) for entry, _ in lines(wave, channel))
    )


def only_by_the_place_told() -> AbstractContextManager[None]:
    """Whoever has left the place that they were told for is not looked for at another."""
    return instead(Audience, "of", lambda self, uid, read_time: [])


BUGS: Mapping[str, Bug] = {
    bug.__name__: bug
    for bug in (
        save_without_precondition,
        replace_without_precondition,
        start_without_precondition,
        claim_without_lease,
        lease_not_renewed,
        deadline_forgotten,
        cursor_before_send,
        no_look_before_a_wave,
        attempt_not_raised,
        name_without_attempt,
        one_slice_too_early,
        second_round_at_once,
        plan_in_two_commits,
        retry_forgotten,
        planned_not_looked_after,
        task_before_document,
        stopped_is_forgotten,
        cancelled_is_not_asked,
        found_by_every_query,
        codes_of_the_plan_forgotten,
        index_in_one_pass,
        point_erased_without_precondition,
        ledgers_read_at_once,
        doubt_forgotten,
        newest_ledger_alone,
        the_end_told_to_the_area,
        newcomers_forgotten,
        told_by_area_and_ledger,
        released_forgotten,
        only_by_the_place_told,
    )
}
