"""The judge on made-up traces: what is allowed passes, and each broken bound is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.media import Letters, Pushes
from tests.chaos.verdict import Entry, Traces, judge, takeovers_of

WAVE = 2


class Log:
    """A slice's log as workers write it."""

    def __init__(self, index: int = 0) -> None:
        self.index = index
        self.entries: list[Entry] = []
        self.workers = 0

    def _write(self, asking_again: Any = False, **outcomes: Any) -> Log:
        attempt = self.entries[-1].attempt if self.entries else 0
        number = len(self.entries) + 1
        worker = f"worker {self.workers}"
        self.entries.append(Entry(self.index, number, worker, attempt + asking_again, outcomes))
        return self

    def claim(self) -> Log:
        self.workers += 1
        return self._write()

    def wave(self, *keys: str, outcome: str = "accepted") -> Log:
        return self._write(**{outcome: keys})

    def hand_over(self) -> Log:
        return self._write(asking_again=True)

    def renew(self) -> Log:
        """Also what one writes who gives the slice up, or was stopped and goes on."""
        return self._write()

    def swept(self) -> Log:
        """`sweep` asks for the slice again."""
        self.workers += 1
        return self._write(asking_again=True)


class Recorded(Pushes):
    """Only its words are asked for."""

    def __init__(self) -> None:
        """Without a stack."""


PUSHES = Recorded()


def message(target: str, version: str = "1", collapse: str = "a.1") -> dict[str, Any]:
    headers = {"apns-collapse-id": collapse}
    data = {"thread": "a", "version": version}
    return {"target": target, "message": {"data": data, "apns": {"headers": headers}}}


def traces(log: Log, pushed: Sequence[str], **changes: Any) -> Traces:
    """Phones a, b, c and d are meant; the keys of the log are their names."""
    meant = frozenset("abcd")
    good = Traces(
        medium=PUSHES,
        state="done",
        expected=meant,
        plainly=meant,
        messages=[message(target) for target in pushed],
        log=log.entries,
        targets={f"{name}.1/1": name for name in "abcd"},
        gone=frozenset(),
        summary={"targeted": 4, "accepted": 4, "complete": True, "failed": {}},
        wave=WAVE,
    )
    return replace(good, **changes)


def usual() -> Log:
    return Log().claim().wave("a", "b").wave("c", "d")


def broken(found: Traces) -> str:
    return "; ".join(judge(found).faults)


def test_everyone_once_is_right():
    verdict = judge(traces(usual(), "abcd"))
    assert verdict.faults == ()
    assert (verdict.expected, verdict.pushed, verdict.again, verdict.allowed_again) == (4, 4, 0, 0)


def test_somebody_missed_is_named():
    assert "1 missed" in broken(traces(usual(), "abc"))


def test_somebody_outside_is_named():
    assert "1 pushed who are not meant" in broken(traces(usual(), "abcdx"))


def test_an_exact_filter_that_leaves_out_somebody_inside_is_named():
    assert "left out somebody" in broken(traces(usual(), "abcd", plainly=frozenset("abcde")))


@pytest.mark.parametrize("state", ["sending", "planned", "stopped", "failed", "scheduled", "active", "None"])
def test_a_delivery_that_is_not_done_is_named(state):
    assert f"is still {state}" in broken(traces(usual(), "abcd", state=state))


def test_a_phone_twice_without_a_reason_is_named():
    assert "1 sent again, 0 allowed" in broken(traces(usual(), "abcdd"))


def test_a_takeover_allows_one_wave_again():
    log = Log().claim().wave("a", "b").claim().wave("c", "d")
    assert judge(traces(log, "abcdcd")).faults == ()
    assert "3 sent again, 2 allowed" in broken(traces(log, "abcdbcd"))


def test_a_takeover_does_not_allow_a_phone_twice_more():
    log = Log().claim().wave("a", "b").claim().wave("c", "d")
    assert "pushed once more than" in broken(traces(log, "abcddd"))


def test_a_takeover_of_one_slice_excuses_no_other():
    first, second = Log(0).claim().wave("a", "b"), Log(1).claim().claim().wave("c", "d")
    both = Log()
    both.entries = first.entries + second.entries
    assert judge(traces(both, "abcdcd")).faults == ()
    assert "by more than a wave per takeover" in broken(traces(both, "abcdab"))


@pytest.mark.parametrize("word", ["network", "unanswered"])
def test_a_lost_answer_allows_that_phone_once_more(word):
    log = Log().claim().wave("a", "b").wave("c", outcome=word).wave("c", "d")
    assert judge(traces(log, "abcdc")).faults == ()
    assert "pushed once more than" in broken(traces(log, "abcdd"))


@pytest.mark.parametrize(
    ("log", "takeovers"),
    [
        (Log().claim().wave("a").wave("b"), 0),
        (Log().claim().wave("a").hand_over().claim().wave("b"), 0),
        (Log().claim().wave("a").renew().wave("b"), 0),
        (Log().claim().wave("a").claim().wave("b"), 1),
        (Log().claim().wave("a").renew().claim().wave("b"), 1),
        (Log().claim().wave("a").swept().claim().wave("b"), 1),
        (Log().claim().wave("a").swept().swept().claim().wave("b"), 1),
        (Log().claim().wave("a").hand_over().swept().claim().wave("b"), 0),
        (Log().swept().claim().wave("a"), 0),
        (Log().swept().swept().claim().claim().claim(), 2),
    ],
    ids=[
        *("one", "handed over", "renewed", "died", "gave up", "swept", "swept twice"),
        *("task lost", "never", "two"),
    ],
)
def test_takeovers_are_counted(log, takeovers):
    assert takeovers_of(log.entries) == {0: takeovers}


@pytest.mark.parametrize("second", [{"version": "2"}, {"collapse": "a.2"}])
def test_two_notifications_on_a_phone_are_named(second):
    log = Log().claim().wave("a", "b").claim().wave("c", "d")
    found = traces(log, "abcd")
    again = replace(found, messages=[*found.messages, message("d", **second)])
    assert "two notifications" in broken(again)


def test_letters_have_words_of_their_own_and_no_tags():
    log = Log().claim().wave("a", "b", outcome="posted").wave("c", outcome="unanswered")
    log = log.wave("c", "d", outcome="posted")
    found = traces(log, "abcdc", medium=Letters(Path("letters")))
    plain = [{"target": one["target"]} for one in found.messages]
    assert judge(replace(found, messages=plain)).faults == ()
    assert "accepted" not in {outcome for entry in log.entries for outcome in entry.outcomes}


def test_a_ledger_that_knows_less_than_fcm_is_named():
    log = Log().claim().wave("a", "b").wave("c")
    assert "the channel had a phone that the ledger does not know" in broken(traces(log, "abcd"))


def test_of_who_erased_themselves_the_ledger_may_know_nothing():
    log = Log().claim().wave("a", "b").wave("c")
    assert judge(traces(log, "abcdd", gone=frozenset("d"))).faults == ()
    assert "1 missed" in broken(traces(log, "abc", gone=frozenset("d")))
    assert "the ledger misses somebody" in broken(traces(log, "abcd", gone=frozenset("a")))


def test_a_ledger_that_says_more_than_fcm_is_named():
    assert "accepted that the channel never had" in broken(traces(usual(), "abc", expected=frozenset("abc")))


def test_a_phone_counted_twice_is_named():
    log = usual().claim().wave("d")
    assert "accepted twice" in broken(traces(log, "abcdd"))


@pytest.mark.parametrize(
    "wrong", [{"targeted": 3}, {"accepted": 5}, {"complete": False}, {"failed": {"network": 1}}]
)
def test_a_wrong_summary_is_named(wrong):
    right = {"targeted": 4, "accepted": 4, "complete": True, "failed": {}}
    assert "summary" in broken(traces(usual(), "abcd", summary={**right, **wrong}))


def test_a_missing_summary_is_named():
    assert "summary" in broken(traces(usual(), "abcd", summary=None))


def test_whoever_got_the_alert_and_not_what_follows_it_is_missed():
    assert broken(traces(usual(), "abcd", heard_before=frozenset("ab"))) == ""
    found = broken(traces(usual(), "abcd", heard_before=frozenset("ae")))
    assert found == "somebody got the alert and not what follows it"
