"""Every cell of the matrix of rights: what it names is allowed, and all else is denied."""

from __future__ import annotations

import uuid

import pytest

from infra.local.processes import ROOT
from tests.rules.conftest import AppClient, id_token
from tests.rules.matrix import (
    ACTORS,
    COLLECTIONS,
    EVERYBODY,
    OPERATIONS,
    PAGE,
    allowed,
    documented,
    names_of,
    with_table,
)
from tests.rules.matrix_documents import (
    DEVICE,
    DISMISSED,
    ELSEWHERE,
    FORMS,
    NEW,
    OTHER,
    OURS,
    OWNER,
    QUERIED,
    REMOVED,
    STAFF,
    everything,
    form_of,
    path_of,
    stored,
)

TOTP = {"firebase": {"sign_in_provider": "password", "sign_in_second_factor": "totp"}}
SMS = {"firebase": {"sign_in_provider": "password", "sign_in_second_factor": "phone"}}
PLAIN = {"firebase": {"sign_in_provider": "password"}}
RIGHTS = {
    "terc": OURS,
    "roles": ["author", "approver", "crisis", "admin", "auditor"],
    "admin": True,
    "name": "Ewa Nowak",
}
TOKENS: dict[str, tuple[str, dict]] = {
    "resident": (NEW, {}),
    "owner": (OWNER, {}),
    "other": (OTHER, {}),
    "gone": (OWNER, {}),
    "staff": (STAFF, TOTP),
    "staff_sms": (STAFF, SMS),
    "staff_plain": (STAFF, PLAIN),
    "dismissed": (DISMISSED, TOTP),
    "removed": (REMOVED, TOTP),
    "elsewhere": (ELSEWHERE, TOTP),
    "forged": (NEW, {**RIGHTS, **TOTP}),
}
ROWS = [(collection, actor) for collection in COLLECTIONS for actor in ACTORS]
MOST = 50


@pytest.fixture(scope="module")
def town(firestore_emulator):
    """A project with one document in every collection; answers a client for an actor's token."""
    name = f"demo-{uuid.uuid4().hex[:12]}"
    firestore_emulator.load_rules(name, (ROOT / "firestore.rules").read_text())

    def client(token):
        return AppClient(firestore_emulator.host, name, token)

    past_the_rules = client("owner")
    for path, document in everything().items():
        assert past_the_rules.set(path, document)
    return {
        "": past_the_rules,
        "nobody": client(None),
        **{actor: client(id_token(name, uid, claims)) for actor, (uid, claims) in TOKENS.items()},
    }


def attempts(client, collection, uid):
    """By operation, in an order in which what is needed is there; each answers whether it was allowed."""
    path, form = path_of(collection), form_of(collection)
    folder = path.rpartition("/")[0]
    parent, _, name = folder.rpartition("/")
    field, value = QUERIED.get(collection, ("terc", OURS))
    return {
        "get": lambda: client.get(path),
        "list": lambda: client.list(folder, most=MOST),
        "whole": lambda: client.whole(name, parent),
        "query": lambda: client.query(name, field, value, most=MOST, parent=parent),
        "count": lambda: client.count(name, field, value, most=MOST, parent=parent),
        "group": lambda: client.group(name, most=MOST),
        "update": lambda: client.set(path, form),
        "batch": lambda: client.set_both({f"residents/{uid}/devices/8": DEVICE, path: form}),
        "delete": lambda: client.delete(path),
    }


def creates(client, past_the_rules, collection):
    """Where functions alone write, beside what is there; else in its place."""
    path, form = path_of(collection), form_of(collection)
    if collection not in FORMS:
        return client.set(f"{path}new", form)
    past_the_rules.delete(path)
    return client.set(path, form)


@pytest.mark.emulator
@pytest.mark.parametrize(("collection", "actor"), ROWS, ids=[f"{actor}-{path}" for path, actor in ROWS])
def test_an_actor_may_with_a_collection_what_the_matrix_says(town, collection, actor):
    client, uid = town[actor], TOKENS.get(actor, ("nobody", {}))[0]
    found = {name for name, attempt in attempts(client, collection, uid).items() if attempt()}
    created = {"create"} if creates(client, town[""], collection) else set()
    if collection in FORMS:
        town[""].set(path_of(collection), stored(form_of(collection)))
    assert found | created == allowed(collection, actor)


def test_the_matrix_names_only_what_there_is():
    for rights in COLLECTIONS.values():
        assert set(rights) <= {*ACTORS, EVERYBODY}
        assert {name for names in rights.values() for name in names.split()} <= set(OPERATIONS)


def test_every_collection_of_the_data_page_is_in_the_matrix():
    """A new one gets a line in matrix.toml: only its path where it is for functions alone."""
    assert set(documented(PAGE.read_text())) <= {names_of(path) for path in COLLECTIONS}


def test_the_data_page_shows_the_matrix():
    """`python -m tests.rules` writes it."""
    assert PAGE.read_text() == with_table(PAGE.read_text())
