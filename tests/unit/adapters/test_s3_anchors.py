"""Anchors of the audit in a bucket with Object Lock, as moto plays one."""

from __future__ import annotations

import json
from dataclasses import replace

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from shared.adapters.s3_anchors import S3AnchorStore, s3_client
from shared.domain.audit import KEPT, Anchor, AuditHead
from shared.errors import Unavailable
from tests.fakes.alert_values import TERC, at
from tests.fakes.tokens import NEIGHBOUR

BUCKET, REGION = "heads", "eu-central-1"
HEAD = AuditHead(3, at(3), "ab" * 32, "1", "cd" * 32)


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        boto3.client("s3", region_name=REGION).create_bucket(
            Bucket=BUCKET,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=True,
        )
        yield s3_client(REGION, None)


@pytest.fixture
def store(client):
    return S3AnchorStore(client, BUCKET)


def test_what_is_anchored_is_found_the_oldest_first(store):
    for seq in (12, 3, 1_000_000):
        store.put(TERC, replace(HEAD, seq=seq))
    store.put(NEIGHBOUR, HEAD)
    assert list(store.all(TERC)) == [Anchor(seq, HEAD.mac) for seq in (3, 12, 1_000_000)]


def test_nothing_was_anchored_at_first(store):
    assert list(store.all(TERC)) == []


def test_it_is_locked_for_as_long_as_entries_are_kept(store, client):
    store.put(TERC, HEAD)
    found = client.get_object(Bucket=BUCKET, Key=f"{TERC}/000000000003.json")
    assert found["ObjectLockMode"] == "COMPLIANCE"
    assert found["ObjectLockRetainUntilDate"] == HEAD.at + KEPT
    assert json.loads(found["Body"].read()).keys() == {"terc", "seq", "mac", "at"}
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(Bucket=BUCKET, Key=f"{TERC}/000000000003.json", VersionId=found["VersionId"])


def test_who_writes_over_an_anchor_or_hides_it_changes_nothing(store, client):
    store.put(TERC, HEAD)
    store.put(TERC, replace(HEAD, mac="ff" * 32))
    assert list(store.all(TERC)) == [Anchor(3, HEAD.mac)]
    client.delete_object(Bucket=BUCKET, Key=f"{TERC}/000000000003.json")
    assert list(store.all(TERC)) == [Anchor(3, HEAD.mac)]


def test_what_else_lies_there_is_no_anchor(store, client):
    client.put_object(Bucket=BUCKET, Key=f"{TERC}/readme.txt", Body=b"x")
    assert list(store.all(TERC)) == []


def test_without_the_bucket_it_is_told(client):
    with pytest.raises(Unavailable):
        S3AnchorStore(client, "nowhere").put(TERC, HEAD)
    with pytest.raises(Unavailable):
        S3AnchorStore(client, "nowhere").all(TERC)
