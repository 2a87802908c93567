"""TERC, SIMC, ULIC and WMRODZ, as CSV, XML and the zip of both."""

from __future__ import annotations

from datetime import date

import pytest

from manage.areas.registers.codes import check_digit, sym
from manage.areas.registers.faults import RowFault
from manage.areas.registers.rows import Locality, Street, Unit
from tests.unit.manage.areas.files import (
    SIMC,
    TERC,
    ULIC,
    WMRODZ,
    csv_file,
    refusals,
    rows_of,
    surveyed,
    xml_file,
    zip_file,
)

REGISTERS = {"TERC": TERC, "SIMC": SIMC, "ULIC": ULIC, "WMRODZ": WMRODZ}


@pytest.mark.parametrize("name", REGISTERS)
def test_csv_xml_and_the_zip_of_both_say_the_same(tmp_path, name):
    lines = REGISTERS[name]
    as_csv, as_xml = csv_file(tmp_path / "one.csv", lines), xml_file(tmp_path / "one.xml", lines)
    as_zip = zip_file(tmp_path / "one.zip", as_xml, as_csv)
    assert rows_of(as_csv) == rows_of(as_xml) == rows_of(as_zip)
    assert len(rows_of(as_csv)) == len(lines) - 1
    assert surveyed(as_csv)[0].files[0].kind == name


def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path):
    found, _ = surveyed(csv_file(tmp_path / "SIMC.gml", TERC))
    assert [file.kind for file in found.files] == ["TERC"]


def test_rows_are_what_the_register_says(tmp_path):
    unit = rows_of(csv_file(tmp_path / "1", TERC))[2]
    assert unit == Unit("1209033", "Myślenice", "gmina miejsko-wiejska", date(2026, 1, 1))
    assert unit.parent == "1209"
    part = rows_of(csv_file(tmp_path / "2", SIMC))[2]
    assert part == Locality("0327468", "0327416", "1209035", "Przymiarek", "00", date(2026, 1, 1))


def test_quotation_marks_belong_to_a_name(tmp_path):
    assert rows_of(csv_file(tmp_path / "1", SIMC))[1].name == 'Zawada"B"'


def test_spaces_in_a_name_are_single_ones(tmp_path):
    lines = [SIMC[0], SIMC[1].replace("Myślenice", " Nowy\u00a0  Targ ")]
    assert rows_of(csv_file(tmp_path / "1", lines))[0].name == "Nowy Targ"


@pytest.mark.parametrize(
    ("feature", "name_1", "name_2", "shown"),
    [
        ("ul.", "Piłsudskiego", "Józefa", "ul. Józefa Piłsudskiego"),
        ("ul.", "Rolnicza", "", "ul. Rolnicza"),
        ("", "Rynek", "", "Rynek"),
    ],
)
def test_a_street_is_shown_by_the_rule_of_the_register(feature, name_1, name_2, shown):
    street = Street("0951617", "16274", "1209034", feature, name_1, name_2, date(2026, 1, 1))
    assert street.display_name == shown


@pytest.mark.parametrize("code", ["0951617", "0327416", "0936457", "0855492"])
def test_a_right_check_digit_is_taken(code):
    assert sym("SYM", code) == code
    assert check_digit(code[:6]) == code[6]


@pytest.mark.parametrize("code", ["0951618", "0951671", "951617", "", "09516l7", "٠٩٥١٦١٧"])
def test_a_wrong_one_is_not(code):
    with pytest.raises(RowFault, match="SYM"):
        sym("SYM", code)


@pytest.mark.parametrize(
    ("register", "old", "new", "reason"),
    [
        (SIMC, "0327468;0327416", "0327467;0327416", "check digit"),
        (SIMC, "03;5;00", "03;3;00", "RODZ_GMI"),
        (SIMC, "03;5;00", "03;7;00", "kind of a gmina"),
        (SIMC, "Przymiarek", "", "no name"),
        (SIMC, "0327416;2026-01-01", "0327416;2026-13-01", "no date"),
        (SIMC, "Przymiarek", "Przymiarek;x", "fields"),
        (TERC, "12;09;03;5", "12;;03;5", "neither"),
        (TERC, "12;09;03;5", "12;9;03;5", "POW"),
        (ULIC, "18821", "8821", "SYM_UL"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line_and_reason(tmp_path, register, old, new, reason):
    lines = [*register[:-1], register[-1].replace(old, new)]
    if register[-1].replace(old, new) == register[-1]:
        lines = [line.replace(old, new) if line is register[-1] or old in line else line for line in register]
    found, rejected = surveyed(csv_file(tmp_path / "one.csv", lines))
    assert [(one.row, reason in one.reason) for one in rejected] == [(len(register), True)]
    assert (found.rejected, found.refusals) == (1, [])
    assert found.files[0].rows.total() == len(register) - 2


def test_a_wrong_delimiter_is_refused(tmp_path):
    lines = [line.replace(";", ",") for line in TERC]
    assert refusals(csv_file(tmp_path / "1", lines)) == [(1, "the delimiter is ',', not ';'")]


def test_windows_1250_is_refused_by_the_line_that_shows_it(tmp_path):
    assert refusals(csv_file(tmp_path / "1", TERC, "cp1250")) == [
        (2, "not in UTF-8 (an export in Windows-1250?)")
    ]


@pytest.mark.parametrize("write", [csv_file, xml_file])
def test_a_missing_column_is_refused_by_its_name(tmp_path, write):
    lines = [";".join(line.split(";")[:-2] + line.split(";")[-1:]) for line in SIMC]
    assert refusals(write(tmp_path / "1", lines)) == [(1, "without the column SYMPOD")]


@pytest.mark.parametrize("name", ["TERC", "SIMC", "ULIC", "WMRODZ"])
def test_a_key_that_is_there_twice_is_refused_by_its_row(tmp_path, name):
    lines = [*REGISTERS[name], REGISTERS[name][1]]
    assert refusals(csv_file(tmp_path / "1", lines)) == [(len(lines), "the key stood in an earlier row")]


def test_a_key_that_stands_in_an_earlier_file_is_refused(tmp_path):
    first, second = csv_file(tmp_path / "1", SIMC), xml_file(tmp_path / "2", [SIMC[0], SIMC[1]])
    found, _ = surveyed(first, second)
    assert [(one.file, one.row) for one in found.refusals] == [("2", 1)]
    assert [file.name for file in found.files] == ["1"]


def test_two_parts_of_a_register_are_taken_together(tmp_path):
    halves = [SIMC[:2], [SIMC[0], *SIMC[2:]]]
    simc = [csv_file(tmp_path / f"{number}", lines) for number, lines in enumerate(halves)]
    found, _ = surveyed(*simc, csv_file(tmp_path / "ulic", ULIC))
    assert found.refusals == []


@pytest.mark.parametrize(("register", "line", "row"), [(TERC, 2, 3), (SIMC, 2, 3)])
def test_a_parent_that_is_not_there_is_refused_by_its_row(tmp_path, register, line, row):
    lines = [one for number, one in enumerate(register) if number != line]
    assert refusals(csv_file(tmp_path / "1", lines)) == [(row, "what it is a part of is not in the file")]


def test_a_street_of_a_locality_that_is_not_in_simc_is_refused(tmp_path):
    simc = csv_file(tmp_path / "simc", [SIMC[0], *SIMC[2:]])
    found, _ = surveyed(csv_file(tmp_path / "ulic", ULIC), simc)
    assert [(one.file, one.row) for one in found.refusals] == [("ulic", 2)]
    assert [file.kind for file in found.files] == ["SIMC"]


def test_all_registers_of_a_gmina_fit_together(tmp_path):
    paths = [csv_file(tmp_path / name, lines) for name, lines in REGISTERS.items()]
    found, rejected = surveyed(*paths)
    assert (rejected, found.refusals) == ([], [])
    assert {file.kind: file.rows.total() for file in found.files} == {
        "TERC": 5, "SIMC": 3, "ULIC": 2, "WMRODZ": 2,
    }  # fmt: skip


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_archive_is_refused(tmp_path, share):
    lines = [*WMRODZ[:1], *(f"{number:02};osada {number * 7919};2013-02-28" for number in range(90))]
    whole = zip_file(tmp_path / "whole.zip", csv_file(tmp_path / "one.csv", lines)).read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(len(whole) * share)])
    [(_, reason)] = refusals(cut)
    assert "archive is damaged" in reason


def test_an_archive_with_damaged_bytes_is_refused(tmp_path):
    lines = [*WMRODZ[:1], *(f"{number:02};osada {number * 7919};2013-02-28" for number in range(90))]
    path = zip_file(tmp_path / "one.zip", csv_file(tmp_path / "one.csv", lines))
    data = bytearray(path.read_bytes())
    data[200:220] = bytes(20)
    path.write_bytes(bytes(data))
    [(_, reason)] = refusals(path)
    assert "archive is damaged" in reason


def test_xml_that_ends_too_early_is_refused(tmp_path):
    path = xml_file(tmp_path / "1", TERC)
    path.write_bytes(path.read_bytes()[:-40])
    [(row, reason)] = refusals(path)
    assert "not well-formed" in reason
    assert row > 0


@pytest.mark.parametrize("content", [b"", b"a;b;c\n1;2;3\n", b"\x89PNG\r\n\x1a\n\0", b"<a><b/></a>", b"{}"])
def test_what_is_no_register_is_refused(tmp_path, content):
    path = tmp_path / "one.csv"
    path.write_bytes(content)
    assert len(refusals(path)) == 1


def test_what_is_not_there_is_refused(tmp_path):
    assert len(refusals(tmp_path / "none.csv", tmp_path)) == 2


def test_a_damaged_file_does_not_hide_the_faults_of_the_others(tmp_path):
    first = csv_file(tmp_path / "1", TERC, "cp1250")
    second = csv_file(tmp_path / "2", [*WMRODZ, WMRODZ[1]])
    assert [row for row, _ in refusals(first, second)] == [2, 4]


def test_other_files_in_an_archive_are_passed_over(tmp_path):
    (tmp_path / "notes.txt").write_text("read me")
    path = zip_file(tmp_path / "one.zip", tmp_path / "notes.txt", csv_file(tmp_path / "one.csv", TERC))
    found, _ = surveyed(path)
    assert (found.refusals, found.passed_over) == ([], ["one.zip/notes.txt"])
    assert [file.kind for file in found.files] == ["TERC"]
