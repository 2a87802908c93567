"""A tenth of `python -m tests.services.interlock`."""

from __future__ import annotations

import logging

from tests.services.interlock.tries import played

TRIES = range(1, 101)


def test_whatever_is_planted_between_approval_and_push_nobody_is_sent_it():
    logging.disable(logging.CRITICAL)
    try:
        wrong = [fault for seed in TRIES if (fault := played(seed))]
    finally:
        logging.disable(logging.NOTSET)
    assert not wrong, "".join(wrong)
