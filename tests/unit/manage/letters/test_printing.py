"""The files of a mailing, and what is said while they are written."""

from __future__ import annotations

import csv
import io

import pypdfium2

from manage.letters.mailing import mailing_of
from manage.letters.pages import Sender
from manage.letters.printing import print_all
from manage.letters.progress import Bar
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Street

SITE = "https://alerty.gmina.pl"


def street(code, name, *numbers):
    return Street(code, name, Houses.of(House(number, 19.9, 49.8) for number in numbers))


TOWN = (street("00001", "ul. Bema", "1", "2"), street("00002", "ul. Różana", "5"))
REGISTER = Gazetteer("1099023", "Gmina Regionalna", (Locality("0951617", "Łąki", streets=TOWN),))


def page_count(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_each_street_is_a_file_and_the_index_tells_the_page_of_each_address(tmp_path):
    mailing = mailing_of(REGISTER, SITE)
    told: list[int] = []
    print_all(mailing, Sender("Gmina Regionalna", {}, SITE), tmp_path / "letters", told.append, workers=1)
    assert sum(told) == mailing.count == 3
    with (tmp_path / "letters" / "index.csv").open(newline="", encoding="utf-8") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [
        ("0001-laki-ul-bema.pdf", "1", "Łąki", "ul. Bema", "1"),
        ("0001-laki-ul-bema.pdf", "2", "Łąki", "ul. Bema", "2"),
        ("0002-laki-ul-rozana.pdf", "1", "Łąki", "ul. Różana", "5"),
    ]
    pages = {path.name: page_count(path) for path in (tmp_path / "letters").glob("*.pdf")}
    assert pages == {"0001-laki-ul-bema.pdf": 2, "0002-laki-ul-rozana.pdf": 1}


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_is_drawn_over_itself_on_a_terminal():
    to = Terminal()
    bar = Bar(3, to=to)
    for _ in range(3):
        bar(1)
    assert to.getvalue().count("\r") == 3
    assert to.getvalue().endswith(f"[{'#' * 30}] 3 of 3 letters\n")


def test_in_a_log_the_bar_is_a_line_now_and_then_and_one_at_the_end():
    to, times = io.StringIO(), iter([0.0, 0.5, 2.5, 2.5, 2.6, 2.6, 2.6])
    bar = Bar(3, clock=lambda: next(times), to=to)
    for _ in range(3):
        bar(1)
    said = [line.partition("] ")[2] for line in to.getvalue().splitlines()]
    assert said == ["2 of 3 letters", "3 of 3 letters"]
