"""The rolling comparison of residents with the index, and the end of devices that nobody uses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.errors import Conflict
from shared.services.audience.index_resident import index_resident
from shared.services.sweep.sweep_ports import Limits
from tests.fakes.municipalities import CENTRE
from tests.fakes.reachable import has_device
from tests.services.sweep_world import MINUTE, SweptWorld, repaired

IDLE = timedelta(days=270)
PEOPLE = [f"uid-{number:02}" for number in range(25)]


@pytest.fixture
def world():
    """Walks through all ten times as fast as usual."""
    return SweptWorld(limits=Limits(residents=10, entries=10))


def sign_up(world, uid, indexed=True):
    world.residents.write_resident(uid, "pl")
    world.residents.write_place(uid, "1", point=CENTRE)
    world.residents.write_device(uid, "1", f"phone-{uid}")
    if indexed:
        index(world, uid)


def index(world, uid):
    index_resident(uid, world.residents, world.audience, world.municipalities, has_device)


def test_residents_whose_events_were_lost_are_all_indexed_in_time(world):
    for uid in PEOPLE:
        sign_up(world, uid, indexed=False)
    reports = world.live(2 * MINUTE)
    assert sorted(world.audience.documents) == [f"{uid}.1" for uid in PEOPLE]
    assert repaired(reports, "indexed") == len(PEOPLE)
    assert world.residents.points(PEOPLE[0]) == 0


def test_what_was_written_is_compared_step_by_step_and_once():
    world = SweptWorld(limits=Limits(residents=0, entries=0, changed=10))
    for uid in PEOPLE:
        sign_up(world, uid, indexed=False)
    reports = world.live(6 * MINUTE)
    assert [report.steps["indexed"].acted for report in reports] == [0, 10, 10, 5, 0, 0]
    assert [report.steps["indexed"].looked for report in reports][-2:] == [0, 0]


def test_what_is_remembered_of_the_walk_names_nobody_once_it_is_done():
    """Who leaves later must not stand in a cursor for as long as nobody else writes."""
    world = SweptWorld(limits=Limits(residents=0, entries=0, changed=10))
    for uid in PEOPLE:
        sign_up(world, uid)
    world.live(6 * MINUTE)
    changed = [text for name, text in world.cursors.positions.items() if name.startswith("changed-")]
    assert len(changed) == 3
    assert [uid for uid in PEOPLE if any(uid in text for text in changed)] == []


def test_what_is_written_again_is_compared_again():
    world = SweptWorld(limits=Limits(residents=0, entries=0))
    sign_up(world, "ann")
    world.live(3 * MINUTE)
    world.residents.write_place("ann", "2", point=CENTRE)
    world.walk.written["ann", "2"] = world.clock.now()
    reports = world.live(3 * MINUTE)
    assert repaired(reports, "indexed") == 1
    assert "ann.2" in world.audience.documents


def test_an_index_of_another_form_is_compared_with_everybody(monkeypatch):
    world = SweptWorld(limits=Limits(residents=0, entries=0))
    for uid in PEOPLE:
        sign_up(world, uid)
    world.live(3 * MINUTE)
    monkeypatch.setattr("shared.services.sweep.index_residents.index_form", lambda: "another")
    assert world.sweep().steps["indexed"].looked >= len(PEOPLE)


def test_a_week_is_enough_for_a_large_city():
    runs = timedelta(days=7) // MINUTE
    assert Limits().changed * runs >= 1_800_000


def test_the_walk_begins_again_at_its_end(world):
    for uid in PEOPLE:
        sign_up(world, uid)
    assert repaired(world.live(3 * MINUTE), "indexed") == 0
    world.residents.delete_place(PEOPLE[0], "1")
    world.live(6 * MINUTE)
    assert f"{PEOPLE[0]}.1" not in world.audience.documents


@pytest.mark.parametrize("place", ["1", "8"])
def test_an_entry_of_a_resident_who_is_gone_is_found(world, place):
    for uid in PEOPLE:
        sign_up(world, uid)
    world.residents.write_place(PEOPLE[20], place, point=CENTRE)
    index(world, PEOPLE[20])
    del world.residents.documents[PEOPLE[20]]
    reports = world.live(8 * MINUTE)
    assert not [key for key in world.audience.documents if key.startswith(PEOPLE[20])]
    assert repaired(reports, "indexed") == 1


def test_uids_that_begin_alike_are_kept_apart(world):
    for uid in ("ab", "ab-", "ab-c", "abc"):
        sign_up(world, uid)
    world.residents.delete_resident("ab-")
    world.live(2 * MINUTE)
    assert sorted(world.audience.documents) == ["ab-c.1", "ab.1", "abc.1"]


def test_one_who_cannot_be_indexed_keeps_nobody(world, monkeypatch):
    for uid in PEOPLE:
        sign_up(world, uid, indexed=False)
    read = world.residents.read

    def broken(uid):
        if uid == PEOPLE[3]:
            raise ValueError("an unreadable document")
        return read(uid)

    monkeypatch.setattr(world.residents, "read", broken)
    reports = world.live(3 * MINUTE)
    assert len(world.audience.documents) == len(PEOPLE) - 1
    assert sum(report.steps["indexed"].failed for report in reports) >= 1


def test_what_the_time_was_too_short_for_is_next(world):
    for uid in PEOPLE:
        sign_up(world, uid, indexed=False)
    read = world.residents.read

    def slowly(uid):
        world.clock.advance(timedelta(seconds=15))
        return read(uid)

    world.residents.read = slowly
    world.live(30 * MINUTE)
    assert len(world.audience.documents) == len(PEOPLE)


def test_a_device_unheard_of_for_270_days_is_pruned_and_leaves_the_index(world):
    sign_up(world, "ann")
    world.walk.written["ann", "1"] = world.clock.now() - IDLE - timedelta(seconds=1)
    report = world.sweep()
    assert (report.steps["pruned"].acted, report.repaired) == (1, 0)
    assert not world.residents.documents["ann"].devices
    world.live(3 * MINUTE)
    assert not world.audience.documents


DAY = timedelta(days=1)


def warned(world: SweptWorld, days: int) -> int:
    """How often the phones are warned while so many days go by, a run every six hours."""
    times = 0
    for _ in range(4 * days):
        times += world.sweep().steps["warned"].acted
        world.clock.advance(timedelta(hours=6))
    return times


def test_a_device_is_warned_twice_before_it_is_forgotten(world):
    for uid in ("ann", "bob"):
        sign_up(world, uid)
        world.walk.written[uid, "1"] = world.clock.now() - 239 * DAY
    assert warned(world, 3) == 2
    assert warned(world, 10) == 0
    assert warned(world, 10) == 2
    assert warned(world, 10) == 0
    assert not world.audience.documents


def test_one_that_writes_after_the_warning_goes_on_and_is_warned_no_more(world):
    sign_up(world, "ann")
    world.walk.written["ann", "1"] = world.clock.now() - 239 * DAY
    assert warned(world, 3) == 1
    world.walk.written["ann", "1"] = world.clock.now()
    assert warned(world, 60) == 0
    assert world.audience.documents


def test_who_was_quiet_already_when_warnings_began_is_warned_too(world):
    sign_up(world, "ann")
    world.walk.written["ann", "1"] = world.clock.now() - 260 * DAY
    assert world.sweep().steps["warned"].acted == 2  # of both spans; one tag


def test_one_heard_of_a_day_before_stays(world):
    sign_up(world, "ann")
    world.walk.written["ann", "1"] = world.clock.now() - IDLE + timedelta(days=1)
    world.sweep()
    assert world.residents.documents["ann"].devices


def test_one_that_was_just_written_again_stays(world, monkeypatch):
    sign_up(world, "ann")
    world.walk.written["ann", "1"] = world.clock.now() - IDLE - MINUTE
    clear = world.walk.clear

    def overtaken(device):
        world.walk.written["ann", "1"] = world.clock.now()
        clear(device)

    monkeypatch.setattr(world.walk, "clear", overtaken)
    report = world.sweep()
    assert (report.steps["pruned"].acted, report.failed) == (0, 0)
    assert world.residents.documents["ann"].devices


def test_a_run_prunes_no_more_than_allowed():
    world = SweptWorld()
    world = SweptWorld(limits=replace(world.limits, devices=3))
    for uid in PEOPLE[:5]:
        sign_up(world, uid)
        world.walk.written[uid, "1"] = world.clock.now() - IDLE - MINUTE
    assert [report.steps["pruned"].acted for report in world.live(3 * MINUTE)] == [3, 2, 0]


def test_a_conflict_is_left_to_whoever_was_first(world, monkeypatch):
    sign_up(world, "ann", indexed=False)

    def refused(*_):
        raise Conflict

    monkeypatch.setattr(world.audience, "commit", refused)
    assert world.sweep().failed == 0


def test_a_place_whose_time_is_over_is_deleted_and_leaves_the_index(world):
    sign_up(world, "ann")
    world.residents.write_place("ann", "2", point=CENTRE, until=world.clock.now() + MINUTE)
    index(world, "ann")
    reports = world.live(3 * MINUTE)
    assert sorted(world.residents.documents["ann"].places) == ["1"]
    assert sorted(world.audience.documents) == ["ann.1"]
    assert repaired(reports, "ended") == 1


def test_a_place_that_goes_on_at_this_moment_stays(world, monkeypatch):
    sign_up(world, "ann")
    world.residents.write_place("ann", "2", point=CENTRE, until=world.clock.now())
    clear = world.walk.clear

    def overtaken(place):
        world.residents.write_place("ann", "2", point=CENTRE, until=world.clock.now() + IDLE)
        clear(place)

    monkeypatch.setattr(world.walk, "clear", overtaken)
    assert world.sweep().failed == 0
    assert "2" in world.residents.documents["ann"].places


def quiet_since(world, uid, span, device=None):
    sign_up(world, uid)
    world.walk.written[uid, ""] = world.clock.now() - span
    world.walk.written[uid, "1"] = world.clock.now() - (span if device is None else device)


def test_a_resident_unheard_of_for_270_days_is_removed_whole(world):
    quiet_since(world, "ann", IDLE + MINUTE)
    assert world.sweep().steps["removed"].acted == 1
    assert "ann" not in world.residents.documents
    world.live(2 * MINUTE)
    assert not world.audience.documents


@pytest.mark.parametrize(("own", "device"), [(timedelta(1), IDLE * 2), (IDLE * 2, timedelta(1))])
def test_one_whose_app_wrote_anything_since_stays(world, own, device):
    quiet_since(world, "ann", own, device)
    assert repaired(world.live(3 * MINUTE), "removed") == 0
    assert world.residents.documents["ann"].places


def test_those_who_only_write_their_device_do_not_hide_the_idle(world):
    for uid in PEOPLE:
        quiet_since(world, uid, IDLE * 3, timedelta(1))
    quiet_since(world, "zoe", IDLE * 2)
    assert repaired(world.live(4 * MINUTE), "removed") == 1
    assert "zoe" not in world.residents.documents
