"""All batches of a mailing written as files, on every core."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from manage.letters.mailing import Batch, Mailing
from manage.letters.pages import Sender, rendered

INDEX = "index.csv"


def print_all(
    mailing: Mailing, sender: Sender, out: Path, done: Callable[[int], None], workers: int | None = None
) -> None:
    """A PDF for each batch, and `index.csv`, which says on which page of which file an address is.

    `done` is told how many letters more there are. Raises OSError, typst.TypstError.
    """
    out.mkdir(parents=True, exist_ok=True)
    _write_index(mailing, out / INDEX)
    spawned = get_context("spawn")  # a fork would copy the connections of whoever read the register
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=spawned) as pool:
        tasks = [pool.submit(_write, batch, sender, out) for batch in mailing.batches]
        try:
            for task in as_completed(tasks):
                done(task.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write(batch: Batch, sender: Sender, out: Path) -> int:
    (out / f"{batch.name}.pdf").write_bytes(rendered(batch, sender))
    return len(batch.letters)


def _write_index(mailing: Mailing, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("file", "page", "locality", "street", "number"))
        for batch in mailing.batches:
            for page, one in enumerate(batch.letters, start=1):
                lines.writerow((f"{batch.name}.pdf", page, one.locality, one.street, one.number))
