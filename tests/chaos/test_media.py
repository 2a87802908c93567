"""Letters as chaos finds them in their file."""

from __future__ import annotations

import json
from pathlib import Path

from shared.settings import read
from tests.chaos.media import Letters, function_env

NEEDED = {"GOOGLE_CLOUD_PROJECT": "demo-x", "PUBLIC_URL": "https://x", "WORKER_ACCOUNT": "w"}


def write(file: Path, *uids: str, alert: str = "a1") -> None:
    with file.open("a") as lines:
        lines.writelines(f"{json.dumps({'alert': alert, 'uid': uid})}\n" for uid in uids)


def test_each_letter_of_an_alert_is_found_as_often_as_it_was_posted(tmp_path):
    file = tmp_path / "letters"
    write(file, "anna", "piotr", "anna")
    write(file, "ewa", alert="a2")
    assert [letter["target"] for letter in Letters(file).messages("a1")] == ["anna", "piotr", "anna"]


def test_letters_are_counted_as_they_come(tmp_path):
    file = tmp_path / "letters"
    letters = Letters(file)
    assert letters.count("a1") == 0
    write(file, "anna")
    assert letters.count("a1") == 1
    letters.messages("a1")
    write(file, "piotr")
    assert letters.count("a1") == 2


def test_a_letter_half_written_is_left_for_the_next_look(tmp_path):
    file = tmp_path / "letters"
    letters = Letters(file)
    write(file, "anna")
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:9])
    assert letters.count("a1") == len(letters.messages("a1")) == 1
    file.write_bytes(whole + whole)
    assert letters.count("a1") == 2


def test_the_functions_build_the_channel_that_is_asked_for(tmp_path):
    env = function_env(Letters.name, tmp_path / "letters")
    assert read({**NEEDED, **env}).channels == ("tests.channels.stub",)
    assert {"STUB_LETTERS", "STUB_FULL", "STUB_SECONDS"} < set(env)
    assert read({**NEEDED, **function_env("push", tmp_path)}).channels == ("shared.channels.push",)
