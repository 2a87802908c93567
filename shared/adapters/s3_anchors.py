"""Anchors of the audit in an S3 bucket with Object Lock: `{terc}/{seq}.json`, nobody's to change or delete.

(Amazon S3 User Guide, "Locking objects with Object Lock": in compliance mode not even the account's root user
deletes a version before its time.) Whoever writes again under the same name makes a newer version; the oldest
one counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from shared.adapters.audit_documents import entry_name
from shared.domain.audit import KEPT, Anchor, AuditHead
from shared.errors import Unavailable
from shared.formats.audit_json import moment

S3Client = Any  # of boto3, which has no types of its own
PATIENCE = 10  # seconds for an answer
ATTEMPTS = 3
_NAME = re.compile(r"[0-9]{7}/[0-9]{12}\.json")


class S3AnchorStore:
    """Fulfils ports.AnchorStore."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client, self._bucket = client, bucket

    def put(self, terc: str, head: AuditHead) -> None:
        body = {"terc": terc, "seq": head.seq, "mac": head.mac, "at": moment(head.at)}
        with _talking():
            self._client.put_object(
                Bucket=self._bucket,
                Key=f"{terc}/{entry_name(head.seq)}.json",
                Body=json.dumps(body).encode(),
                ContentType="application/json",
                ChecksumAlgorithm="SHA256",
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=head.at + KEPT,
            )

    def all(self, terc: str) -> Sequence[Anchor]:
        """A request for each, and one for a thousand names."""
        with _talking():
            oldest = dict(self._versions(terc))
            return [self._read(key, version) for key, version in sorted(oldest.items())]

    def _versions(self, terc: str) -> Iterator[tuple[str, str]]:
        """Of each name the newest version first (S3 API, ListObjectVersions): in a dict the oldest stays."""
        pages = self._client.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self._bucket, Prefix=f"{terc}/"):
            for version in page.get("Versions", ()):
                if _NAME.fullmatch(version["Key"]):
                    yield version["Key"], version["VersionId"]

    def _read(self, key: str, version: str) -> Anchor:
        answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        document = json.loads(answer["Body"].read())
        return Anchor(int(document["seq"]), str(document["mac"]))


def s3_client(region: str, endpoint: str | None) -> S3Client:
    """Credentials as boto3 finds them: a role, or the environment (Boto3 docs, "Credentials")."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        retries={"mode": "standard", "max_attempts": ATTEMPTS},
    )
    return boto3.client("s3", region_name=region, endpoint_url=endpoint, config=config)


@contextmanager
def _talking() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
