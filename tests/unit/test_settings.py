from __future__ import annotations

import pytest

from shared.settings import SettingsError, read

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
