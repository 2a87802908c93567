"""What is signed stays byte for byte, and nothing else passes for it."""

from __future__ import annotations

import json

import pytest

from shared.domain.content import Group, Told, specs
from shared.domain.signature import key_id
from shared.formats.key_json import key_json, pem
from shared.formats.signed_alert import Fault, read_signed, signed_text, verify
from tests.clients.keys import read_key
from tests.fakes.alert_values import TERC, at
from tests.signed_alert_vectors import FILE, FIRST, OURS, as_text, published, sign, warning, water

VECTORS = json.loads(FILE.read_text())
CASES = VECTORS["cases"]


def test_the_vectors_are_those_of_this_code():
    assert FILE.read_text() == as_text()  # else: python -m tests.signed_alert_vectors


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_published_alert_is_believed_only_when_its_municipality_signed_it(case):
    municipality = VECTORS["municipalities"][case["municipality"]]
    keys = [read_key(key) for key in municipality["keys"]]
    verdict = verify(case["published"], case["alert"], municipality["terc"], keys)
    assert (verdict.fault is None, verdict.fault) == (case["valid"], case["fault"])
    assert (verdict.signed is not None) == case["valid"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "reads" in case], ids=lambda case: str(case["name"])
)
def test_a_word_of_a_later_release_is_read_as_it_is(case):
    read = read_signed(case["published"]["signed"]).alert
    assert {name: getattr(read, name).value for name in case["reads"]} == case["reads"]
    assert not any(getattr(read, name).known for name in case["reads"])


def test_a_later_category_is_read_with_its_group():
    case = next(case for case in CASES if case["name"] == "a later category")
    assert read_signed(case["published"]["signed"]).alert.group is Group.WARNING


def test_every_fault_has_a_case():
    assert {case["fault"] for case in CASES} == {None, *Fault}


def test_the_text_is_the_same_to_the_byte():
    cancelled = water(cancelled=at(4, 5), area="{}", area_name='ul. "Długa"', texts={})
    assert signed_text(cancelled, "0123456789abcdef", at(4, 6)) == (
        '{"alert":"a1","area":"{}","area_name":"ul. \\"Długa\\"","cancelled":"2026-11-22T04:05:00Z",'
        '"category":"failure","exercise":false,"expires":"2026-11-22T13:10:00Z","form":"1.2","group":"failure",'
        '"key":"0123456789abcdef",'
        '"kind":"alert","revision":4,"sent":"2026-11-22T03:00:00Z","severity":"Moderate",'
        '"signed_at":"2026-11-22T04:06:00Z","state":"active","terc":"1201022","texts":{},"thread":"a1","version":2}'
    )


def test_what_was_signed_is_read_back():
    signed = read_signed(signed_text(water(), FIRST.id, at(3, 1)))
    assert (signed.alert, signed.key, signed.signed_at) == (water(), FIRST.id, at(3, 1))


def test_every_field_that_residents_are_told_is_signed():
    full = warning()
    assert all(getattr(full, name) is not None for name in specs(Told))
    assert read_signed(signed_text(full, FIRST.id, at(3))).alert == full


def test_of_one_that_was_sent_late_the_moment_it_was_meant_for_is_signed():
    late = water(meant_for=at(2))
    assert read_signed(signed_text(late, FIRST.id, at(3))).alert == late
    assert "meant_for" not in signed_text(water(), FIRST.id, at(3))


def test_times_lose_their_fractions():
    moment = at(3).replace(microsecond=999_999)
    assert read_signed(signed_text(water(sent=moment), FIRST.id, moment)).alert.sent == at(3)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '"a"', "{", '{"texts": []}'])
def test_another_text_is_not_read(text):
    with pytest.raises(ValueError, match=r"signed alert|Expecting"):
        read_signed(text)


@pytest.mark.parametrize("position", range(0, len(signed_text(water(), FIRST.id, at(3))), 23))
def test_no_character_can_be_changed(position):
    good = sign(water(), FIRST, at(3))
    other = "x" if good.text[position] != "x" else "y"
    altered = good.text[:position] + other + good.text[position + 1 :]
    assert verify(published(good, signed=altered), "a1", TERC, OURS).fault is Fault.BAD_SIGNATURE


def test_a_key_in_use_is_read_back_from_its_json():
    key = FIRST.public(at(1))
    assert read_key(key_json(key)) == key


def test_a_key_under_another_id_is_refused():
    with pytest.raises(ValueError, match="under its id"):
        read_key({**key_json(OURS[0]), "id": key_id(b"another")})


def test_the_pem_is_the_one_that_the_library_writes():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PublicKey.from_public_bytes(FIRST.raw)
    written = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert pem(OURS[0]) == written
