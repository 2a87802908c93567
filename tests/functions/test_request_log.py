"""One line for each request of staff: who, from where, which route; nothing of residents, nobody's token."""

from __future__ import annotations

import json
import logging

import pytest

from shared.logs import JsonLines
from tests.fakes.alert_values import TERC, alert


@pytest.fixture
def lines(caplog):
    """The lines as they are written."""

    def written():
        records = [one for one in caplog.records if one.name == "requests"]
        return [json.loads(JsonLines().format(one)) for one in records]

    caplog.set_level(logging.INFO)
    return written


def test_a_request_is_one_line_with_its_route_and_not_its_values(office, api, lines):
    office.alerts.put(alert("secret1"))
    api.get("anna", "/api/alerts/secret1", headers={"X-Forwarded-For": "203.0.113.77"})
    (line,) = lines()
    assert line["severity"] == "INFO"
    told = line["request"]
    assert told.pop("ms") >= 0
    assert told == {
        "route": "/api/alerts/<alert>",
        "method": "GET",
        "status": 200,
        "uid": "uid-anna",
        "roles": ["author"],
        "terc": TERC,
        "origin": "203.0.113.0/24",
    }
    assert "secret1" not in json.dumps(line)


@pytest.mark.parametrize(("who", "path", "status"), [(None, "/api/me", 401), ("mallory", "/api/me", 401)])
def test_a_stranger_is_a_line_without_a_name(api, lines, who, path, status):
    api.get(who, path)
    (line,) = lines()
    assert (line["request"]["uid"], line["request"]["status"]) == (None, status)
    assert "mallory" not in json.dumps(line)


def test_an_address_that_there_is_none_of_is_a_line_without_a_route(api, lines):
    api.get("anna", "/api/residents/anna.kowalska")
    (line,) = lines()
    assert (line["request"]["route"], line["request"]["status"]) == (None, 404)
    assert "kowalska" not in json.dumps(line)


def test_four_hundred_requests_are_four_hundred_lines(api, lines):
    for _ in range(400):
        api.get("anna", "/api/me")
    assert len(lines()) == 400


@pytest.mark.parametrize(
    ("forwarded", "origin"),
    [
        ("198.51.100.9", "198.51.100.0/24"),
        ("192.0.2.1, 198.51.100.9", "198.51.100.0/24"),
        ("1.1.1.1, 192.0.2.1, 198.51.100.9", "198.51.100.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("anna kowalska, 198.51.100.9", "198.51.100.0/24"),
        ("<script>", ""),
    ],
)
def test_where_it_came_from_is_told_no_closer_than_its_network(api, lines, forwarded, origin):
    api.get("anna", "/api/me", headers={"X-Forwarded-For": forwarded})
    assert lines()[0]["request"]["origin"] == origin
