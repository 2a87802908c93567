"""The stand-in for Cloud Scheduler: what it sends, when, and what it does about a failure."""

from __future__ import annotations

import jwt
import pytest
import requests

from infra.deployment import FUNCTIONS_YAML
from infra.local.identity.issuer import ISSUER
from tests.emulator.stand_ins import PROJECT, StandIn, eventually


@pytest.fixture
def scheduler(tmp_path, identity, worker):
    """One job, to the test's own worker; its first retry comes after a tenth of a second."""
    started = []
    declaration = tmp_path / "functions.yaml"
    text = FUNCTIONS_YAML.read_text()
    assert "min_backoff: 5, max_backoff: 20, doublings: 2" in text
    declaration.write_text(text.replace("count: 1, min_backoff: 5", "count: 2, min_backoff: 0.1"))

    def start(*options):
        stand_in = StandIn(
            tmp_path,
            "cloud_scheduler",
            *("--project", PROJECT, "--identity", identity, "--deployment", declaration),
            *("--function", f"sweep={worker.address}", *options),
        )
        started.append(stand_in)
        stand_in.start()
        return stand_in

    yield start
    for stand_in in started:
        stand_in.stop()


def act(stand_in, method, name="sweep"):
    return requests.post(f"{stand_in.address}/jobs/{name}:{method}", timeout=30)


def counts(stand_in):
    return requests.get(stand_in.address, timeout=60).json()["sweep"]


def test_it_posts_regularly_as_the_invoker_of_the_function(scheduler, worker):
    scheduler("--every", 0.3)
    got = eventually(lambda: worker.got[1:] and worker.got[:2])
    token = jwt.decode(
        got[0].headers["Authorization"].removeprefix("Bearer "), options={"verify_signature": False}
    )
    assert (token["iss"], token["aud"]) == (ISSUER, worker.address)
    assert token["email"] == f"scheduler@{PROJECT}.iam.gserviceaccount.com"
    assert (got[0].method, got[0].path, got[0].body) == ("POST", "/", b"")
    assert got[0].headers["X-CloudScheduler"] == "true"
    assert got[0].headers["X-CloudScheduler-JobName"] == "sweep"
    assert got[0].headers["User-Agent"] == "Google-Cloud-Scheduler"


def test_a_failed_run_is_tried_again_and_then_left_to_the_next(scheduler, worker):
    stand_in = scheduler()
    worker.answers = [(503, {}), (200, {})]
    assert act(stand_in, "run").json()["status"] == 200
    worker.answers = [(500, {})] * 9
    assert act(stand_in, "run").json()["status"] == 500
    assert counts(stand_in) == {"runs": 2, "failed": 1, "attempts": 5, "paused": False}


def test_nobody_there_is_a_failure_too(scheduler, worker):
    stand_in = scheduler()
    worker.close()
    assert act(stand_in, "run").json()["status"] is None
    assert counts(stand_in)["failed"] == 1


def test_a_run_that_lasts_is_not_joined_by_another(scheduler, worker):
    worker.seconds = 0.5
    stand_in = scheduler("--every", 0.1)
    eventually(lambda: counts(stand_in)["runs"] >= 2)
    assert worker.most_at_once == 1


def test_a_paused_job_runs_only_when_told(scheduler, worker):
    stand_in = scheduler("--every", 0.1)
    assert act(stand_in, "pause").json()["sweep"]["paused"]
    eventually(lambda: not worker.at_once)
    before = counts(stand_in)["runs"]
    assert act(stand_in, "run").json()["status"] == 200
    assert counts(stand_in)["runs"] - before in (1, 2)  # one may have been under way
    act(stand_in, "resume")
    eventually(lambda: counts(stand_in)["runs"] > before + 2)


@pytest.mark.parametrize(("name", "method"), [("nothing", "run"), ("sweep", "delete")])
def test_other_jobs_and_methods_are_unknown(scheduler, name, method):
    assert act(scheduler(), method, name).status_code == 404
