"""Who gets an alert and who hears it: severities, exercises, the clock in Poland on every kind of night."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from infra.local.processes import ROOT
from shared.domain.alert import Category, Severity
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours, rings, wants
from tests.fakes.alert_values import content

NIGHT = QuietHours(time(22), time(6))
AFTERNOON = QuietHours(time(13), time(15, 30))
QUIET = Preferences(quiet=NIGHT)
AT_NIGHT = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)  # 02:10 in Poland
BY_DAY = datetime(2026, 11, 22, 11, tzinfo=UTC)
DOWN = [Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR]


def poland(text: str, offset: int) -> datetime:
    """The instant at which the clocks in Poland show this, `offset` hours ahead of UTC."""
    return datetime.fromisoformat(f"{text}+0{offset}:00")


# ---- Who gets it


@pytest.mark.parametrize(("category", "severity"), list(product(Category, Severity)))
@pytest.mark.parametrize("exercise", [False, True])
def test_who_asked_for_nothing_gets_everything(category, severity, exercise):
    assert wants(NO_PREFERENCES, content(category=category, severity=severity, exercise=exercise))


@pytest.mark.parametrize("severity", [Severity.SEVERE, Severity.MODERATE, Severity.MINOR])
def test_a_muted_category_is_not_sent_and_the_others_are(severity):
    deaf = Preferences(muted=frozenset({Category.EVENT}))
    sent = {category for category in Category if wants(deaf, content(category=category, severity=severity))}
    assert sent == set(Category) - {Category.EVENT}


@pytest.mark.parametrize(("muted", "sent"), [("warning", False), ("black_ice", False), ("failure", True)])
def test_a_category_of_a_later_release_is_muted_by_its_group_or_by_its_name(muted, sent):
    later = content(category=Category.read("black_ice", "warning"))
    assert wants(Preferences(muted=frozenset({Category(muted)})), later) is sent


def test_a_severity_of_a_later_release_is_sent_and_heard_at_night():
    later = content(severity=Severity("Catastrophic"))
    asked = Preferences(least=Severity.EXTREME, quiet=NIGHT)
    assert wants(asked, later)
    assert rings(asked, later, datetime(2026, 11, 22, 2, tzinfo=UTC))


def test_a_category_of_which_nobody_told_the_group_is_sent():
    assert wants(Preferences(muted=frozenset(Category)), content(category=Category("black_ice")))


@pytest.mark.parametrize("least", Severity)
def test_nothing_below_the_least_severity_is_sent(least):
    choosy = Preferences(least=least)
    sent = [severity for severity in DOWN if wants(choosy, content(severity=severity))]
    assert sent == DOWN[: DOWN.index(least) + 1]


@pytest.mark.parametrize("category", Category)
def test_an_extreme_alert_cannot_be_muted(category):
    deaf = Preferences(muted=frozenset(Category), least=Severity.EXTREME, quiet=NIGHT)
    assert wants(deaf, content(category=category, severity=Severity.EXTREME))


def test_an_exercise_of_an_extreme_alert_can_be_muted():
    drill = content(category=Category.WARNING, severity=Severity.EXTREME, exercise=True)
    assert not wants(Preferences(muted=frozenset({Category.WARNING})), drill)
    assert wants(Preferences(least=Severity.EXTREME), drill)


# ---- Who hears it


@pytest.mark.parametrize(
    ("severity", "exercise", "heard"),
    [
        (Severity.EXTREME, False, True),
        (Severity.SEVERE, False, True),
        (Severity.MODERATE, False, False),
        (Severity.MINOR, False, False),
        (Severity.EXTREME, True, False),
        (Severity.SEVERE, True, False),
    ],
)
def test_quiet_hours_are_broken_by_what_is_severe_and_meant(severity, exercise, heard):
    assert rings(QUIET, content(severity=severity, exercise=exercise), AT_NIGHT) is heard


def test_outside_quiet_hours_everything_is_heard():
    assert rings(QUIET, content(severity=Severity.MINOR), BY_DAY)


def test_without_quiet_hours_everything_is_heard_at_night():
    assert rings(NO_PREFERENCES, content(severity=Severity.MINOR), AT_NIGHT)


@pytest.mark.parametrize("severity", Severity)
def test_until_the_authors_hour_nobody_hears_it_whatever_its_severity(severity):
    later = content(severity=severity, sound_at=AT_NIGHT)
    assert not rings(NO_PREFERENCES, later, AT_NIGHT - timedelta(microseconds=1))
    assert rings(NO_PREFERENCES, later, AT_NIGHT)


def test_from_the_authors_hour_on_quiet_hours_still_hold():
    later = content(severity=Severity.MODERATE, sound_at=AT_NIGHT)
    assert not rings(QUIET, later, AT_NIGHT)


# ---- The clock


def test_the_clock_in_poland_is_known_on_an_image_that_brings_no_time_zones():
    """By the package tzdata: zoneinfo is told that the system has none."""
    code = "from shared.domain.preferences import LOCAL; print(LOCAL.key)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "Europe/Warsaw", run.stderr


@pytest.mark.parametrize(
    ("hours", "clock", "quiet"),
    [
        (NIGHT, "21:59:59.999999", False),
        (NIGHT, "22:00", True),
        (NIGHT, "23:59:59.999999", True),
        (NIGHT, "00:00", True),
        (NIGHT, "05:59:59.999999", True),
        (NIGHT, "06:00", False),
        (NIGHT, "12:00", False),
        (AFTERNOON, "12:59:59", False),
        (AFTERNOON, "13:00", True),
        (AFTERNOON, "15:29:59", True),
        (AFTERNOON, "15:30", False),
        (AFTERNOON, "02:00", False),
        (QuietHours(time(0), time(6)), "23:59:59", False),
        (QuietHours(time(0), time(6)), "00:00", True),
        (QuietHours(time(22), time(0)), "23:59:59", True),
        (QuietHours(time(22), time(0)), "00:00", False),
        (QuietHours(time(0), time(23, 59)), "23:58:59", True),
        (QuietHours(time(0), time(23, 59)), "23:59", False),
        (QuietHours(time(6), time(6)), "06:00", False),
        (QuietHours(time(6), time(6)), "12:00", False),
    ],
)
@pytest.mark.parametrize(("day", "offset"), [("2026-01-15", 1), ("2026-07-15", 2)], ids=["winter", "summer"])
def test_the_first_minute_is_quiet_and_the_last_is_not(hours, clock, quiet, day, offset):
    assert hours.include(poland(f"{day}T{clock}", offset)) is quiet


@pytest.mark.parametrize("clock_of_the_server", [UTC, None], ids=["UTC", "local"])
def test_the_same_instant_is_quiet_in_whatever_zone_it_is_given(clock_of_the_server):
    assert NIGHT.include(AT_NIGHT.astimezone(clock_of_the_server))


def minutes_quiet(hours: QuietHours, noon: datetime) -> int:
    """In the 24 hours of elapsed time from `noon` on."""
    return sum(hours.include(noon + timedelta(minutes=minute)) for minute in range(24 * 60))


@pytest.mark.parametrize(
    ("evening", "hours"),
    [("2026-11-21", 8), ("2027-03-27", 7), ("2026-10-24", 9)],
    ids=["any night", "the hour that is left out", "the hour that comes twice"],
)
def test_a_night_lasts_as_long_as_the_clocks_say(evening, hours):
    assert minutes_quiet(NIGHT, datetime.fromisoformat(f"{evening}T11:00:00+00:00")) == hours * 60


@pytest.mark.parametrize(
    ("clock", "offset", "quiet"),
    [
        ("01:59:59", 2, False),
        ("02:00", 2, True),
        ("02:29", 2, True),
        ("02:30", 2, False),
        ("02:00", 1, True),
        ("02:29", 1, True),
        ("02:30", 1, False),
        ("03:00", 1, False),
    ],
)
def test_quiet_hours_within_the_hour_that_comes_twice_come_twice(clock, offset, quiet):
    """As the clock on the wall says it; the sleeper has it quiet once more rather than once less."""
    hours = QuietHours(time(2), time(2, 30))
    assert hours.include(poland(f"2026-10-25T{clock}", offset)) is quiet


def test_quiet_hours_within_the_hour_that_is_left_out_do_not_come():
    assert minutes_quiet(QuietHours(time(2), time(3)), datetime(2027, 3, 27, 11, tzinfo=UTC)) == 0


def test_quiet_hours_that_begin_in_the_hour_that_is_left_out_begin_after_it():
    hours = QuietHours(time(2, 30), time(4))
    assert not hours.include(poland("2027-03-28T01:59", 1))
    assert hours.include(poland("2027-03-28T03:00", 2))
    assert not hours.include(poland("2027-03-28T04:00", 2))
