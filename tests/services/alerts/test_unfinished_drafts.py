"""Drafts that lack what an alert must say: kept as they are typed, refused when they are handed on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.alert_documents import from_document, to_document
from shared.adapters.stored_documents import Misfit
from shared.domain.alert import State, replace
from shared.domain.approval import Unseen
from shared.domain.content import Content, Text, specs
from shared.domain.retention import CASE_KEPT, kept_until
from shared.domain.unfinished import completed, unsaid
from shared.errors import Forbidden, InvalidInput, PreconditionFailed, WrongState
from shared.formats.alert_json import content_json
from shared.formats.content_json import read_content
from shared.formats.unfinished_json import read_unfinished
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.keep_draft import begin_draft, keep_draft
from shared.services.alerts.submit_alert import submit_alert
from tests.fakes.alert_values import alert, at, content
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

ANNA, EWA, PIOTR = STAFF["anna"], STAFF["ewa"], STAFF["piotr"]
REQUIRED = ["/category", "/severity", "/area", "/area_name", "/expires"]


@pytest.fixture
def office():
    return StaffApi()


def begun(office, **said):
    return begin_draft(office.ports, read_unfinished(said), ANNA, None)


def keep(office, draft, who=ANNA, **said):
    return keep_draft(office.ports, draft.id, draft.revision, who, read_unfinished(said))


@pytest.mark.parametrize("name", [None, *water()])
def test_a_draft_of_one_field_and_no_other_is_kept(office, name):
    draft = begun(office, **({name: water()[name]} if name else {}))
    kept = content_json(office.alerts.get(draft.id).value.content)
    required = {one for one, spec in specs(Content).items() if spec.required} - {name, "texts"}
    assert {one for one in required if kept[one] is None} == required
    if name == "texts":
        assert kept["texts"] == water()["texts"]
    elif name:
        assert kept[name] is not None or water()[name] is None


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("name", ["category", "severity", "area", "area_name", "expires", "texts"])
def test_a_blank_field_is_one_that_is_not_said(office, name, value):
    draft = begun(office, **{**water(), name: value})
    assert draft.content == begun(office, **{k: v for k, v in water().items() if k != name}).content


def test_each_keeping_is_a_version_of_its_own(office):
    draft = begun(office)
    for _ in range(2):
        draft = keep(office, draft, area_name="Zawada")
    assert (draft.version, draft.revision) == (3, 3)


def test_texts_are_kept_part_by_part(office):
    draft = begun(office, texts={"en": {"title": " ", "body": "No water."}})
    assert draft.content.texts == {"pl": Text("", ""), "en": Text("", "No water.")}
    assert content_json(draft.content)["texts"] == {"pl": {}, "en": {"body": "No water."}}


def test_a_time_that_has_passed_waits_until_the_draft_is_handed_on(office):
    draft = begun(office, **water(expires="2020-01-01T00:00:00Z"))
    with pytest.raises(InvalidInput) as refused:
        submit_alert(office.ports, draft.id, 1, ANNA)
    assert [(fault.pointer, fault.code) for fault in refused.value.errors] == [("/expires", "expires-past")]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"category": "disaster"}, "/category"),
        ({"texts": {"pl": {"title": "x" * 121}}}, "/texts/pl/title"),
        ({"texts": {"pl": {"html": "x"}}}, "/texts/pl/html"),
        ({"texts": {"pl": 1}}, "/texts/pl"),
        ({"expires": "tomorrow"}, "/expires"),
        ({"exercise": None}, "/exercise"),
        ({"state": "active"}, "/state"),
        ({"texts": {"fr": {"title": "t"}}}, "/texts/fr"),
        ({"area": {"type": "Point", "coordinates": [19.9, 49.8]}}, "/area"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_draft_too(office, said, pointer):
    with pytest.raises(InvalidInput) as refused:
        begun(office, **said)
    assert [fault.pointer for fault in refused.value.errors] == [pointer]
    assert office.alerts.writes == 0


def test_submitting_names_all_that_lacks(office):
    draft = begun(office, texts={"en": {"title": "t"}})
    with pytest.raises(InvalidInput) as refused:
        submit_alert(office.ports, draft.id, draft.revision, ANNA)
    named = [fault.pointer for fault in refused.value.errors]
    assert sorted(named) == sorted([*REQUIRED, "/texts/pl/title", "/texts/pl/body", "/texts/en/body"])
    assert {fault.code for fault in refused.value.errors} == {"missing"}
    assert office.alerts.get(draft.id).value.state is State.DRAFT


def test_what_is_unfinished_is_never_approved_however_it_came_there(office):
    unfinished = Content(**completed({}))
    office.alerts.put(alert("a1", state=State.SUBMITTED, content=unfinished))
    with pytest.raises(InvalidInput):
        approve_alert(office.ports, "a1", 1, PIOTR)
    assert office.caller.calls == []


def test_a_finished_draft_is_submitted_as_any_other(office):
    draft = begun(office, texts={"pl": {"title": "t"}})
    finished = keep(office, draft, **water())
    assert submit_alert(office.ports, draft.id, finished.revision, ANNA).state is State.SUBMITTED


def test_the_history_tells_once_of_each_person_who_goes_on_writing(office):
    draft = begun(office, area_name="a")
    for who in (ANNA, ANNA, EWA, EWA, ANNA):
        draft = keep(office, draft, who, area_name=f"by {who.person.name} after {draft.revision}")
    told = [(entry.action, entry.by.name) for entry in office.alerts.history(draft.id)]
    anna, ewa = ANNA.person.name, EWA.person.name
    assert told == [("create", anna), ("edit", ewa), ("edit", anna)]
    assert (draft.revision, set(draft.writers)) == (6, {ANNA.person.uid, EWA.person.uid})


def test_nobody_keeps_a_draft_over_another_persons_change(office):
    draft = begun(office, area_name="a")
    keep(office, draft, EWA, area_name="b")
    with pytest.raises(PreconditionFailed):
        keep(office, draft, ANNA, area_name="c")


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SCHEDULED])
def test_what_was_handed_on_is_not_taken_back_by_typing(office, state):
    waiting = office.alerts.put(alert("a1", state=state)).value
    with pytest.raises(WrongState):
        keep(office, waiting, area_name="x")
    assert office.alerts.get("a1").value == waiting
    assert edit_alert(office.ports, "a1", 1, ANNA, read_content(water())).state is State.DRAFT


def test_an_approver_keeps_no_draft(office):
    with pytest.raises(Forbidden):
        begin_draft(office.ports, read_unfinished({}), PIOTR, None)
    with pytest.raises(Forbidden):
        keep(office, begun(office), PIOTR, area_name="x")


def test_an_unfinished_draft_can_be_called_off(office):
    draft = begun(office)
    assert cancel_alert(office.ports, draft.id, 1, ANNA).state is State.CANCELLED


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED])
def test_an_unfinished_draft_is_stored_and_read_as_it_was(state):
    draft = alert(
        state=state, content=Content(**completed({"texts": {"pl": Text("t", ""), "en": Text("", "")}}))
    )
    document = to_document(draft)
    assert (document["category"], document["expires"], document["area"]) == (None, None, None)
    assert document["texts"] == {"pl": {"title": "t"}, "en": {}}
    assert from_document(draft.id, document) == draft


@pytest.mark.parametrize("name", ["category", "severity", "texts", "area", "area_name", "expires"])
@pytest.mark.parametrize(
    "changes", [{"state": State.SUBMITTED}, {"state": State.CANCELLED, "approved": at(1)}]
)
def test_of_what_went_further_a_field_that_lacks_makes_it_unreadable(name, changes):
    document = to_document(alert(**changes))
    with pytest.raises((Misfit, KeyError, ValueError, AttributeError)):
        from_document("a1", {**document, name: None})


def test_a_draft_without_an_end_is_kept_from_its_last_change_on():
    draft = alert(content=Content(**completed({})))
    assert kept_until(draft) == draft.updated + CASE_KEPT


def test_a_finished_content_lacks_nothing():
    assert list(unsaid(content())) == []
    assert list(unsaid(replace(content(), texts={"pl": Text("t", "")}))) == ["/texts/pl/body"]


def test_the_history_tells_what_the_approver_had_not_seen(office):
    office.areas = FakeAreaLibrary(())
    for name, unseen in (("a1", (Unseen.REACH, Unseen.MAP)), ("a2", ())):
        office.alerts.put(
            alert(name, state=State.SUBMITTED, content=content(expires=office.clock.now() + timedelta(1)))
        )
        approve_alert(office.ports, name, 1, PIOTR, unseen)
    assert office.alerts.history("a1")[-1].details == {"unseen": "reach, map"}
    assert office.alerts.history("a2")[-1].details == {}
