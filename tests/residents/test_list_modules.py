"""What the app makes of the site's answers: taken, refused, older than what is known; without a browser."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alert import Text
from shared.domain.public_alert import Kind
from tests.fakes.alert_values import TERC, replace
from tests.fakes.public_office import SENT, published, signed
from tests.fakes.signer import SeededKey
from tests.residents.site_answers import CANCELLED, MADE, PAGE, ROAD, WATER, body, kept
from tests.residents.test_alerts_modules import vendored
from tests.residents.test_push_modules import call

__all__ = ["vendored"]


def joined(known: dict[str, Any] | None, answer: dict[str, Any]) -> tuple[dict[str, str], bool]:
    """State by id, and whether the phone knew more."""
    found = call(
        "js/alerts/joining.js",
        f"await m.joined({json.dumps(known) if known else 'undefined'}, {json.dumps(answer)})",
        PAGE,
    )
    assert {one["alert"] for one in found["kept"]["sealed"]} == {one["id"] for one in found["alerts"]}
    return {one["id"]: one["state"] for one in found["alerts"]}, found["behind"]


# ---- One answer after the other


def test_the_first_answer_is_what_is_known():
    assert joined(None, kept(MADE, WATER, ROAD)) == ({"a1": "active", "r1": "active"}, False)


def test_what_a_later_answer_lacks_is_gone():
    known = kept(MADE, WATER, ROAD)
    assert joined(known, kept(MADE + timedelta(hours=1), WATER)) == ({"a1": "active"}, False)


def test_a_later_answer_cancels():
    known = kept(MADE, WATER)
    assert joined(known, kept(MADE + timedelta(minutes=1), CANCELLED)) == ({"a1": "cancelled"}, False)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_an_older_copy_undoes_no_cancellation(minutes: int):
    known = kept(MADE, CANCELLED)
    answer = kept(MADE + timedelta(minutes=minutes), WATER)
    assert joined(known, answer) == ({"a1": "cancelled"}, True)


def test_an_older_copy_takes_no_alert_away():
    known = kept(MADE, WATER, ROAD)
    assert joined(known, kept(MADE - timedelta(hours=1), ROAD)) == ({"a1": "active", "r1": "active"}, True)


def test_an_older_copy_may_still_add():
    known = kept(MADE, ROAD)
    assert joined(known, kept(MADE - timedelta(hours=1), WATER, ROAD))[0].keys() == {"a1", "r1"}


def test_what_was_sent_a_moment_ago_stays_though_an_answer_lacks_it():
    known = kept(SENT + timedelta(seconds=1), WATER)
    assert joined(known, kept(SENT + timedelta(minutes=4))) == ({"a1": "active"}, True)
    assert joined(known, kept(SENT + timedelta(minutes=6))) == ({}, False)


def test_a_forged_revision_holds_no_true_one_back():
    forged = signed(replace(WATER, revision=99), SeededKey(9))
    assert joined(kept(MADE, forged), kept(MADE, WATER)) == ({"a1": "active"}, False)


def test_what_nothing_proves_is_shown_as_unproven():
    given = kept(MADE, published(texts={"pl": Text("Uciekaj", "Zaraz.")}))
    found = call(
        "js/alerts/joining.js",
        f"""(await m.joined(undefined, {json.dumps(given)}))
            .alerts.map(({{ok, reason, texts, sent}}) => [ok, reason, texts.pl.title, sent])""",
        PAGE,
    )
    assert found == [[False, "unsigned", "Uciekaj", "2026-11-22T01:10:00Z"]]


@pytest.mark.parametrize(
    "odd",
    [
        {"alert": "x"},
        {"alert": "x", "signed": "{", "signature": "+", "key": None, "unproven": {"sent": 5, "texts": []}},
        {"alert": "x", "signed": 7, "signature": 7, "key": 7, "unproven": "text"},
    ],
)
def test_an_odd_entry_hides_no_other(odd: dict[str, Any]):
    answer = kept(MADE, WATER)
    found, _ = joined(None, {**answer, "sealed": [odd, *answer["sealed"]]})
    assert found["a1"] == "active"


def test_of_a_list_an_alert_is_found_with_its_thread():
    update = signed(published("a2", version=2, kind=Kind.UPDATE))
    given = kept(MADE, WATER, update, ROAD)
    within = f"m.threadWithin({json.dumps(given)}, 'a2').sealed.map(({{alert}}) => alert)"
    assert sorted(call("js/alerts/joining.js", within, PAGE)) == ["a1", "a2"]
    assert call("js/alerts/joining.js", f"m.threadWithin({json.dumps(given)}, 'nobody')", PAGE) is None


# ---- What counts as an answer


def asked(body: str, **response: Any) -> Any:
    """[office, ids, made, old], or [name of the error, missing]."""
    given = {"status": 200, "headers": {"content-type": "application/json"}, **response}
    return call(
        "js/session/answers.js",
        f"""await m.askList('{TERC}').then(
          ({{office, sealed, made, old}}) => [office.terc, sealed.map(({{alert}}) => alert), made, old],
          ({{name, missing}}) => [name, missing ?? false])""",
        f"""{PAGE};
        Date.now = () => {MADE.timestamp() * 1000};
        globalThis.fetch = async () => new Response({json.dumps(body)}, {json.dumps(given)})""",
    )


def test_an_answer_says_when_it_was_made():
    date = "Sun, 22 Nov 2026 01:14:50 GMT"
    found = asked(json.dumps(body(WATER)), headers={"date": date})
    assert found == [TERC, ["a1"], (MADE - timedelta(seconds=10)).timestamp() * 1000, False]


@pytest.mark.parametrize(
    "headers",
    [{"date": "Sun, 22 Nov 2026 01:00:00 GMT"}, {"date": "Sun, 22 Nov 2026 01:15:00 GMT", "age": "900"}],
)
def test_a_copy_that_a_cache_should_not_give_any_more_is_old(headers: dict[str, str]):
    found = asked(json.dumps(body(WATER)), headers=headers)
    assert (found[1], found[3]) == (["a1"], True)


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("<!doctype html><title>Wi-Fi</title>", {}),
        ("", {}),
        ("null", {}),
        ("[]", {}),
        ('{"municipality":{"terc":"1209033","keys":[]}}', {}),
        ('{"municipality":null,"alerts":[]}', {}),
        (json.dumps(body()).replace(TERC, "0000000"), {}),
        (json.dumps(body()), {"status": 503}),
        (json.dumps(body()), {"status": 429}),
        (json.dumps(body()), {"status": 500}),
    ],
    ids=["page", "nothing", "null", "list", "no alerts", "no office", "elsewhere", "503", "429", "500"],
)
def test_whatever_else_comes_is_no_answer(text: str, response: dict[str, Any]):
    assert asked(text, **response)[-1] is False
    assert asked(text, **response)[0] in ("Error", "SyntaxError", "TypeError")


def test_what_is_not_there_is_told_apart():
    assert asked("<!doctype html>", status=404) == ["Error", True]


# ---- What is told of it


def told(*answers: Any, recall: Any = None) -> list[Any]:
    """[ids, fromPhone] of each time that something was told; an answer that is None failed."""
    found = call(
        "js/alerts/town.js",
        f"""await (async () => {{
          const answers = {json.dumps(answers)}, told = [], kept = [];
          const ask = async () => {{
            const next = answers.shift();
            if (!next) throw new Error('none');
            return {{old: false, ...next}};
          }};
          const changed = ({{alerts, fromPhone}}) => told.push([alerts.map(({{id}}) => id), fromPhone]);
          const pause = () => new Promise((done) => run(done, 20));
          const recall = async () => ({json.dumps(recall)}), keep = async (one) => kept.push(one);
          const stop = m.watchAnswers({{ask, recall, keep}}, changed, () => told.push('unanswered'));
          for (let number = {1 if recall else 0} + 1; ; number += 1) {{
            for (let wait = 0; told.length < number && wait < 400; wait += 1) await pause();
            if (!answers.length) break;
            for (const heard of listeners.online) heard();
          }}
          stop();
          return [told, kept.length];
        }})()""",
        PAGE,
    )
    assert found[1] <= len(answers)
    return list(found[0])


def test_what_is_on_the_phone_is_told_at_once_and_then_what_the_site_says():
    later = kept(MADE + timedelta(hours=1), WATER)
    assert told(later, recall=kept(MADE, ROAD)) == [[["r1"], True], [["a1"], False]]


def test_a_failure_leaves_what_is_known_and_says_that_it_is_from_the_phone():
    assert told(kept(MADE, WATER), None) == [[["a1"], False], [["a1"], True]]


def test_where_nothing_is_known_a_failure_says_nothing_of_alerts():
    assert told(None) == ["unanswered"]


def test_a_failure_that_comes_first_does_not_hide_what_is_on_the_phone():
    assert told(None, recall=kept(MADE, ROAD)) == [[["r1"], True], [["r1"], True]]


def test_what_the_browser_kept_and_broke_holds_no_answer_back():
    assert told(kept(MADE, WATER), recall={"sealed": 5}) == [[["a1"], False]]


def test_a_copy_that_is_too_old_confirms_nothing():
    assert told({**kept(MADE, WATER), "old": True}) == [[["a1"], True]]


def test_an_answer_that_is_behind_confirms_nothing_until_one_is_not():
    behind, again = kept(MADE - timedelta(minutes=1)), kept(MADE + timedelta(hours=1))
    assert told(behind, again, recall=kept(MADE, WATER)) == [[["a1"], True], [["a1"], True], [[], False]]


# ---- When it is asked


@pytest.mark.parametrize(
    ("failures", "soon", "seconds"),
    [
        (0, False, 60),
        (0, True, 12),
        (1, False, 10),
        (2, False, 20),
        (1, True, 10),
        (5, False, 160),
        (9, False, 300),
    ],
)
def test_it_is_asked_once_a_minute_and_more_seldom_while_nobody_answers(
    failures: int, soon: bool, seconds: int
):
    assert call("js/alerts/asking.js", f"m.pause({failures}, {json.dumps(soon)})", PAGE) == seconds * 1000


def test_it_is_asked_when_somebody_looks_and_not_behind_their_back():
    counts = call(
        "js/alerts/asking.js",
        """await (async () => {
          let asked = 0;
          const wait = () => new Promise((resolve) => run(resolve, 20));
          const counts = [], note = async () => (await wait(), counts.push(asked));
          const hear = (name) => listeners[name].forEach((heard) => heard());
          const stop = m.keepAsking(async () => void (asked += 1));
          await note();
          document.visibilityState = 'hidden';
          hear('online');
          await note();
          document.visibilityState = 'visible';
          hear('visibilitychange');
          await note();
          hear('online');
          hear('online');
          await note();
          stop();
          hear('online');
          await note();
          return counts;
        })()""",
        PAGE,
    )
    assert counts == [1, 1, 2, 4, 4]
