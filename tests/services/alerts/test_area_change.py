"""An update whose area is smaller says why before it is handed on; an all-clear never sounds like danger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import Kind, Severity, State
from shared.domain.area_parts import Level, Step, Unit
from shared.domain.lifecycle import Action
from shared.domain.public_alert import public_alert
from shared.errors import InvalidInput, NotSendable
from shared.formats.content_json import read_content
from shared.formats.signed_alert import read_signed, signed_text
from shared.formats.unfinished_json import read_unfinished
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.area_change import is_smaller
from shared.services.alerts.check_content import circumstances
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.follow_alert import follow_alert
from shared.services.alerts.keep_draft import keep_draft
from shared.services.alerts.send_alone import send_now
from shared.services.alerts.submit_alert import submit_alert
from tests.fakes.alert_values import SQUARE, TERC, alert, content
from tests.fakes.requests import polygon, water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

ANNA, PIOTR, KASIA = (STAFF[name] for name in ("anna", "piotr", "kasia"))


def square(west: float, east: float) -> dict[str, object]:
    return polygon([[west, 49.83], [east, 49.83], [east, 49.85], [west, 49.85], [west, 49.83]])


SMALLER, LARGER, SHIFTED = square(19.93, 19.94), square(19.92, 19.95), square(19.935, 19.955)


@pytest.fixture
def office() -> StaffApi:
    office = StaffApi()
    now = office.clock.now()
    office.alerts.put(alert("a1", state=State.ACTIVE, generation=1, approved=now, started=now))
    return office


def begun(office: StaffApi, action: Action = Action.UPDATE) -> str:
    return follow_alert(office.ports, "a1", 1, ANNA, action).id


def edit(office: StaffApi, alert_id: str, revision: int = 1, **changes: object):
    return edit_alert(office.ports, alert_id, revision, ANNA, read_content(water(**changes)))


def faults(refused: pytest.ExceptionInfo) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in refused.value.errors]


@pytest.mark.parametrize("area", [SMALLER, SHIFTED], ids=["smaller", "shifted"])
def test_a_smaller_area_without_the_answer_changes_nothing(office, area):
    one = begun(office)
    with pytest.raises(InvalidInput) as refused:
        edit(office, one, area=area)
    assert faults(refused) == [("/area_change", "area-smaller")]
    assert office.alerts.get(one).value.revision == 1


@pytest.mark.parametrize("answer", ["eased", "wrong"])
def test_the_answer_is_kept_told_to_everybody_and_signed(office, answer):
    after = edit(office, begun(office), area=SMALLER, area_change=answer)
    assert after.area_change == answer
    shown = public_alert(replace(after, state=State.ACTIVE, started=office.clock.now()))
    text = signed_text(shown, "key", office.clock.now())
    assert (shown.narrowed, read_signed(text).alert.narrowed) == (answer, answer)
    assert "narrowed" not in signed_text(replace(shown, narrowed=None), "key", office.clock.now())


def test_an_answer_to_what_nobody_asks_is_not_kept(office):
    for changes in ({"area": LARGER}, {"area_name": "Inaczej"}):
        revision = 1
        one = begun(office)
        revision = office.alerts.get(one).value.revision
        assert edit(office, one, revision, area_change="wrong", **changes).area_change == ""
    assert edit(office, begun(office, Action.CORRECT), area=SMALLER, area_change="wrong").area_change == ""


def test_the_answer_stays_while_the_area_does_and_another_word_is_refused(office):
    one = begun(office)
    edit(office, one, area=SMALLER, area_change="eased")
    assert edit(office, one, 2, area=SMALLER).area_change == "eased"
    assert edit(office, one, 3, area=SMALLER, area_change="wrong").area_change == "wrong"
    with pytest.raises(InvalidInput) as refused:
        edit(office, one, 4, area=SMALLER, area_change="gone")
    assert ("/area_change", "unknown-value") in faults(refused)
    assert edit(office, one, 4, area=LARGER).area_change == ""


def test_a_draft_is_kept_without_it_and_handed_on_by_nobody(office):
    one = begun(office)
    form = read_unfinished(water(area=SMALLER))
    assert keep_draft(office.ports, one, 1, ANNA, form).area_change == ""
    with pytest.raises(NotSendable) as refused:
        submit_alert(office.ports, one, 2, ANNA)
    assert faults(refused) == [("/area_change", "area-smaller")]
    with pytest.raises(NotSendable):
        send_now(office.ports, one, 2, KASIA, "pilne")
    kept = keep_draft(office.ports, one, 2, ANNA, read_unfinished(water(area=SMALLER, area_change="eased")))
    assert kept.area_change == "eased"
    assert keep_draft(office.ports, one, 3, ANNA, form).area_change == "eased"
    submit_alert(office.ports, one, 4, ANNA)
    assert approve_alert(office.ports, one, 5, PIOTR).area_change == "eased"


def test_nobody_approves_one_that_lost_its_answer(office):
    one = begun(office)
    edit(office, one, area=SMALLER, area_change="eased")
    submit_alert(office.ports, one, 2, ANNA)
    office.alerts.put(replace(office.alerts.get(one).value, area_change=""))
    with pytest.raises(NotSendable):
        approve_alert(office.ports, one, 3, PIOTR)


def test_an_all_clear_has_the_least_severity(office):
    one = begun(office, Action.ALL_CLEAR)
    with pytest.raises(InvalidInput) as refused:
        edit(office, one, severity="Severe")
    assert faults(refused) == [("/severity", "all-clear-minor")]
    assert edit(office, one, severity="Minor").kind is Kind.ALL_CLEAR
    office.alerts.put(replace(office.alerts.get(one).value, content=content(severity=Severity.MODERATE)))
    with pytest.raises(NotSendable):
        submit_alert(office.ports, one, 2, ANNA)


def test_parts_are_compared_by_their_addresses_where_outlines_are_alike(office):
    around = circumstances(office.ports, TERC)
    gmina = Step(Unit(Level.GMINA, TERC, shape=SQUARE))
    whole = content(parts=(gmina,))
    village = content(parts=(gmina, Step(Unit(Level.LOCALITY, "9990025"), subtracted=True)))
    assert not is_smaller(whole, whole, around)
    known = office.ports.areas is not None and bool(office.ports.areas.gazetteer(TERC))
    assert is_smaller(whole, village, around) is known
    assert not is_smaller(village, whole, around)
