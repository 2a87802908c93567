"""The local Cloud Run: who gets in, how long, how many at once, and how it ends."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import jwt
import pytest
import requests
import yaml

from infra.deployment import FUNCTIONS_YAML
from infra.local.identity.issuer import Issuer
from tests.emulator.stand_ins import PROJECT, FunctionProcess, eventually, id_token

WORKERS = f"workers@{PROJECT}.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("functions")


@contextmanager
def running(folder, identity, name, *arguments):
    process = FunctionProcess(folder, name, identity, *arguments)
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="module")
def task_function(folder, identity):
    with running(folder, identity, "start_alert") as process:
        yield process


@pytest.fixture(scope="module")
def event_function(folder, identity):
    with running(folder, identity, "index_resident") as process:
        yield process


@pytest.fixture(scope="module")
def public_function(folder, identity):
    with running(folder, identity, "staff_api") as process:
        yield process


def post(function, token=None, body=None, **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return requests.post(f"{function.address}/", json=body or {}, headers=headers, timeout=30)


@pytest.mark.parametrize("account", ["workers", "runtime"])
def test_the_queues_account_and_our_own_may_call_a_worker(task_function, identity, account):
    assert post(task_function, id_token(identity, account, task_function.address)).text == "done"


def test_another_account_may_not(task_function, identity):
    answer = post(task_function, id_token(identity, "events", task_function.address))
    assert answer.status_code == 403


def test_eventarc_may_call_an_event_function_and_a_queue_may_not(event_function, identity):
    for account, status in (("events", 400), ("workers", 403), ("runtime", 403)):  # 400: it is no event
        token = id_token(identity, account, event_function.address)
        assert post(event_function, token).status_code == status


def test_without_a_token_nobody_gets_in(task_function):
    answer = post(task_function)
    assert (answer.status_code, "not authenticated" in answer.text) == (403, True)


def forged(identity_keys, tmp_path, audience, kind):
    """A token that looks right but for one thing."""
    ours, theirs = Issuer(identity_keys), Issuer(tmp_path / "other")
    claims = jwt.decode(ours.id_token(WORKERS, audience), options={"verify_signature": False})
    past = {"iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600}
    return {
        "another issuer's key": theirs.id_token(WORKERS, audience),
        "another key under our key's name": jwt.encode(
            claims, theirs._key, algorithm="RS256", headers={"kid": ours.key_id}
        ),
        "no signature": jwt.encode(claims, None, algorithm="none", headers={"kid": ours.key_id}),
        "expired": ours.id_token(WORKERS, audience, past),
        "another issuer": ours.id_token(WORKERS, audience, {"iss": "https://example.org"}),
        "another audience": ours.id_token(WORKERS, "http://127.0.0.1:1"),
        "rubbish": "rubbish",
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "another issuer's key",
        "another key under our key's name",
        "no signature",
        "expired",
        "another issuer",
        "another audience",
        "rubbish",
    ],
)
def test_a_forged_or_foreign_token_is_refused(task_function, identity_keys, tmp_path, kind):
    before = len(task_function.records())
    answer = post(task_function, forged(identity_keys, tmp_path, task_function.address, kind))
    assert (answer.status_code, "invalid_token" in answer.headers["WWW-Authenticate"]) == (401, True)
    assert len(task_function.records()) == before


def test_the_function_does_not_see_the_signature(task_function, identity):
    token = id_token(identity, "workers", task_function.address)
    post(task_function, token)
    seen = task_function.records()[-1]["headers"]["Authorization"]
    assert seen == f"Bearer {token.rpartition('.')[0]}.SIGNATURE_REMOVED_BY_GOOGLE"


def test_the_serverless_header_leaves_authorization_to_the_function(task_function, identity):
    token = id_token(identity, "workers", task_function.address)
    answer = post(task_function, "its own", **{"X-Serverless-Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert task_function.records()[-1]["headers"]["Authorization"] == "Bearer its own"


def test_a_public_function_lets_anyone_in_with_every_path_and_method(public_function):
    assert requests.get(f"{public_function.address}/api/alerts", timeout=60).text == "done"
    seen = public_function.records()[-1]
    assert (seen["method"], seen["path"]) == ("GET", "/api/alerts")


def test_an_oversized_request_is_refused(public_function):
    answer = requests.post(
        f"{public_function.address}/", data=b"", headers={"Content-Length": str(40 << 20)}, timeout=60
    )
    assert answer.status_code == 413


def overlap(records):
    return max(
        sum(other["start"] <= record["start"] < other["end"] for other in records) for record in records
    )


def test_no_more_requests_run_at_once_than_declared(task_function, public_function, identity):
    token = id_token(identity, "workers", task_function.address)
    for function, most in ((task_function, 1), (public_function, 6)):
        before = len(function.records())
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda _, to=function: post(to, token, {"sleep": 0.3}), range(6)))
        assert overlap(function.records()[before:]) == most


@pytest.fixture(scope="module")
def short_timeout(folder):
    """The declaration with a second for each request."""
    declared = yaml.safe_load(FUNCTIONS_YAML.read_text())
    for function in declared["functions"].values():
        function["timeout"] = 1
    path = folder / "short.yaml"
    path.write_text(yaml.safe_dump(declared))
    return path


def test_a_request_that_takes_too_long_gets_504_while_the_function_works_on(folder, identity, short_timeout):
    with running(folder, identity, "staff_api", "--deployment", short_timeout) as function:
        before = len(function.records())
        end = {"until": str(folder / "end")}
        answer = post(function, body=end)
        assert (answer.status_code, len(function.records())) == (504, before)
        (folder / "end").touch()
        assert eventually(lambda: function.records()[before:])[0]["body"] == end
        assert post(function).status_code == 200


def test_it_ends_by_itself_although_a_request_hangs(folder, identity):
    function = FunctionProcess(folder, "staff_api", identity)
    function.start()
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(post, function, None, {"begun": str(folder / "begun"), "sleep": 600})
        eventually((folder / "begun").exists)
        assert function.program.stop(seconds=60) != -signal.SIGKILL
        assert hanging.exception() or hanging.result().status_code >= 500


def test_a_busy_port_is_named(task_function):
    second = task_function.start_again_beside()
    assert second.returncode == 1
    assert str(task_function.port) in second.stderr


def test_an_unknown_function_is_named(folder, identity):
    second = FunctionProcess(folder, "start_alrt", identity).start_again_beside()
    assert (second.returncode, "start_alrt" in second.stderr) == (1, True)


def test_a_broken_source_says_why(folder, identity):
    broken = folder / "broken.py"
    broken.write_text("import no_such_module\n")
    second = FunctionProcess(folder, "staff_api", identity, "--source", broken).start_again_beside()
    assert (second.returncode, "no_such_module" in second.stderr) == (1, True)
