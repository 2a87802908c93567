"""Where the stack listens: one table, each port overridable, a busy one named."""

import re
import socket

import pytest

from infra.local.ports import fixed, free, require_free
from infra.local.processes import StartError, free_port

FUNCTIONS = ["staff_api", "index_resident"]


@pytest.fixture(autouse=True)
def _no_own_ports(monkeypatch):
    for name in fixed(FUNCTIONS):
        monkeypatch.delenv(f"PORT_{name.upper()}", raising=False)


def test_functions_follow_in_their_order():
    ports = fixed(FUNCTIONS)
    assert (ports["hosting"], ports["staff_api"], ports["index_resident"]) == (5000, 8101, 8102)


def test_a_variable_chooses_another_port(monkeypatch):
    monkeypatch.setenv("PORT_STAFF_API", "18101")
    assert fixed(FUNCTIONS)["staff_api"] == 18101


@pytest.mark.parametrize("text", ["x", "0", "65536", "-1", "80.5"])
def test_what_is_no_port_is_refused_by_its_name(monkeypatch, text):
    monkeypatch.setenv("PORT_HOSTING", text)
    with pytest.raises(StartError, match=f"PORT_HOSTING={re.escape(text)}"):
        fixed(FUNCTIONS)


def test_free_ports_are_all_different():
    ports = free(FUNCTIONS)
    assert set(ports) == set(fixed(FUNCTIONS))
    assert len(set(ports.values())) == len(ports)


def test_busy_ports_are_named_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"{port} \(hosting\).*PORT_HOSTING=\d+ make up"):
            require_free({"hosting": port, "auth": free_port()})


def test_one_port_for_two_programs_is_refused():
    port = free_port()
    with pytest.raises(StartError, match="same port"):
        require_free({"hosting": port, "auth": port})


def test_free_ports_pass():
    require_free({"hosting": free_port()})
