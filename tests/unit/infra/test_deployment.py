"""The declaration of what is deployed: read, or refused with the name of the wrong key."""

import json

import pytest

from infra.deployment import FUNCTIONS_YAML, DeploymentError, load
from infra.local.processes import ROOT
from main import FUNCTIONS

WRONG = {
    "functions.start_alert.timeout: Input should be a valid integer": ("timeout: 600", "timeout: x"),
    "functions.start_alert.trigger.queue: there is no queue 'nope'": ("{queue: start}", "{queue: nope}"),
    "functions.index_resident.invoker: there is no service account 'ev'": ("invoker: events", "invoker: ev"),
    "functions.index_resident.memry": ("memory: 256", "memry: 256"),
    "functions.staff_api.trigger: Value error, give exactly one": ("{http: /api/**}", "{}"),
    "functions.index_resident.trigger.firestore": ('"residents/{path=**}"', "/residents"),
    "functions.staff_api.concurrency": ("concurrency: 40", "concurrency: 0"),
    "functions.Staff-Api.name": ("staff_api:", "Staff-Api:"),
    "functions.public_api.instances: Field required": ("    instances: 20\n", ""),
    "functions.start_alert.instances": ("instances: 4", "instances: 0"),
    "functions.start_alert.env.push-burst": ("{PUSH_BURST: 4000", "{push-burst: 4000"),
    "queues.start.rate": ("rate: 50", "rate: 0"),
    "queues.expire.retry: Value error, min_backoff": ("min_backoff: 5", "min_backoff: 500"),
    "queues.start.retry: Value error, attempts": ("{attempts: -1", "{attempts: 0"),
    "queues.start_.name": ("  start:\n    rate", "  start_:\n    rate"),
    "region: Field required": ("region: europe-central2", ""),
    "regions: ": ("region:", "regions:"),
    "while parsing": ("functions:", 'functions: "'),
}


@pytest.mark.parametrize("message", WRONG)
def test_a_wrong_key_is_named(tmp_path, message):
    right, wrong = WRONG[message]
    text = FUNCTIONS_YAML.read_text()
    assert right in text
    changed = tmp_path / "functions.yaml"
    changed.write_text(text.replace(right, wrong, 1))
    with pytest.raises(DeploymentError) as refused:
        load(changed)
    assert message in str(refused.value)
    assert "functions.yaml" in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "functions: 3"])
def test_something_else_is_refused(tmp_path, text):
    (tmp_path / "functions.yaml").write_text(text)
    with pytest.raises(DeploymentError):
        load(tmp_path / "functions.yaml")


def test_what_is_declared_is_what_main_offers():
    assert {function.target for function in load().functions.values()} == set(FUNCTIONS)


def test_a_worker_may_be_called_by_the_queue_and_by_the_functions_themselves():
    declared = load()
    assert declared.callers(declared.functions["start_alert"], "p") == {
        "workers@p.iam.gserviceaccount.com",
        "runtime@p.iam.gserviceaccount.com",
    }
    assert declared.callers(declared.functions["index_resident"], "p") == {"events@p.iam.gserviceaccount.com"}
    assert declared.callers(declared.functions["staff_api"], "p") == frozenset()


def test_only_firestore_triggers_make_event_functions():
    functions = load().functions
    assert functions["index_resident"].signature_type == "cloudevent"
    assert functions["start_alert"].signature_type == functions["staff_api"].signature_type == "http"


def test_one_process_for_all_instances_has_their_shares_of_the_quota_together():
    function = load().functions["deliver_slice"]
    assert function.env_of_all() == {
        "PUSH_BURST": str(function.instances * function.env["PUSH_BURST"]),
        "PUSHES_PER_SECOND": str(function.instances * function.env["PUSHES_PER_SECOND"]),
    }
    assert load().functions["staff_api"].env_of_all() == {}


def test_the_example_of_a_firebaserc_names_the_sites_of_firebase_json():
    page = (ROOT / "docs" / "operations.md").read_text()
    example = json.loads(page.split("```json")[1].split("```")[0])
    hosting = json.loads((ROOT / "firebase.json").read_text())["hosting"]
    assert set(example["targets"]["PROJECT"]["hosting"]) == {site["target"] for site in hosting}
