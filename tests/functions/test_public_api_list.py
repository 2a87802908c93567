"""A municipality's alerts as one answer for apps: which are in it, with what proof, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State, Text
from shared.domain.public_alert import Kind
from shared.errors import Unavailable
from tests.fakes.alert_values import TERC, replace
from tests.fakes.public_office import KEY, NAME, SENT, PublicOffice, municipality, published, signed
from tests.fakes.signer import SeededKey

ADDRESS = f"/alerts/{TERC}.json"
DAY = timedelta(days=1)


@pytest.fixture
def office() -> PublicOffice:
    return PublicOffice()


def ids(client, address: str = ADDRESS) -> list[str]:
    return [one["alert"] for one in client.get(address).json["alerts"]]


def over(alert_id: str, **changes):
    return signed(published(alert_id, thread=alert_id, **{"state": State.EXPIRED, **changes}))


def test_the_list_names_its_municipality_with_the_keys_and_languages(client):
    found = client.get(ADDRESS).json["municipality"]
    assert (found["terc"], found["name"], found["languages"]) == (TERC, NAME, ["pl", "en"])
    assert [key["id"] for key in found["keys"]] == [KEY.id]


def test_an_alert_stands_in_the_list_as_it_is_signed(office, client):
    office.store.put(signed(published()))
    [one] = client.get(ADDRESS).json["alerts"]
    alone = client.get("/a/a1.json").json
    assert one == {name: alone[name] for name in ("alert", "signed", "signature", "key")}


def test_what_is_in_force_is_in_the_list_however_much_was_sent_since(office, client):
    office.store.put(signed(published("old", thread="old", sent=SENT - 90 * DAY)))
    for number in range(120):
        sent = SENT + timedelta(seconds=number)
        office.store.put(signed(published(f"n{number}", thread=f"n{number}", sent=sent)))
    assert len(ids(client)) == 121
    assert ids(client)[-1] == "old"


def test_of_what_is_over_the_latest_fifty_of_a_month_are_listed(office, client):
    for number in range(60):
        office.store.put(over(f"n{number}", sent=SENT - timedelta(minutes=number)))
    office.store.put(over("ancient", sent=SENT - 31 * DAY))
    assert ids(client) == [f"n{number}" for number in range(50)]


def test_alerts_of_others_are_not_listed(office, client):
    office.store.put(signed(published("theirs", terc="9999999")))
    assert ids(client) == []


def test_what_is_cancelled_is_listed_as_cancelled(office, client):
    cancelled = replace(published(), state=State.CANCELLED, cancelled=SENT, revision=9)
    office.store.put(signed(cancelled))
    [one] = client.get(ADDRESS).json["alerts"]
    assert '"state":"cancelled"' in one["signed"]


@pytest.mark.parametrize(
    "seal",
    [
        {},
        {"signed": "{}", "signature": "A" * 86, "key": KEY.id},
        {"signed": "{", "signature": "+", "key": "nobody"},
        {"signed": None, "signature": "", "key": KEY.id},
    ],
    ids=["none", "of another text", "unreadable", "in part"],
)
@pytest.mark.parametrize("address", [ADDRESS, "/a/a1.json"])
def test_what_nothing_proves_says_apart_what_it_says(office, client, seal, address):
    """The app shows it under a warning: a municipality may have published before it had a key."""
    office.store.put(replace(published(texts={"pl": Text("Uciekaj", "Zaraz.")}), **seal))
    found = client.get(address).json
    one = found["alerts"][0] if "alerts" in found else found
    assert one["signed"] == seal.get("signed")
    assert one["unproven"]["texts"]["pl"]["title"] == "Uciekaj"
    assert one["unproven"]["alert"] == "a1"


def test_a_key_that_was_announced_a_moment_ago_is_in_the_list_at_once(office, client):
    fresh, served = SeededKey(7), office.municipalities.served
    office.municipalities.served = lambda max_age=60.0: (
        [municipality(fresh)] if max_age < 60 else served(max_age)
    )
    office.store.put(signed(published(), fresh))
    found = client.get(ADDRESS).json
    assert [key["id"] for key in found["municipality"]["keys"]] == [fresh.id]
    assert "unproven" not in found["alerts"][0]


def test_an_alert_comes_with_the_other_messages_of_its_case(office, client):
    office.store.put(signed(published()))
    office.store.put(signed(published("a2", version=2, kind=Kind.ALL_CLEAR)))
    office.store.put(signed(published("b1", thread="b1")))
    assert [one["alert"] for one in client.get("/a/a1.json").json["thread"]] == ["a2"]
    assert [one["alert"] for one in client.get("/a/a2.json").json["thread"]] == ["a1"]


def test_a_forged_message_is_in_nobodys_thread(office, client):
    office.store.put(signed(published()))
    office.store.put(signed(published("a2", version=2, kind=Kind.ALL_CLEAR), SeededKey(7)))
    assert client.get("/a/a1.json").json["thread"] == []
    assert set(ids(client)) == {"a1", "a2"}


@pytest.mark.parametrize(("error", "status"), [(Unavailable(), 503), (KeyError("x"), 500)])
def test_a_list_that_cannot_be_read_is_no_empty_list(office, client, error, status):
    office.store.fail(error)
    answer = client.get(ADDRESS)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_list_stays_the_same_until_something_changes(office, client):
    office.store.put(signed(published()))
    state = client.get(ADDRESS).headers["ETag"]
    office.clock.advance(timedelta(minutes=3))
    assert client.get(ADDRESS, headers={"If-None-Match": state}).status_code == 304
    office.store.put(signed(published("a2", thread="a2")))
    assert client.get(ADDRESS, headers={"If-None-Match": state}).status_code == 200
