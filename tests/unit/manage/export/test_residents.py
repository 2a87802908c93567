"""An export with what is of residents: only with a reason, only of this municipality, and in the audit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from manage.export.__main__ import main
from manage.export.audited import Asked, audited
from manage.export.exporting import export
from manage.export.files import faults
from manage.export.parts import PARTS
from manage.export.residents import RESIDENTS
from shared.domain.audit import Outcome
from shared.errors import Unavailable
from tests.fakes.audit import FakeAuditLog
from tests.unit.manage.export.kept import Kept

TERC = "1201022"
DOCUMENTS: dict[str, dict[str, Any]] = {
    f"municipalities/{TERC}": {"name": "Wzorów"},
    "published/a1": {"terc": TERC},
    "published/a1/receipts/ann.1.opened": {"kind": "opened", "proof": "proof-of-ann", "at": "2026-11-01"},
    "published/a1/reports/ann": {"reason": "not_mine", "device": "1", "proof": "proof-of-ann"},
    "audience/ann.1": {
        "found_by": ["12", "1201", "120102"],
        "language": "uk",
        "muted": ["event"],
        "devices": [{"id": "1", "platform": "web", "value": "target-of-ann"}],
        "siblings": [{"id": "2", "cell": "cell-elsewhere"}],
    },
    "audience/ann.2": {"found_by": ["12", "1201", "120103"]},
    "residents/ann/places/1": {"label": "Dom", "cell": "cell-here"},
    "residents/ann/places/2": {"label": "Praca", "cell": "cell-elsewhere"},
    "residents/ann/devices/1": {"target": {"value": "target-of-ann"}},
}
ASKED = Asked(TERC, "Jan Kowalski", "wniosek sądu, sygn. II K 1/26", residents=True)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    export(Kept(DOCUMENTS), TERC, made, {"residents": True}, lambda *_: None, (*PARTS, *RESIDENTS))
    return made


def rows(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def test_it_has_the_places_here_with_the_wishes_of_their_owner(folder):
    assert faults(folder) == []
    (place,) = rows(folder, "residents_places")
    assert place == {
        "path": "residents/ann/places/1",
        "label": "Dom",
        "cell": "cell-here",
        "language": "uk",
        "muted": ["event"],
        "platforms": ["web"],
    }


def test_places_elsewhere_targets_and_proofs_stay(folder):
    written = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    kept_back = ("cell-elsewhere", "Praca", "target-of-ann", "proof-of-ann")
    assert [secret for secret in kept_back if secret in written] == []
    assert [row["kind"] for row in rows(folder, "receipts")] == ["opened"]
    assert [row["reason"] for row in rows(folder, "reports")] == ["not_mine"]


def test_who_asked_and_why_is_in_the_audit_before_and_after():
    log = FakeAuditLog()
    with audited(ASKED, log):
        assert [act.outcome for act in log.acts(TERC)] == [Outcome.INTENT]
    intent, done = log.acts(TERC, "municipality.export")
    assert (intent.outcome, done.outcome) == (Outcome.INTENT, Outcome.DONE)
    assert done.by
    assert (done.by.name, done.why, done.after) == ("Jan Kowalski", ASKED.why, {"residents": True})


def test_one_that_failed_is_in_the_audit_as_failed():
    log = FakeAuditLog()
    with pytest.raises(Unavailable), audited(ASKED, log):
        raise Unavailable
    assert [act.outcome for act in log.acts(TERC)] == [Outcome.INTENT, Outcome.FAILED]


@pytest.mark.parametrize(
    "more", [["--residents", "--by", "Jan"], ["--residents", "--by", "Jan", "--why", " "], ["--why", "x"], []]
)
def test_without_a_name_or_a_reason_nothing_is_exported(tmp_path, capsys, more):
    with pytest.raises(SystemExit) as ended:
        main([TERC, "--to", str(tmp_path / "out"), *more])
    assert ended.value.code == 2
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr().err
