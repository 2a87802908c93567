from __future__ import annotations

import json
import subprocess
import sys

import pytest

from infra.local.processes import ROOT
from shared.channels.push.channel import DELIVER
from shared.domain.start import START
from shared.services.calls.call_tasks import CALL
from shared.services.schedule.alert_tasks import EXPIRE
from shared.settings import CALLS, SettingsError, read

LOCAL = {
    "GOOGLE_CLOUD_PROJECT": "demo-x",
    "PUBLIC_URL": "https://alerty.example/",
    "WORKER_ACCOUNT": "workers@demo-x.iam.gserviceaccount.com",
}


def test_all_missing_names_are_reported_together():
    with pytest.raises(SettingsError, match="GOOGLE_CLOUD_PROJECT, PUBLIC_URL, WORKER_ACCOUNT"):
        read({})


@pytest.mark.parametrize(
    "name", ["FIRESTORE_EMULATOR_HOST", "FIREBASE_AUTH_EMULATOR_HOST", "CLOUD_TASKS_EMULATOR_HOST"]
)
def test_an_emulator_is_refused_on_cloud_run(name):
    with pytest.raises(SettingsError, match=name):
        read({**LOCAL, "K_SERVICE": "staff-api", name: "127.0.0.1:8080"})


def test_an_emulator_is_accepted_elsewhere():
    assert read({**LOCAL, "CLOUD_TASKS_EMULATOR_HOST": "127.0.0.1:8123"}).tasks_emulator == "127.0.0.1:8123"


def test_function_addresses_are_found_by_their_names():
    found = read({**LOCAL, "FUNCTION_START_ALERT_URL": "http://127.0.0.1:8301"})
    assert found.function_urls == {"start_alert": "http://127.0.0.1:8301"}
    assert found.public_url == "https://alerty.example"


def test_waves_and_slices_are_as_large_as_told():
    usual, small = read(LOCAL), read({**LOCAL, "WAVE_PUSHES": "50", "SLICE_PLACES": "300"})
    assert (usual.wave_pushes, usual.slice_places) == (1000, 5000)
    assert (small.wave_pushes, small.slice_places) == (50, 300)


def test_pushes_are_unlimited_until_a_share_of_the_quota_is_given():
    usual, share = read(LOCAL), read({**LOCAL, "PUSH_BURST": "50", "PUSHES_PER_SECOND": "2.5"})
    assert usual.pushes_per_second == 0
    assert (share.push_burst, share.pushes_per_second) == (50, 2.5)


@pytest.mark.parametrize("env", [{}, {"SIGNING_KEYS": ""}])
def test_without_a_folder_of_keys_nothing_is_signed(env):
    assert read({**LOCAL, **env}).signing_keys is None
    assert read({**LOCAL, "SIGNING_KEYS": "/keys"}).signing_keys == "/keys"


def test_all_that_is_wrong_is_told_at_once():
    wrong = {"LEASE_SECONDS": "soon", "WAVE_PUSHES": "0", "FIRESTORE_DATABASE": "No!", "RETRY_SECONDS": "nan"}
    with pytest.raises(SettingsError) as error:
        read({**wrong, "PUBLIC_URL": "alerty.example"}, "expire_alert")
    told = str(error.value)
    names = [*wrong, "PUBLIC_URL", "WORKER_ACCOUNT", "FUNCTION_EXPIRE_ALERT_URL"]
    assert not [name for name in names if name not in told]


@pytest.mark.parametrize("function", list(CALLS))
def test_a_function_needs_the_addresses_of_those_that_it_calls(function):
    urls = {f"FUNCTION_{name.upper()}_URL": "https://f.example" for name in CALLS[function]}
    read({**LOCAL, **urls}, function)
    for name in urls:
        with pytest.raises(SettingsError, match=name):
            read({**LOCAL, **urls, name: ""}, function)


def test_whoever_enqueues_for_all_queues_needs_each_function_behind_them():
    assert set(CALLS["sweep"]) == {name for _, name in [*START.values(), *DELIVER.values(), EXPIRE, CALL]}


@pytest.mark.parametrize("name", ["shared.channels.pigeon", "no.such.package", ".", "x y"])
def test_a_channel_that_is_not_there_is_named(name):
    with pytest.raises(SettingsError, match="CHANNELS: there is no module"):
        read({**LOCAL, "CHANNELS": f"shared.channels.push {name}"})


def test_whoever_signs_says_that_the_keys_are_not_there(tmp_path):
    env = {f"FUNCTION_{name.upper()}_URL": "https://f.example" for name in CALLS["sweep"]} | LOCAL
    assert read({**env, "SIGNING_KEYS": str(tmp_path)}, "sweep").signing_keys == str(tmp_path)
    with pytest.raises(SettingsError, match="SIGNING_KEYS"):
        read({**env, "SIGNING_KEYS": str(tmp_path / "nowhere")}, "sweep")


def test_functions_without_calls_need_no_address():
    assert read(LOCAL, "public_api").function_urls == {}


def test_another_database_can_be_named():
    assert read(LOCAL).database == "(default)"
    assert read({**LOCAL, "FIRESTORE_DATABASE": "drill-2"}).database == "drill-2"


def test_a_deployment_without_its_settings_never_takes_a_request_and_says_why():
    program = 'from functions_framework import create_app; create_app("sweep", "main.py")'
    env = {"K_SERVICE": "sweep", "PUBLIC_URL": "https://x.example", "LOG_EXECUTION_ID": "true"}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    (line,) = [line for line in ended.stdout.splitlines() if "CRITICAL" in line]
    assert "GOOGLE_CLOUD_PROJECT, WORKER_ACCOUNT, FUNCTION_START_ALERT_URL" in json.loads(line)["message"]


def test_staff_sign_in_at_the_projects_own_auth_unless_another_is_named():
    assert read(LOCAL).auth_project == "demo-x"
    assert read({**LOCAL, "AUTH_PROJECT": "demo-staff"}).auth_project == "demo-staff"
    with pytest.raises(SettingsError, match="AUTH_PROJECT"):
        read({**LOCAL, "AUTH_PROJECT": "No such!"})


def test_the_api_needs_the_key_of_another_project_that_its_page_signs_in_at():
    urls = {f"FUNCTION_{name.upper()}_URL": "https://f.example" for name in CALLS["staff_api"]}
    apart = {**LOCAL, **urls, "AUTH_PROJECT": "demo-staff"}
    assert read({**apart, "AUTH_API_KEY": "key"}, "staff_api").auth_key == "key"
    assert read({**apart, "AUTH_PROJECT": "demo-x"}, "staff_api").auth_key == ""
    assert read(apart, "public_api").auth_project == "demo-staff"
    with pytest.raises(SettingsError, match="AUTH_API_KEY"):
        read(apart, "staff_api")
