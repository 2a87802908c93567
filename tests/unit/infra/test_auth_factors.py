"""RFC 6238, with its own test vectors; which codes are taken, and that each is taken once."""

from pathlib import Path

import pyotp
import pytest

from infra.local.auth_factors import PERIOD, Factor, FactorStore, matching_step
from infra.local.code import sentence

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"
NOW = 1111111109.0
STEP = int(NOW) // PERIOD


def code(step: int) -> str:
    return pyotp.TOTP(SECRET).generate_otp(step)


@pytest.fixture
def store(tmp_path: Path) -> FactorStore:
    store = FactorStore(tmp_path / "factors.sqlite")
    store.add(Factor("f", "anna", SECRET, 0))
    return store


def test_the_vector_of_the_rfc_matches_its_own_time():
    assert matching_step(SECRET, "081804", NOW) == STEP  # the last six digits of 07081804


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_one_step_off_is_accepted(store, steps):
    assert store.accept("f", code(STEP + steps), NOW)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_two_steps_off_is_refused(store, steps):
    assert not store.accept("f", code(STEP + steps), NOW)


def test_a_code_is_accepted_once(store):
    assert store.accept("f", code(STEP), NOW)
    assert not store.accept("f", code(STEP), NOW)


def test_a_code_older_than_the_last_is_refused(store):
    assert store.accept("f", code(STEP), NOW)
    assert not store.accept("f", code(STEP - 1), NOW)


def test_the_next_code_is_accepted_after_the_last(store):
    assert store.accept("f", code(STEP), NOW)
    assert store.accept("f", code(STEP + 1), NOW)


@pytest.mark.parametrize("wrong", ["", "000000", "12345", "abcdef", "ąęśćżź", "0818040"])
def test_what_is_no_code_of_now_is_refused(store, wrong):
    assert not store.accept("f", wrong, NOW)


def test_an_unknown_factor_is_refused(store):
    assert not store.accept("other", code(STEP), NOW)


def test_what_was_used_is_known_after_a_restart(store, tmp_path):
    store.accept("f", code(STEP), NOW)
    assert not FactorStore(tmp_path / "factors.sqlite").accept("f", code(STEP), NOW)


def test_a_removed_factor_is_refused(store):
    store.remove("f")
    assert not store.accept("f", code(STEP), NOW)
    assert store.of("anna") == []


def test_the_printed_code_is_the_current_one_with_its_time():
    assert sentence(Factor("f", "anna", SECRET, 0), NOW) == "081804  (holds for 1 seconds, once)"


def test_after_its_use_the_next_code_is_printed():
    text = sentence(Factor("f", "anna", SECRET, STEP), NOW)
    assert text.startswith(code(STEP + 1))


def test_when_both_are_used_the_wait_is_printed():
    text = sentence(Factor("f", "anna", SECRET, STEP + 1), NOW)
    assert text == "Every code valid now was used. Ask again in 1 seconds."
