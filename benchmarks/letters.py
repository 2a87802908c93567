"""How long a letter to every address takes to print, and whether each code is read as its own address.

python -m benchmarks.letters [COUNT]: default 10,000 letters on the machine's cores, to made addresses on
streets of every length. Keys: `seconds`, `per_second`, `kb_a_letter`; of 200 codes read from their rendered
pages `read` as their own address, `misread` not so.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from manage.letters.mailing import Mailing, mailing_of
from manage.letters.pages import Sender
from manage.letters.printing import print_all
from manage.letters.progress import Bar
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Street

COUNT = 10_000
LENGTHS = (3, 12, 40, 9, 120, 25, 60, 1, 18, 300)  # houses of a street, again and again
READ = 200
SITE = "https://alerty.gmina.pl"
SENDER = Sender("Gmina Regionalna", {"phone": "12 345 67 89", "email": "urzad@gmina.pl"}, SITE)
DOTS_PER_POINT = 150 / 72


def made_register(count: int) -> Gazetteer:
    streets: list[Street] = []
    left = count
    while left:
        houses = min(LENGTHS[len(streets) % len(LENGTHS)], left)
        listed = Houses.of(House(str(number), 19.9, 49.8) for number in range(1, houses + 1))
        streets.append(Street(f"{len(streets) + 1:05}", f"ul. Przykładowa {len(streets) + 1}", listed))
        left -= houses
    town = Locality("0951617", "Regionalna", streets=tuple(streets))
    return Gazetteer("1099013", "Gmina Regionalna", (town,))


def codes_read(mailing: Mailing, folder: Path) -> tuple[int, int]:
    """How many of some codes, evenly spread, are read from their pages as their own address; of how many."""
    import pypdfium2
    import zxingcpp

    pages = list(_pages(mailing))
    some = pages[:: max(1, len(pages) // READ)][:READ]
    right = 0
    for name, page, link in some:
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        picture = document[page].render(scale=DOTS_PER_POINT).to_pil()
        right += [found.text for found in zxingcpp.read_barcodes(picture)] == [link]
        document.close()
    return right, len(some)


def _pages(mailing: Mailing) -> Iterator[tuple[str, int, str]]:
    for batch in mailing.batches:
        yield from ((batch.name, page, letter.link) for page, letter in enumerate(batch.letters))


def measure(count: int = COUNT) -> dict[str, object]:
    mailing = mailing_of(made_register(count), SITE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "letters"
        began = time.perf_counter()
        print_all(mailing, SENDER, folder, Bar(mailing.count))
        seconds = time.perf_counter() - began
        size = sum(file.stat().st_size for file in folder.glob("*.pdf"))
        read, asked = codes_read(mailing, folder)
    return {
        "letters": count,
        "cores": os.cpu_count(),
        "seconds": round(seconds, 1),
        "per_second": round(count / seconds),
        "kb_a_letter": round(size / count / 1000, 1),
        "read": read,
        "misread": asked - read,
    }


def main(arguments: list[str]) -> None:
    print(json.dumps(measure(int(arguments[0]) if arguments else COUNT)))


if __name__ == "__main__":
    main(sys.argv[1:])
