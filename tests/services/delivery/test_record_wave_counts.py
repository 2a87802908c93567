"""The phones of a slice by platform and place agree with its totals, whatever becomes of each push."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.push.outcome import Outcome
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.delivery import Handed, Slice
from shared.domain.wave import Recipient, Unheard
from shared.geo.cells import cell_of
from shared.geo.coarse import coarser
from shared.services.delivery.read_waves import Batch
from shared.services.delivery.record_wave import after_wave, stopped

HERE, THERE = cell_of(49.83, 19.94), cell_of(49.90, 20.05)
PART = Slice(0, (), 100)
OUTCOMES = st.sampled_from(list(Outcome))


def push(uid, platform=Platform.ANDROID, cell=HERE):
    phone = Device("1", platform, Target("token", uid))
    return Recipient(AudienceEntry(uid, "1", cell, None, "pl", (phone,), (Sibling("1", cell),)), phone)


def sent(part, outcomes, retried=(), last=False):
    """`outcomes`: of each push; a retried key without a push is gone."""
    keys = dict.fromkeys(retried, Unheard.GONE) | {one.key: end for one, end in outcomes.items()}
    return after_wave(part, Batch(list(outcomes), None, tuple(retried), last), keys, retry_limit=1)


def test_phones_are_counted_by_platform():
    part = sent(
        PART,
        {
            push("u1"): Outcome.ACCEPTED,
            push("u2"): Outcome.UNREGISTERED,
            push("u3", Platform.IOS): Outcome.ACCEPTED,
            push("u4", Platform.WEB): Outcome.UNAVAILABLE,
        },
    )
    assert part.kinds == {
        "android": Handed(targeted=2, accepted=1, failed=1, residents=2),
        "ios": Handed(targeted=1, accepted=1, residents=1),
        "web": Handed(targeted=1, residents=1),
    }


def test_accepted_phones_are_counted_by_place():
    part = sent(PART, {push("u1"): Outcome.ACCEPTED, push("u2", cell=THERE): Outcome.ACCEPTED})
    part = sent(part, {push("u3"): Outcome.ACCEPTED, push("u4"): Outcome.BAD_TARGET})
    assert part.places == {coarser(HERE, 7): 2, coarser(THERE, 7): 1}


def test_a_retried_phone_is_targeted_once():
    late = push("u1", Platform.IOS)
    part = sent(PART, {late: Outcome.UNAVAILABLE}, last=True)
    part = sent(part, {late: Outcome.ACCEPTED}, retried=[late.key])
    assert part.kinds == {"ios": Handed(targeted=1, accepted=1, residents=1)}


def test_a_phone_that_is_gone_when_retried_failed_on_its_platform():
    gone, there = push("u1", Platform.IOS), push("u2", Platform.WEB)
    part = sent(PART, {gone: Outcome.UNAVAILABLE, there: Outcome.UNAVAILABLE}, last=True)
    part = sent(part, {there: Outcome.ACCEPTED}, retried=[gone.key, there.key])
    assert part.done
    assert (part.kinds["ios"].failed, part.kinds["ios"].accepted) == (1, 0)
    assert (part.kinds["web"].failed, part.kinds["web"].accepted) == (0, 1)


def test_what_a_stopped_slice_gives_up_failed_on_its_platform():
    part = sent(PART, {push("u1", Platform.IOS): Outcome.UNAVAILABLE, push("u2"): Outcome.ACCEPTED})
    ended = stopped(part, "cancelled")
    assert (ended.kinds["ios"].failed, ended.kinds["android"].failed) == (1, 0)


@given(
    st.lists(st.lists(st.tuples(st.sampled_from(Platform), OUTCOMES), min_size=1, max_size=6), max_size=4),
    st.lists(st.one_of(OUTCOMES, st.none()), min_size=24, max_size=24),
    st.booleans(),
)
def test_of_a_slice_that_is_done_platforms_and_places_add_up(waves, again, cancelled):
    """`again`: how the retry of a phone ends, None when it is gone."""
    part = PART
    phones: dict[str, Recipient] = {}
    for number, wave in enumerate(waves):
        outcomes = {push(f"u{number}-{i}", platform): end for i, (platform, end) in enumerate(wave)}
        phones |= {one.key: one for one in outcomes}
        part = sent(part, outcomes, last=number == len(waves) - 1)
    if cancelled:
        part = stopped(part, "cancelled")
    while part.retry:
        ends = dict(zip(part.retry, again, strict=False))
        tried = {phones[key]: end for key, end in ends.items() if end is not None}
        part = sent(replace(part, retries=part.retries + 1), tried, retried=part.retry)
    totals = [part.devices, part.accepted, sum(part.failed.values())]
    assert [
        sum(handed.targeted for handed in part.kinds.values()),
        sum(handed.accepted for handed in part.kinds.values()),
        sum(handed.failed for handed in part.kinds.values()),
    ] == totals
    assert sum(part.places.values()) == part.accepted


def test_a_resident_with_many_phones_is_one():
    phones = tuple(Device(str(number), Platform.IOS, Target("token", f"t{number}")) for number in range(1, 9))
    entry = AudienceEntry("ann", "1", HERE, None, "pl", phones, (Sibling("1", HERE),))
    part = sent(PART, {Recipient(entry, phone): Outcome.ACCEPTED for phone in phones})
    assert (part.devices, part.residents, part.homes) == (8, 1, {coarser(HERE, 7): 1})
    assert part.kinds == {"ios": Handed(targeted=8, accepted=8, residents=1)}


def test_who_is_tried_again_is_counted_once():
    late = push("u1")
    part = sent(PART, {late: Outcome.UNAVAILABLE}, last=True)
    again = sent(part, {late: Outcome.ACCEPTED}, retried=[late.key])
    assert (again.residents, again.homes) == (part.residents, part.homes) == (1, {coarser(HERE, 7): 1})


@pytest.mark.parametrize("platform", Platform)
def test_platforms_are_named_as_documents_name_them(platform):
    assert list(sent(PART, {push("u1", platform): Outcome.ACCEPTED}).kinds) == [platform.value]
