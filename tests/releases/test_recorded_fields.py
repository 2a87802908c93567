"""What the present release writes, every field of it, has a line in the record of processing."""

from __future__ import annotations

import pytest

from tests.releases.readers import ONLY_IN, READERS, UNREAD, kind_of
from tests.releases.samples import dump
from tests.releases.stories import STORIES
from tests.unit.recorded import Record

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def written(firestore_emulator):
    """By story, all documents."""
    from google.cloud.firestore import Client

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", firestore_emulator.host)
        found = {}
        for name, story in STORIES.items():
            client = Client(project=f"demo-recorded-{name}")
            story(client)
            found[name] = dump(client)
        yield found


@pytest.mark.parametrize("story", STORIES)
def test_every_field_that_is_written_has_a_line(written, story):
    record = Record()
    lacking = {
        f"{kind_of(path)}: {field}"
        for path, document in written[story].items()
        for field in record.lacks(kind_of(path), document)
    }
    assert not lacking


def test_the_stories_write_every_document_that_is_described(written):
    kinds = {kind_of(path) for documents in written.values() for path in documents}
    assert (set(READERS) | UNREAD) - {kind for only in ONLY_IN.values() for kind in only} <= kinds
