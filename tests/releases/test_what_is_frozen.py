"""Every document of docs/data.md is frozen as each release wrote it, or it is said why it is not."""

from __future__ import annotations

import re

import pytest

from infra.local.processes import ROOT
from tests.releases.readers import NOT_YET_IN, ONLY_IN, READERS, UNREAD, kind_of, kinds_of
from tests.releases.samples import load, releases, stories


@pytest.mark.parametrize("release", releases())
def test_a_release_has_a_sample_of_every_document(release):
    written = {kind_of(path) for story in stories(release) for path in load(release, story)}
    assert written == kinds_of(release)


def test_every_document_that_is_described_has_a_reader():
    """As docs/data.md begins the paragraph of each: a collection's path, then an id in braces, or a name."""
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    paths = re.findall(r"^`([a-z_]+/\{[^`]*)`[:( ]", text, re.MULTILINE)
    described = {kind_of(re.sub(r"\{[^}]*\}(\.\{[^}]*\}|-\{[^}]*\}|\.\w+)*", "x", path)) for path in paths}
    assert described == set(READERS) | UNREAD


def test_only_a_release_that_is_there_lacks_documents_and_only_those_that_are_described():
    assert NOT_YET_IN.keys() | ONLY_IN.keys() <= set(releases())
    for release, lacking in NOT_YET_IN.items():
        assert lacking <= set(READERS) | UNREAD, release
