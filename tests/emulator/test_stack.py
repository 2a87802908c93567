"""The stack starts, serves, survives and ends as a whole."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
import requests
from google.cloud.firestore import Client

from infra import deployment
from infra.local.accounts import STAFF
from infra.local.auth_tokens import claims
from infra.local.ports import free
from infra.local.processes import ROOT, StartError
from infra.local.stack import PROJECT, Stack
from infra.local.stack_options import Options
from infra.local.stack_processes import Process, ProcessRecord, end_stack
from infra.local.stack_state import State

pytestmark = [pytest.mark.emulator, pytest.mark.stack, pytest.mark.timeout(400)]


def programs_of(folder):
    """The running programs that have the state folder, or a log in it, to do with them."""
    found = []
    for process in psutil.process_iter():
        try:
            files = [file.path for file in process.open_files()]
            if process.pid != os.getpid() and any(
                str(folder) in text for text in [*files, *process.cmdline()]
            ):
                found.append(process)
        except psutil.Error:
            continue
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


def until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def reports():
    return []


@pytest.fixture
def make(tmp_path, reports):
    """A stack with one function; more would only take longer."""
    stacks = []

    def new(**options):
        stack = Stack(
            tmp_path, **({"ports": "free", "functions": ["index_resident"]} | options), report=reports.append
        )
        stacks.append(stack)
        return stack

    yield new
    end_stack(ProcessRecord(State(tmp_path).processes, State(tmp_path).lock))


@pytest.fixture
def database(monkeypatch):
    def connect(stack):
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", stack.host("firestore"))
        return Client(project=PROJECT)

    return connect


def test_all_goes_on_after_a_restart_and_nothing_after_the_end(make, database, tmp_path):
    stack = make().start()
    before = stack.env()
    uid, _ = stack.anonymous()
    token = stack.staff_token("anna")
    database(stack).document("municipalities/1").set({"name": "Gmina Regionalna"})
    stack.restart()
    assert stack.env() == before
    assert database(stack).document("municipalities/1").get().to_dict() == {"name": "Gmina Regionalna"}
    assert stack.auth.factors(uid) == []
    lookup = f"{stack.address('auth')}/identitytoolkit.googleapis.com/v1/accounts:lookup?key=local"
    assert requests.post(lookup, json={"idToken": token}, timeout=60).ok  # the session goes on
    assert claims(stack.staff_token("anna"))["firebase"]["sign_in_second_factor"] == "totp"
    stack.stop()
    assert programs_of(tmp_path) == []


def test_reset_starts_empty_but_for_the_staff(make, database):
    with make(functions=[]) as stack:
        uid, _ = stack.anonymous()
        database(stack).document("municipalities/1").set({"name": "Gmina Regionalna"})
    with make(functions=[], reset=True) as stack:
        assert not database(stack).document("municipalities/1").get().exists
        assert database(stack).document(f"staff/{STAFF['anna'].uid}").get().exists
        assert stack.auth.factors(uid) is None


def _config(stack, site):
    return requests.get(f"{stack.address(site)}/__/firebase/init.json", timeout=60).json()


def test_programs_find_each_other_and_come_back_after_a_crash(make, reports, tmp_path):
    with make() as stack:
        auth, firestore = {"auth": stack.address("auth")}, {"firestore": stack.host("firestore")}
        assert _config(stack, "hosting")["emulators"] == auth  # staff have the API alone
        assert _config(stack, "residents")["emulators"] == auth | firestore | {"push": True}
        assert _status(f"{stack.address('hosting')}/api/x") == 502  # staff_api is not started here
        assert _status(stack.address("index_resident")) == 403  # only Eventarc may call it
        with pytest.raises(StartError, match="running already"):
            make().start()
        stack.kill("index_resident")
        until(lambda: any("index_resident ended by itself" in text for text in reports))
        until(lambda: _status(stack.address("index_resident")) == 403)
        stack.kill("firestore")  # its data would be lost silently
        until(stack.failed.is_set)
        assert any("firestore ended by itself" in text for text in reports)
    assert programs_of(tmp_path) == []


def test_the_functions_alone_meet_a_failing_firestore_when_asked_for(make, database):
    with make(options=Options(firestore_faults=True, event_backoff=(0.1, 0.5))) as stack:
        control = f"{stack.address('firestore_faults_control')}/control"
        requests.post(control, json={"rates": {"Commit": {"aborted": 1.0}}}, timeout=60).raise_for_status()
        resident = database(stack).document("residents/r1")
        resident.set({"language": "pl"})
        resident.collection("places").document("1").set({"cell": "8d1e2e4d3b8123f"})
        target = {"kind": "token", "value": "t"}
        resident.collection("devices").document("1").set({"platform": "android", "target": target})
        until(lambda: requests.get(control, timeout=60).json()["counts"].get("Commit", {}).get("aborted"))
        requests.post(control, json={"rates": {}}, timeout=60).raise_for_status()
        until(lambda: database(stack).document("audience/r1.1").get().exists)


def test_a_busy_port_is_named_and_nothing_is_left(make, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = free(["staff_api", "index_resident", "on_alert_written", "start_alert", "deliver_slice"])
        ports |= {"expire_alert": taken.getsockname()[1]}
        with pytest.raises(StartError, match=rf"{ports['expire_alert']} \(expire_alert\)"):
            make(ports=ports).start()
    assert programs_of(tmp_path) == []


def _status(url):
    try:
        return requests.get(url, timeout=5).status_code
    except requests.RequestException:
        return None


def test_a_function_that_cannot_start_is_named_with_its_log(make, tmp_path):
    with pytest.raises(StartError, match="There is no function 'nothing'"):
        make(functions=["nothing"], ports=free(["nothing", *make().ports])).start()
    assert programs_of(tmp_path) == []


def test_a_crash_keeps_the_last_export(make, database, tmp_path, monkeypatch):
    monkeypatch.setattr("infra.local.stack.SAVE_EVERY", 0.5)
    stack = make(functions=[]).start()
    database(stack).document("a/saved").set({"x": 1})
    until(lambda: b"saved" in exported(tmp_path))
    assert not stack.save()  # nothing new
    stack.kill("firestore")
    stack.stop()
    (tmp_path / "firestore" / "export-1").mkdir()  # one that a crash left unfinished
    with make(functions=[]) as stack:
        assert [found.id for found in database(stack).collection("a").stream()] == ["saved"]
        database(stack).document("a/more").set({"x": 1})
    assert len(list((tmp_path / "firestore").glob("export-*"))) == 1


def exported(folder):
    if not (folder / "firestore" / "current").exists():
        return b""
    current = folder / "firestore" / (folder / "firestore" / "current").read_text()
    return b"".join(file.read_bytes() for file in current.rglob("output-*"))


# The command line


@pytest.fixture
def command(tmp_path):
    env = {**os.environ, "STACK_STATE": str(tmp_path)}
    names = list(deployment.load().functions)
    env |= {f"PORT_{name.upper()}": str(port) for name, port in free(names).items()}
    started = []

    def run(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()
    end_stack(ProcessRecord(State(tmp_path).processes, State(tmp_path).lock))


def read_until(process, text):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_down_ends_a_running_stack(command, tmp_path):
    up = command("infra.local.stack_command", "up")
    text = read_until(up, "Ready after")
    assert "anna@regionalna.example" in text
    assert "make code STAFF=anna" in text
    code, _ = command("infra.local.code", "anna").communicate(timeout=120)
    assert "Anna Autorska" in code
    down = command("infra.local.stack_command", "down")
    assert (down.communicate(timeout=120)[0], down.returncode, up.wait(60)) == ("Ended: stack.\n", 0, 0)
    assert programs_of(tmp_path) == []


def test_a_killed_stack_is_cleaned_up_by_the_next(command, tmp_path):
    up = command("infra.local.stack_command", "up")
    read_until(up, "Ready after")
    up.kill()
    up.wait()
    again = command("infra.local.stack_command", "up")
    assert "had left running" in read_until(again, "Ready after")
    again.kill()
    again.wait()
    assert programs_of(tmp_path) != []
    text, _ = command("infra.local.stack_command", "down").communicate(timeout=120)
    assert "firestore" in text
    assert programs_of(tmp_path) == []


def test_an_interrupted_start_leaves_nothing(command, tmp_path):
    up = command("infra.local.stack_command", "up")
    until((tmp_path / "processes.json").exists)
    time.sleep(1)
    up.send_signal(signal.SIGINT)
    assert up.wait(120) == 130
    assert programs_of(tmp_path) == []


def test_down_without_a_stack_says_so(command):
    assert (
        command("infra.local.stack_command", "down").communicate(timeout=120)[0] == "No stack was running.\n"
    )


def test_a_pid_that_belongs_to_somebody_else_is_left_alone(tmp_path):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        record = ProcessRecord(tmp_path / "processes.json", tmp_path / "lock")
        earlier = Process.of("hosting", stranger.pid)
        record.write([Process("hosting", stranger.pid, earlier.started - 60)])
        own, children = record.read()
        assert (own.pid, children[0].running) == (os.getpid(), False)
        (tmp_path / "processes.json").write_text(
            (tmp_path / "processes.json").read_text().replace(str(own.started), "1.0")
        )
        assert end_stack(record) == []
        assert stranger.poll() is None
        stranger.kill()
