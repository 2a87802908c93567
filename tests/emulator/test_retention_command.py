"""What was written before anything said until when it is kept: python -m manage.retention says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.unkept import AT_REST, KEPT, say_until_when
from shared.domain.retention import CASE_KEPT, CONFIRMED_KEPT
from tests.fakes.alert_values import at

pytestmark = pytest.mark.emulator

NOW = at(12) + AT_REST
DOCUMENTS = {
    "alerts/a1": {"updated": at(3), "expires": at(9)},
    "alerts/a1/history/0001-create": {"at": at(3)},
    "alerts/a1/summary/current": {"updated": at(4)},
    "published/a1": {"expires": at(9)},
    "published/a1/receipts/ann.1.opened": {"at": at(5)},
    "published/a1/reports/ann": {"at": at(5)},
}


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    client = Client(project=project)
    for path, document in DOCUMENTS.items():
        client.document(path).set(document)
    return client


def expire(client, path):
    return client.document(path).get().to_dict().get("expire")


def test_everything_says_until_when_it_is_kept_and_once_is_enough(client):
    assert say_until_when(client, NOW) == dict.fromkeys(KEPT, 1)
    assert expire(client, "alerts/a1") == at(9) + CASE_KEPT
    assert expire(client, "published/a1/receipts/ann.1.opened") == at(5) + CONFIRMED_KEPT
    assert all(expire(client, path) for path in DOCUMENTS)
    assert say_until_when(client, NOW) == dict.fromkeys(KEPT, 0)


def test_what_somebody_may_be_at_work_on_is_left_alone(client):
    assert say_until_when(client, at(3) + timedelta(days=1)) == dict.fromkeys(KEPT, 0)


def test_what_says_it_already_keeps_its_time(client):
    client.document("published/a1/reports/ann").update({"expire": at(6)})
    say_until_when(client, NOW)
    assert expire(client, "published/a1/reports/ann") == at(6)
