"""Residents read what is published, and confirm a push by the proof that came with it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tests.rules.firestore_json import SERVER_TIME

pytestmark = pytest.mark.emulator

ME = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
OTHER = "Qm3zrXk0VdT8yLh5uWc2aBe7GfN1"
ALERT = "Hq2Jt8sLwPzR4vXb6NcY"
KEY = "5f" * 32
YESTERDAY = datetime(2026, 11, 21, tzinfo=UTC)


def proof(uid=ME, device="1", key=KEY):
    return hashlib.sha256(f"{key}:{uid}.{device}".encode()).hexdigest()


def receipt(kind="received", **changes):
    return {"kind": kind, "platform": "android", "proof": proof(), "at": SERVER_TIME, **changes}


def path(uid=ME, device="1", kind="received", alert=ALERT):
    return f"published/{alert}/receipts/{uid}.{device}.{kind}"


@pytest.fixture(autouse=True)
def alert_was_sent(admin):
    admin.document(f"alerts/{ALERT}/private/proof").set({"key": KEY})
    admin.document(f"published/{ALERT}").set({"terc": "1209033", "state": "active"})


@pytest.fixture
def me(as_user):
    return as_user(ME)


def test_whoever_is_signed_in_reads_and_lists_what_is_published(me, as_user):
    for client in (me, as_user("staff", firebase={"sign_in_provider": "password"})):
        assert client.get(f"published/{ALERT}")
        assert client.list("published")
        assert client.query("published", "terc", "1209033")
        assert client.get("municipalities/1209033")
        assert client.list("municipalities")


def test_whoever_is_not_signed_in_reads_nothing(signed_out):
    assert not signed_out.get(f"published/{ALERT}")
    assert not signed_out.list("published")
    assert not signed_out.get("municipalities/1209033")
    assert not signed_out.get(path())


@pytest.mark.parametrize("document", [f"published/{ALERT}", "published/new", "municipalities/1209033"])
def test_nobody_writes_what_is_published(me, document):
    assert not me.set(document, {"terc": "1209033", "state": "active"})
    assert not me.delete(document)


@pytest.mark.parametrize("kind", ["received", "opened"])
@pytest.mark.parametrize("device", ["1", "8"])
def test_a_phone_confirms_once(me, kind, device):
    document = receipt(kind, proof=proof(device=device))
    assert me.set(path(device=device, kind=kind), document)
    assert me.get(path(device=device, kind=kind))
    assert not me.set(path(device=device, kind=kind), document)
    assert not me.update(path(device=device, kind=kind), {"at": SERVER_TIME})
    assert not me.delete(path(device=device, kind=kind))


def test_a_receipt_says_until_when_it_is_kept_and_need_not(me):
    assert me.set(path(), receipt(expire=datetime.now(UTC) + timedelta(days=118)))
    assert me.set(path(kind="opened"), receipt("opened"))


@pytest.mark.parametrize(
    "expire", [datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=400), "x"]
)
def test_a_receipt_is_kept_neither_for_ever_nor_for_no_time(me, expire):
    assert not me.set(path(), receipt(expire=expire))


@pytest.mark.parametrize("platform", ["android", "ios", "web"])
def test_a_receipt_names_its_platform(me, platform):
    assert me.set(path(), receipt(platform=platform))


def test_each_phone_and_each_kind_has_its_own_receipt(me):
    assert me.set(path(), receipt())
    assert me.set(path(kind="opened"), receipt("opened"))
    assert me.set(path(device="2"), receipt(proof=proof(device="2")))


REFUSED_PROOFS = {
    "made up": "0" * 64,
    "in capitals": proof().upper(),
    "of another phone of mine": proof(device="2"),
    "of another resident": proof(uid=OTHER),
    "of another alert": proof(key="a0" * 32),
    "empty": "",
    "nothing": None,
    "a number": 1,
    "the key itself": KEY,
}


@pytest.mark.parametrize("wrong", REFUSED_PROOFS.values(), ids=REFUSED_PROOFS)
def test_a_wrong_proof_is_refused(me, wrong):
    assert not me.set(path(), receipt(proof=wrong))


REFUSED_RECEIPTS = {
    "without kind": {"platform": "android", "proof": proof(), "at": SERVER_TIME},
    "without platform": {"kind": "received", "proof": proof(), "at": SERVER_TIME},
    "without proof": {"kind": "received", "platform": "android", "at": SERVER_TIME},
    "without time": {"kind": "received", "platform": "android", "proof": proof()},
    "of an unknown platform": receipt(platform="windows"),
    "of a platform in capitals": receipt(platform="Android"),
    "of no platform": receipt(platform=None),
    "of several platforms": receipt(platform=["android", "ios"]),
    "of yesterday": receipt(at=YESTERDAY),
    "of another kind than its id": receipt("opened"),
    "with one field more": receipt(version=1),
}


@pytest.mark.parametrize("document", REFUSED_RECEIPTS.values(), ids=REFUSED_RECEIPTS)
def test_another_shape_is_refused(me, document):
    assert not me.set(path(), document)


REFUSED_IDS = [
    f"{ME}.9.received",
    f"{ME}.0.received",
    f"{ME}.01.received",
    f"{ME}.1.received.",
    f"{ME}.1.received.2",
    f"{ME}..received",
    f"{ME}.1.read",
    f"{ME}.1",
    ME,
    f".{ME}.1.received",
]


@pytest.mark.parametrize("document_id", REFUSED_IDS)
def test_another_id_is_refused(me, document_id):
    slot = document_id.split(".")[1] if "." in document_id else "1"
    for kind in ("received", "read"):
        assert not me.set(
            f"published/{ALERT}/receipts/{document_id}", receipt(kind, proof=proof(device=slot))
        )


def test_an_id_in_anothers_name_is_refused_even_with_their_proof(me):
    assert not me.set(path(uid=OTHER), receipt(proof=proof(uid=OTHER)))


def test_an_alert_that_was_never_sent_cannot_be_confirmed(me, admin):
    admin.document("published/unsent").set({"state": "active"})
    for key in ("", "None", "null"):
        assert not me.set(path(alert="unsent"), receipt(proof=proof(key=key)))


def test_an_alert_that_was_sent_to_others_alone_cannot_be_confirmed(me, admin):
    """What came with my own alerts, and what another resident may have shown me of theirs."""
    admin.document("published/theirs").set({"state": "active"})
    admin.document("alerts/theirs/private/proof").set({"key": "a0" * 32})
    for wrong in (proof(), proof(uid=OTHER, key="a0" * 32)):
        assert not me.set(path(alert="theirs"), receipt(proof=wrong))


def test_a_device_of_another_resident_is_not_mine_to_confirm(me, as_user):
    stolen = proof(uid=OTHER, device="2")
    assert not me.set(path(device="2"), receipt(proof=stolen))
    assert not me.set(path(uid=OTHER, device="2"), receipt(proof=stolen))
    assert as_user(OTHER).set(path(uid=OTHER, device="2"), receipt(proof=stolen))


def test_receipts_are_neither_listed_nor_read_by_others(me, as_user):
    assert me.set(path(), receipt())
    assert not as_user(OTHER).get(path())
    assert not me.list(f"published/{ALERT}/receipts")


def test_the_key_of_the_proofs_is_nobodys(me, as_user):
    staff = as_user("staff", firebase={"sign_in_second_factor": "totp"})
    for client in (me, staff):
        assert not client.get(f"alerts/{ALERT}/private/proof")
        assert not client.set(f"alerts/{ALERT}/private/proof", {"key": "0" * 64})
