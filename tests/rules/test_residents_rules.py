"""Residents write their own documents, in the shapes of docs/app-developers.md, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.rules.firestore_json import SERVER_TIME

pytestmark = pytest.mark.emulator

ME = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
RESIDENT = {"language": "pl", "updated": SERVER_TIME}
CELL_PLACE = {"label": "Dom", "cell": "8d1e2adb5a1d93f", "updated": SERVER_TIME}
POINT_PLACE = {
    "label": "Dom",
    "point": {"latitude": 49.834, "longitude": 19.938},
    "accuracy": 12.5,
    "updated": SERVER_TIME,
}
DEVICE = {
    "platform": "android",
    "target": {"kind": "token", "value": "fcm-registration-token"},
    "updated": SERVER_TIME,
}
ADDRESS = {"terc": "1209033", "locality": "0951617", "street": "0951617:01014", "number": "12A/3"}
PICKED_PLACE = CELL_PLACE | {"codes": ADDRESS}
VILLAGE = {"label": "", "whole": {"level": "locality", "code": "0327340"}, "updated": SERVER_TIME}
OWN = {
    f"residents/{ME}": RESIDENT,
    f"residents/{ME}/places/2": PICKED_PLACE,
    f"residents/{ME}/places/3": VILLAGE,
    f"residents/{ME}/places/1": CELL_PLACE,
    f"residents/{ME}/places/8": POINT_PLACE,
    f"residents/{ME}/devices/1": DEVICE,
    f"residents/{ME}/devices/8": DEVICE,
}
YESTERDAY = datetime(2026, 11, 21, tzinfo=UTC)
NOW = datetime.now(UTC).replace(microsecond=0)
MISSING = object()


def but(document, **changes):
    """The document with fields changed, added, or taken away (MISSING)."""
    return {name: value for name, value in {**document, **changes}.items() if value is not MISSING}


def point(latitude, longitude):
    return but(POINT_PLACE, point={"latitude": latitude, "longitude": longitude})


def codes(**changes):
    return but(PICKED_PLACE, codes=but(ADDRESS, **changes))


def whole(**changes):
    return but(VILLAGE, whole=but(VILLAGE["whole"], **changes))


def target(**changes):
    return but(DEVICE, target=but(DEVICE["target"], **changes))


@pytest.mark.parametrize("path", OWN)
@pytest.mark.parametrize("provider", ["anonymous", "password", "google.com"])
def test_a_resident_writes_reads_changes_and_deletes_their_own(as_user, path, provider):
    me = as_user(ME, firebase={"sign_in_provider": provider})
    assert me.set(path, OWN[path])
    assert me.get(path)
    assert me.set(path, OWN[path])
    assert me.delete(path)


@pytest.mark.parametrize("path", OWN)
def test_nobody_else_reads_writes_or_deletes_it(as_user, signed_out, path):
    assert as_user(ME).set(path, OWN[path])
    for stranger in (as_user("someone-else"), signed_out):
        assert not stranger.get(path)
        assert not stranger.set(path, OWN[path])
        assert not stranger.delete(path)


@pytest.mark.parametrize("kind", ["places", "devices"])
def test_only_the_owner_lists_what_they_wrote(as_user, signed_out, kind):
    assert as_user(ME).list(f"residents/{ME}/{kind}")
    assert not as_user("someone-else").list(f"residents/{ME}/{kind}")
    assert not signed_out.list(f"residents/{ME}/{kind}")


def test_nobody_lists_the_residents(as_user):
    assert not as_user(ME).list("residents")


@pytest.mark.parametrize("uid", ["a.1", "a b", "zażółć", "x" * 129])
def test_a_uid_that_would_not_fit_into_ids_owns_nothing(as_user, uid):
    assert not as_user(uid).set(f"residents/{uid}", RESIDENT)


@pytest.mark.parametrize("slot", ["0", "9", "10", "11", "01", "-1", "a", "1.received"])
@pytest.mark.parametrize(("kind", "document"), [("places", CELL_PLACE), ("devices", DEVICE)])
def test_there_are_eight_slots(as_user, kind, document, slot):
    assert not as_user(ME).set(f"residents/{ME}/{kind}/{slot}", document)


def hours(begins="22:00", ends="06:00", **more):
    return but(RESIDENT, quiet_hours=but({"from": begins, "to": ends}, **more))


ACCEPTED = [
    but(RESIDENT, language="en"),
    but(RESIDENT, language="uk"),
    but(RESIDENT, muted=[]),
    but(RESIDENT, muted=["event"]),
    but(RESIDENT, muted=["disruption", "event", "failure", "warning"]),
    but(RESIDENT, least_severity="Minor"),
    but(RESIDENT, least_severity="Moderate"),
    but(RESIDENT, least_severity="Severe"),
    but(RESIDENT, least_severity="Extreme"),
    hours("22:00", "06:00"),
    hours("00:00", "23:59"),
    hours("23:59", "00:00"),
    hours("13:00", "15:30"),
    hours("19:09", "20:00"),
    but(hours(), muted=["event", "disruption"], least_severity="Moderate"),
    but(RESIDENT, seen=SERVER_TIME),
    but(CELL_PLACE, until=NOW + timedelta(hours=3)),
    but(CELL_PLACE, until=NOW + timedelta(days=366)),
    but(POINT_PLACE, until=NOW + timedelta(days=14)),
    but(CELL_PLACE, confirmed=SERVER_TIME),
    but(CELL_PLACE, confirmed=SERVER_TIME, until=NOW + timedelta(days=14)),
    but(CELL_PLACE, label=""),
    but(CELL_PLACE, label="Ż" * 40),
    but(CELL_PLACE, accuracy=0),
    but(CELL_PLACE, accuracy=10000),
    but(POINT_PLACE, accuracy=MISSING),
    point(49.0, 14.1),
    point(54.9, 24.2),
    point(52, 19),
    codes(street=MISSING),
    codes(number=MISSING),
    codes(street=MISSING, number=MISSING),
    codes(number="bn"),
    codes(number="1" * 20),
    but(POINT_PLACE, codes=ADDRESS),
    but(PICKED_PLACE, until=NOW + timedelta(days=14)),
    whole(level="gmina", code="1209033"),
    whole(level="gmina", code="120903"),
    but(VILLAGE, until=NOW + timedelta(days=14), confirmed=SERVER_TIME),
    but(DEVICE, platform="ios"),
    but(DEVICE, platform="web"),
    target(kind="fid"),
    target(value="v" * 4096),
]
REFUSED = [
    but(RESIDENT, language="de"),
    but(RESIDENT, language=MISSING),
    but(RESIDENT, language=1),
    but(RESIDENT, language=["pl"]),
    but(RESIDENT, updated=MISSING),
    but(RESIDENT, updated=YESTERDAY),
    but(RESIDENT, updated="2026-11-22T00:00:00Z"),
    but(RESIDENT, phone="+48123456789"),
    but(RESIDENT, muted=None),
    but(RESIDENT, muted="event"),
    but(RESIDENT, muted={"event": True}),
    but(RESIDENT, muted=["Event"]),
    but(RESIDENT, muted=["event", "storm"]),
    but(RESIDENT, muted=["event", "event"]),
    but(RESIDENT, muted=["event", 1]),
    but(RESIDENT, muted=["event", None]),
    but(RESIDENT, muted=["disruption", "event", "failure", "warning", "event"]),
    but(RESIDENT, muted=["event"] * 5),
    but(RESIDENT, muted_categories=["event"]),
    but(RESIDENT, least_severity="minor"),
    but(RESIDENT, least_severity="Unknown"),
    but(RESIDENT, least_severity=None),
    but(RESIDENT, least_severity=2),
    but(RESIDENT, least_severity=["Minor"]),
    but(RESIDENT, quiet_hours=None),
    but(RESIDENT, quiet_hours="22:00-06:00"),
    but(RESIDENT, quiet_hours=["22:00", "06:00"]),
    but(RESIDENT, quiet_hours={}),
    hours(**{"from": MISSING}),
    hours(to=MISSING),
    hours(zone="Europe/Warsaw"),
    hours("22:00", "22:00"),
    hours("24:00", "06:00"),
    hours("22:60", "06:00"),
    hours("22:00", "6:00"),
    hours("22.00", "06:00"),
    hours("22:00:00", "06:00"),
    hours("22:00", "06:00\n"),
    hours("22:00", ""),
    hours("22:00", 6),
    hours(22.5, "06:00"),
    hours(None, "06:00"),
    but(hours(), language=MISSING),
    but(hours(), updated=YESTERDAY),
    but(RESIDENT, seen=YESTERDAY),
    but(RESIDENT, seen=NOW + timedelta(days=1)),
    but(RESIDENT, seen=None),
    but(RESIDENT, seen="today"),
    but(CELL_PLACE, until=YESTERDAY),
    but(CELL_PLACE, until=SERVER_TIME),  # not after the request
    but(CELL_PLACE, until=NOW + timedelta(days=367)),
    but(CELL_PLACE, until=None),
    but(CELL_PLACE, until="2027-01-01T00:00:00Z"),
    but(CELL_PLACE, until=1798761600),
    but(CELL_PLACE, confirmed=YESTERDAY),
    but(CELL_PLACE, confirmed=NOW + timedelta(days=1)),
    but(CELL_PLACE, confirmed=None),
    but(CELL_PLACE, confirmed=True),
    but(CELL_PLACE, label=MISSING),
    but(CELL_PLACE, label="Ż" * 41),
    but(CELL_PLACE, label=7),
    but(CELL_PLACE, label=None),
    but(CELL_PLACE, cell=MISSING),
    but(CELL_PLACE, cell=None),
    but(CELL_PLACE, cell=0x8D1E2ADB5A1D93F),
    but(CELL_PLACE, cell=CELL_PLACE["cell"].upper()),
    but(CELL_PLACE, cell="8c1e2adb5a1d9ff"),  # resolution 12
    but(CELL_PLACE, cell="8d1e2adb5a1d930"),  # an unused digit that is no seven
    but(CELL_PLACE, cell="8d1e2adb5a1d93"),
    but(CELL_PLACE, cell="8d1e2adb5a1d93ff"),
    but(CELL_PLACE, cell="8d1e2adb5a1d93f\n"),
    but(CELL_PLACE, cell=""),
    but(CELL_PLACE, point=POINT_PLACE["point"]),  # both
    but(CELL_PLACE, terc="1209033"),
    but(CELL_PLACE, accuracy=-1),
    but(CELL_PLACE, accuracy=10000.5),
    but(CELL_PLACE, accuracy=float("nan")),
    but(CELL_PLACE, accuracy="12"),
    but(CELL_PLACE, accuracy=None),
    but(CELL_PLACE, updated=YESTERDAY),
    but(CELL_PLACE, updated=MISSING),
    but(POINT_PLACE, point=MISSING),
    but(POINT_PLACE, point=None),
    but(POINT_PLACE, point=[49.834, 19.938]),
    but(POINT_PLACE, point={"lat": 49.834, "lng": 19.938}),
    but(POINT_PLACE, cell=None),
    point(19.938, 49.834),  # swapped
    point(48.99, 19.938),
    point(54.91, 19.938),
    point(49.834, 14.09),
    point(49.834, 24.21),
    codes(terc=MISSING),
    codes(terc="120903"),
    codes(terc=1209033),
    codes(locality=MISSING),
    codes(locality="951617"),
    codes(locality="0951617:01014"),
    codes(street="01014"),
    codes(street="0951617:1014"),
    codes(street="0951617-01014"),
    codes(street=None),
    codes(street=["0951617:01014"]),
    codes(number=""),
    codes(number=12),
    codes(number="1" * 21),
    codes(number=None),
    codes(city="Myślenice"),
    but(PICKED_PLACE, codes=None),
    but(PICKED_PLACE, codes="0951617:01014"),
    but(PICKED_PLACE, codes={}),
    but(PICKED_PLACE, cell=MISSING),  # an address alone is no place
    but(VILLAGE, codes=ADDRESS),
    but(VILLAGE, cell=CELL_PLACE["cell"]),
    but(VILLAGE, point=POINT_PLACE["point"]),
    but(VILLAGE, whole=None),
    but(VILLAGE, whole="0327340"),
    whole(level="street", code="0951617:01014"),
    whole(level="powiat", code="1209"),
    whole(level="gmina", code="0951617:01014"),
    whole(level="gmina", code="12090"),
    whole(code="120903"),
    whole(code=327340),
    whole(code=MISSING),
    whole(level=MISSING),
    whole(name="Zawada"),
    but(DEVICE, platform="windows"),
    but(DEVICE, platform=MISSING),
    but(DEVICE, platform=None),
    but(DEVICE, target="fcm-registration-token"),
    but(DEVICE, target=MISSING),
    but(DEVICE, updated=YESTERDAY),
    but(DEVICE, updated=MISSING),
    but(DEVICE, name="Telefon"),
    target(kind="sms"),
    target(kind=MISSING),
    target(value=""),
    target(value="v" * 4097),
    target(value=1),
    target(value=MISSING),
    target(extra="x"),
]


def path_of(document):
    if {"platform", "target"} & set(document):
        return f"residents/{ME}/devices/1"
    return (
        f"residents/{ME}/places/1"
        if {"label", "cell", "point", "whole"} & set(document)
        else f"residents/{ME}"
    )


def named(document):
    """The same in every process of a run, which begin at different moments."""
    timeless = {field: "time" if isinstance(value, datetime) else value for field, value in document.items()}
    return repr(timeless)[:80]


@pytest.mark.parametrize("document", ACCEPTED, ids=named)
def test_accepted(as_user, document):
    assert as_user(ME).set(path_of(document), document)


@pytest.mark.parametrize("document", REFUSED, ids=named)
def test_refused(as_user, document):
    assert not as_user(ME).set(path_of(document), document)


@pytest.mark.parametrize("document", REFUSED, ids=named)
def test_refused_over_what_is_there(as_user, document):
    me = as_user(ME)
    path = path_of(document)
    assert me.set(path, next(good for good in OWN.values() if path_of(good) == path))
    assert not me.set(path, document)


def test_a_change_of_some_fields_must_leave_a_whole_document(as_user):
    me = as_user(ME)
    path = f"residents/{ME}/places/1"
    assert me.set(path, CELL_PLACE)
    assert me.update(path, {"label": "Praca", "updated": SERVER_TIME})
    assert not me.update(path, {"label": "Praca"})
    assert not me.update(path, {"point": POINT_PLACE["point"], "updated": SERVER_TIME})


@pytest.mark.parametrize(
    ("path", "field", "document"),
    [(f"residents/{ME}", "seen", RESIDENT), (f"residents/{ME}/places/1", "confirmed", CELL_PLACE)],
)
class TestATimeOnlyTheRequestSets:
    def test_it_may_stay_as_it_is(self, as_user, admin, path, field, document):
        me = as_user(ME)
        assert me.set(path, {**document, field: SERVER_TIME})
        written = admin.document(path).get().get(field)
        assert me.set(path, {**document, field: written})

    def test_it_may_be_set_anew_or_taken_away(self, as_user, path, field, document):
        me = as_user(ME)
        assert me.set(path, {**document, field: SERVER_TIME})
        assert me.set(path, {**document, field: SERVER_TIME})
        assert me.set(path, document)

    def test_it_cannot_be_moved(self, as_user, admin, path, field, document):
        me = as_user(ME)
        assert me.set(path, {**document, field: SERVER_TIME})
        written = admin.document(path).get().get(field)
        assert not me.set(path, {**document, field: written + timedelta(seconds=1)})
        assert not me.set(path, {**document, field: YESTERDAY})

    def test_none_can_be_made_up_where_there_was_none(self, as_user, path, field, document):
        me = as_user(ME)
        assert me.set(path, document)
        assert not me.set(path, {**document, field: YESTERDAY})


def test_a_place_below_a_place_is_nothing(as_user):
    assert not as_user(ME).set(f"residents/{ME}/places/1/places/1", CELL_PLACE)
    assert not as_user(ME).set(f"residents/{ME}/notes/1", CELL_PLACE)


PATH = f"residents/{ME}/devices/1"


@pytest.mark.parametrize("system", ["android", "ios", "other"])
def test_a_browser_says_what_it_runs_on(as_user, system):
    assert as_user(ME).set(PATH, but(DEVICE, system=system))


@pytest.mark.parametrize("system", ["", "iOS", "windows", None, 1, ["ios"]])
def test_any_other_system_is_refused(as_user, system):
    assert not as_user(ME).set(PATH, but(DEVICE, system=system))


TRIED = {**DEVICE, "trial": SERVER_TIME}


def test_a_trial_is_asked_for_and_answered(as_user):
    me = as_user(ME)
    assert me.set(PATH, DEVICE)
    assert me.update(PATH, {"trial": SERVER_TIME, "updated": SERVER_TIME})
    assert me.update(PATH, {"arrived": SERVER_TIME, "updated": SERVER_TIME})
    assert me.set(PATH, DEVICE)


def test_a_trial_is_not_asked_for_again_within_the_minute(as_user):
    me = as_user(ME)
    assert me.set(PATH, TRIED)
    assert not me.set(PATH, TRIED)
    assert not me.update(PATH, {"trial": SERVER_TIME, "updated": SERVER_TIME})


def test_a_new_push_target_waits_a_second_and_all_else_does_not(as_user, admin):
    me = as_user(ME)
    assert me.set(PATH, DEVICE)
    assert not me.set(PATH, target(value="another"))
    assert me.set(PATH, but(DEVICE, system="other"))
    admin.document(PATH).update({"updated": YESTERDAY})
    assert me.set(PATH, target(value="another"))


@pytest.mark.parametrize("field", ["trial", "arrived"])
@pytest.mark.parametrize("value", [YESTERDAY, "now", True])
def test_a_trial_has_the_servers_time_alone(as_user, field, value):
    assert not as_user(ME).set(PATH, {**DEVICE, field: value})


def test_nobody_asks_for_another_residents_trial(as_user):
    assert as_user(ME).set(PATH, DEVICE)
    assert not as_user("someone-else").update(PATH, {"trial": SERVER_TIME, "updated": SERVER_TIME})
