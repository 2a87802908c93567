"""What any release wrote is read by this one; what it cannot read takes nothing else down."""

from __future__ import annotations

import logging
import re
from copy import deepcopy

import pytest

from tests.releases.readers import READERS, kind_of, kinds_of
from tests.releases.samples import decoded, dump, encoded, fill, load, releases, stories

pytestmark = pytest.mark.emulator

SAMPLES = [(release, story) for release in releases() for story in stories(release)]
# Documents whose fields are taken, changed and added to.
VARIED = [(release, kind) for release in releases() for kind in sorted(kinds_of(release) & READERS.keys())]
# A kind of document, a field and a word of a later release in it; and the query that may then not find it.
LATER_WORDS = [
    ("alerts/*", "category", "flood", None),
    ("alerts/*", "severity", "Unheard", None),
    ("alerts/*", "state", "superseded", None),
    ("alerts/*/history/*", "state", "superseded", None),
    ("published/*", "category", "flood", None),
    ("published/*", "severity", "Unheard", None),
    ("published/*", "kind", "exercise", None),
    ("published/*", "state", "superseded", "active"),
    ("audience/*", "language", "lv", None),
    ("audience/*", "muted", ["flood", "event"], None),
    ("audience/*", "least_severity", "Unheard", None),
    ("residents/*", "language", "lv", None),
    ("residents/*", "muted", ["flood", "event"], None),
    ("residents/*", "least_severity", "Unheard", None),
    ("residents/*/devices/*", "platform", "watch", "phones"),
]


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def of_kind(release, kind):
    """A sample that holds a document of the kind, and the path of the first of them."""
    for story in stories(release):
        sample = load(release, story)
        for path in sorted(sample):
            if kind_of(path) == kind:
                return sample, path
    raise AssertionError(f"{release} has no sample of {kind}")


def concerns(path, name):
    """Whether what was found under a name is what stands in the document, or beneath it."""
    names = path.split("/")
    wanted = f"{names[1]} {names[3]}" if path.startswith("residents/") and len(names) > 2 else names[1]
    return wanted in name


def only_it_is_missing(path, before, now):
    missing = {f"{reader}: {name}" for reader in before for name in before[reader] - now[reader]}
    return all(concerns(path, name) for name in missing)


@pytest.mark.parametrize(("release", "story"), SAMPLES)
def test_a_sample_is_what_its_file_says(client, release, story):
    """Times, points, integers and nulls come back as they were, through JSON and through Firestore."""
    sample = load(release, story)
    assert {path: decoded(encoded(fields)) for path, fields in sample.items()} == sample
    fill(client, sample)
    assert dump(client) == sample


@pytest.mark.parametrize(("release", "story"), SAMPLES)
def test_every_reader_reads_what_every_release_wrote(client, caplog, release, story):
    sample = load(release, story)
    fill(client, sample)
    ids = {
        top: {path.split("/")[1] for path in sample if kind_of(path) == f"{top}/*"}
        for top in ("alerts", "published", "audience", "municipalities", "erasures", "sweep")
    }
    found = {
        f"{reader.__name__} {name}": names
        for reader in set(READERS.values())
        for name, names in reader(client, sample).items()
    }
    for name in ("read_alerts get", "read_alerts list", "read_alerts changed"):
        assert found[name] == ids["alerts"], name
    for name in ("read_published alert", "read_published sent since", "read_published token"):
        assert found[name] == ids["published"], name
    for name in ("read_people stream", "read_people entries"):
        assert found[name] == ids["audience"], name
    for name in ("read_registers municipality", "read_registers boundaries", "read_registers served"):
        assert found[name] == ids["municipalities"], name
    assert found["read_people asked"] == ids["erasures"]
    assert found["read_cursors position"] == ids["sweep"]
    beneath = {kind_of(path): 0 for path in sample}
    for path in sample:
        beneath[kind_of(path)] += 1
    for kind, name in (
        ("alerts/*/history/*", "read_alerts history"),
        ("alerts/*/deliveries/*", "read_deliveries deliveries"),
        ("alerts/*/deliveries/*/slices/*", "read_deliveries slices"),
        ("alerts/*/deliveries/*/slices/*", "read_deliveries progress"),
        ("alerts/*/summary/*", "read_deliveries summary"),
        ("residents/*/places/*", "read_people places"),
        ("residents/*/devices/*", "read_people phones"),
    ):
        assert len(found[name]) == beneath.get(kind, 0), name
    assert not errors(caplog)


@pytest.mark.parametrize(("release", "kind"), VARIED)
def test_a_field_less_or_of_another_type_takes_nothing_else_down(client, caplog, release, kind):
    sample, path = of_kind(release, kind)
    fill(client, sample)
    read, document = READERS[kind], client.document(path)
    before = read(client, sample)
    for field in sample[path]:
        for odd in ({}, {field: {"odd": [1]}}, {field: 4711}):
            document.set({name: value for name, value in sample[path].items() if name != field} | odd)
            assert only_it_is_missing(path, before, read(client, sample)), (field, odd)
    for text in errors(caplog):
        assert "cannot be read" in text
        assert not re.search(r"\b(ann|bob|zoe)\b", text), "whose document it is, is told to nobody"


@pytest.mark.parametrize(("release", "kind"), VARIED)
def test_a_field_more_changes_nothing(client, caplog, release, kind):
    sample, path = of_kind(release, kind)
    fill(client, sample)
    before = READERS[kind](client, sample)
    client.document(path).set(_with_more(sample[path]))
    assert READERS[kind](client, sample) == before
    assert not errors(caplog)


def _with_more(value):
    """A key more in every map, at every depth, but for those whose keys are words: languages, reasons."""
    if isinstance(value, list):
        return [_with_more(item) for item in value]
    if not isinstance(value, dict):
        return value
    more = {name: _with_more(item) for name, item in value.items()}
    plain = all(isinstance(item, dict) for item in value.values()) or not value
    counts = value and all(isinstance(item, int) for item in value.values())
    texts = value and all(isinstance(item, str) and "\n" in item + "\n" for item in value.values())
    return more if plain or ((counts or texts) and len(value) < 2) else {**more, "added": {"later": [1]}}


@pytest.mark.parametrize(("kind", "field", "word", "hides"), LATER_WORDS)
@pytest.mark.parametrize("release", releases())
def test_a_word_of_a_later_release_is_no_obstacle(client, caplog, release, kind, field, word, hides):
    sample, path = of_kind(release, kind)
    fill(client, sample)
    before = READERS[kind](client, sample)
    client.document(path).set({**sample[path], field: word})
    now = READERS[kind](client, sample)
    assert {name for name in before if now[name] != before[name]} <= {hides}
    assert only_it_is_missing(path, before, now)
    assert not errors(caplog)


def test_a_phone_of_an_unknown_kind_leaves_its_owner_the_others(client):
    sample, path = of_kind(releases()[0], "audience/*")
    assert len(sample[path]["devices"]) > 1
    fill(client, sample)
    before = READERS["audience/*"](client, sample)
    changed = deepcopy(sample[path]["devices"])
    changed[0]["platform"] = "watch"
    client.document(path).update({"devices": changed})
    now = READERS["audience/*"](client, sample)
    assert now["stream"] == before["stream"]
    assert before["devices"] - now["devices"] == {f"{path.partition('/')[2]} {changed[0]['id']}"}
