"""The shares of FCM's quota that are declared: together below it, each enough for its waves."""

from __future__ import annotations

import re

from infra.deployment import Function, load
from shared.ports import Pace
from shared.services.delivery.slice_run import RENEWAL_SHARE, SENDING_SHARE

FCM_QUOTA = 600_000  # messages a minute and project; Firebase docs, "Throttling and quotas"
OURS = 570_000  # the rest is for a new instance that takes the place of one that died within a minute
WORKERS = re.compile("start_|deliver_")


def share(function: Function) -> float:
    """The most that all instances of a function can send within any minute."""
    return (function.instances or 0) * (float(function.env["PUSH_BURST"]) + 60 * rate(function))


def rate(function: Function) -> float:
    return float(function.env["PUSHES_PER_SECOND"])


def senders() -> dict[str, Function]:
    return {name: function for name, function in load().functions.items() if WORKERS.match(name)}


def test_every_function_that_sends_has_a_share_and_a_limit_of_instances():
    lacking = {name for name, function in senders().items() if not (function.instances and function.env)}
    assert not lacking


def test_no_other_function_has_a_share():
    others = [function for name, function in load().functions.items() if not WORKERS.match(name)]
    assert not any("PUSHES_PER_SECOND" in function.env for function in others)


def test_a_sender_works_on_one_request_at_a_time():
    """Two at once would share an instance's bucket, and a wave could take twice its time."""
    assert {function.concurrency for function in senders().values()} == {1}


def test_all_instances_together_stay_below_fcms_quota():
    assert sum(map(share, senders().values())) <= OURS < FCM_QUOTA


def test_urgent_alerts_have_the_larger_share_of_starting_and_of_delivering():
    workers = senders()
    assert share(workers["start_urgent"]) > share(workers["start_alert"])
    assert share(workers["deliver_urgent"]) > share(workers["deliver_slice"])


def test_a_wave_at_the_sustained_rate_fits_twice_into_what_its_lease_leaves_for_sending():
    """A wave begins after at most RENEWAL_SHARE of the lease and ends at SENDING_SHARE of it."""
    pace = Pace()
    left = (SENDING_SHARE - RENEWAL_SHARE) * pace.lease.total_seconds()
    assert all(2 * pace.wave / rate(function) <= left for function in senders().values())


def test_the_plan_of_large_alerts_counts_on_what_the_workers_may_send():
    pace, workers = Pace(), senders()
    usual, urgent = workers["deliver_slice"], workers["deliver_urgent"]
    assert (usual.instances, urgent.instances) == (pace.workers, pace.workers)
    assert (pace.rate, pace.rate_urgent) == (pace.workers * rate(usual), pace.workers * rate(urgent))


def test_no_queue_sends_more_requests_than_its_function_has_instances():
    """The rest would be answered 429 by Cloud Run, and Cloud Tasks would slow the whole queue down."""
    declared = load()
    for function in senders().values():
        queue = declared.queues[function.trigger.queue or ""]
        assert queue.concurrency == function.instances
