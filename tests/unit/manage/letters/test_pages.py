"""The printed letters: each code, read from the page as a phone reads it, is its own address."""

from __future__ import annotations

import os
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from manage.letters.mailing import Batch, mailing_of
from manage.letters.pages import Sender, rendered
from tests.gazetteers import made

SITE = "https://alerty.gmina.pl"
CONTACT = {"phone": "12 345 67 89", "email": "alerty@gmina.pl", "address": "ul. Rynek 1, 32-400 Łąki"}
SENDER = Sender("Gmina Regionalna", CONTACT, SITE)
READ = int(
    os.environ.get("LETTERS", "6")
)  # of the municipality's letters, evenly spread; 200 for the whole run
DOTS_PER_POINT = 150 / 72


def some_letters(count):
    letters = [one for batch in mailing_of(made(), SITE).batches for one in batch.letters]
    return tuple(letters[:: len(letters) // count][:count])


def on_pages(read, batch, sender=SENDER):
    """What is read from each of them."""
    document = pypdfium2.PdfDocument(rendered(batch, sender))
    try:
        return [read(page) for page in document]
    finally:
        document.close()


def codes_on(page):
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=DOTS_PER_POINT).to_pil())]


def text_on(page):
    return " ".join(page.get_textpage().get_text_range().split())


def test_each_letter_is_one_page_and_its_code_is_its_own_address():
    batch = Batch("some", some_letters(READ))
    assert on_pages(codes_on, batch) == [[letter.link] for letter in batch.letters]


def test_the_letter_says_to_whom_it_is_who_sends_it_and_the_site_in_words():
    letter = some_letters(1)[0]
    (text,) = on_pages(text_on, Batch("one", (letter,)))
    assert all(word in text for word in (letter.address, "Gmina Regionalna", *CONTACT.values()))
    assert "wpisz w przeglądarce alerty.gmina.pl" in text
    assert "scan the code, or type alerty.gmina.pl" in text
    assert "введіть alerty.gmina.pl" in text


def test_an_office_that_says_nothing_of_itself_but_its_name_has_letters_too():
    (text,) = on_pages(text_on, Batch("one", some_letters(1)), replace(SENDER, contact={}))
    assert "None" not in text


def test_the_file_is_tagged_and_has_a_title_and_a_language():
    pdf = rendered(Batch("one", some_letters(1)), SENDER)
    document = pypdfium2.PdfDocument(pdf)
    assert document.is_tagged()
    assert document.get_metadata_value("Title").startswith("Alerty na telefonie")
    document.close()
    assert b"/Lang(pl)" in pdf
    assert b"pdfuaid:part>1<" in pdf


def test_words_of_a_register_are_words_and_no_markup():
    letter = replace(some_letters(1)[0], street="ul. #1 *Gwiazd* $x$ [_a_] <b> @c", number='"1"')
    (text,) = on_pages(text_on, Batch("one", (letter,)))
    assert '#1 *Gwiazd* $x$ [_a_] <b> @c "1"' in text


@pytest.mark.parametrize("length", [20, 200])
def test_a_long_name_stays_on_its_page(length):
    letter = replace(some_letters(1)[0], street="ul. " + "Długa " * (length // 6))
    assert len(on_pages(text_on, Batch("one", (letter, letter)))) == 2


def test_a_letter_that_needs_two_pages_is_refused_and_not_printed():
    from typst import TypstError

    letter = replace(some_letters(1)[0], street="Długa " * 2000)
    with pytest.raises(TypstError, match="more than one page"):
        rendered(Batch("one", (letter,)), SENDER)
