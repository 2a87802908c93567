from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from functions.client_address import client_address, client_network
from shared.settings import GOOGLE_EDGE

GOOGLE, TOWN_HALL, STRANGER = "66.249.83.12", "193.0.2.7", "203.0.113.9"


def address(forwarded=None, edge=None, peer="169.254.1.1", told=client_address):
    named = [("X-Forwarded-For", forwarded), ("Fastly-Client-IP", edge)]
    headers = [(name, value) for name, value in named if value is not None]
    built = EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": peer})
    return told(Request(built.get_environ()), GOOGLE_EDGE.split())


@pytest.mark.parametrize(
    ("forwarded", "edge", "found"),
    [
        (STRANGER, None, STRANGER),
        (f"{TOWN_HALL}, {STRANGER}", None, STRANGER),
        (f"{TOWN_HALL}, {STRANGER}", TOWN_HALL, STRANGER),
        (f"{TOWN_HALL}, {GOOGLE}", TOWN_HALL, TOWN_HALL),
        (GOOGLE, None, None),
        (GOOGLE, "not an address", None),
        ("nonsense", TOWN_HALL, None),
        (None, None, "169.254.1.1"),
        ("2a01:112f:7:8:1:2:3:4", None, "2a01:112f:7:8::/64"),
        ("::ffff:203.0.113.9", TOWN_HALL, STRANGER),
        ("2a00:1450:4001::1", "2a01:112f:7:8:9::1", "2a01:112f:7:8::/64"),
    ],
)
def test_whom_nobody_can_feign_to_be(forwarded, edge, found):
    assert address(forwarded, edge) == found


@pytest.mark.parametrize(
    ("forwarded", "edge", "found"),
    [
        (f"{TOWN_HALL}, {STRANGER}", TOWN_HALL, "203.0.113.0/24"),
        (f"{STRANGER}, {GOOGLE}", TOWN_HALL, "193.0.2.0/24"),
        (f"{STRANGER}, {GOOGLE}", None, "66.249.83.0/24"),
        ("2a00:1450:4001::1", "2a01:112f:7:8:9::1", "2a01:112f:7::/48"),
        ("nonsense", TOWN_HALL, ""),
    ],
)
def test_evidence_names_the_network_of_the_same_caller(forwarded, edge, found):
    assert address(forwarded, edge, told=client_network) == found
