"""The command on a municipality of fakes: what it prints, and when it prints nothing."""

from __future__ import annotations

import pytest

from manage.letters.__main__ import main
from shared import wiring
from shared.domain.public_alert import PublicMunicipality
from tests.fakes.alert_values import TERC
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.municipalities import FakeMunicipalityStore

SITE = ("--site", "https://alerty.gmina.pl")
OFFICE = PublicMunicipality(
    TERC, "Gmina Regionalna", ("pl",), (49.85, 19.95), keys=(), contact={"phone": "12"}
)


@pytest.fixture(autouse=True)
def registers(monkeypatch):
    municipalities, areas = FakeMunicipalityStore(public=[OFFICE]), FakeAreaLibrary()
    monkeypatch.setattr(wiring, "municipalities", lambda: municipalities)
    monkeypatch.setattr(wiring, "areas", lambda: areas)


def test_a_street_by_its_name_is_printed_and_the_time_is_said(tmp_path, capsys):
    out = tmp_path / "letters"
    assert main([TERC, "--out", str(out), *SITE, "--street", "rozana", "--workers", "1"]) == 0
    assert [path.name for path in sorted(out.iterdir())] == ["0001-regionalna-ul-rozana.pdf", "index.csv"]
    assert capsys.readouterr().out.startswith("42 letters in 1 files, ")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["9999999"], "there are no addresses of 9999999"),
        ([TERC, "--street", "Qwerty"], "no street or locality"),
    ],
)
def test_what_is_not_in_the_register_is_refused(tmp_path, capsys, given, why):
    out = tmp_path / "letters"
    assert main([*given, "--out", str(out), *SITE]) == 1
    assert why in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_with_earlier_letters_is_left_alone(tmp_path, capsys):
    (tmp_path / "0001-old.pdf").write_bytes(b"old")
    assert main([TERC, "--out", str(tmp_path), *SITE]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["0001-old.pdf"]


@pytest.mark.parametrize("site", ["http://alerty.gmina.pl", "https://alerty.gmina.pl/app"])
def test_a_site_that_nobody_could_type_is_refused(tmp_path, site):
    with pytest.raises(SystemExit):
        main([TERC, "--out", str(tmp_path / "letters"), "--site", site])
