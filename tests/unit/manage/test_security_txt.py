"""security.txt of both sites (RFC 9116): written for a deployment, found where it is looked for, in date."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from infra.local.processes import ROOT, Program, free_port
from manage.security_txt.__main__ import FOLDERS, file_of, main, security_txt

NOW = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
ARGUMENTS = ["--residents", "https://alerty.example", "--admin", "https://urzad.example"]


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_it_says_whom_to_tell_until_when_and_where_it_belongs():
    assert fields(security_txt("mailto:a@b.example", "https://alerty.example", NOW)) == {
        "Contact": "mailto:a@b.example",
        "Expires": "2027-11-17T01:10:00Z",
        "Preferred-Languages": "pl, en",
        "Canonical": "https://alerty.example/.well-known/security.txt",
    }


@pytest.mark.parametrize("contact", ["", "a@b.example", "mailto:", "http://b.example", "mailto:a@b\nX: y"])
def test_what_is_no_contact_is_refused_and_nothing_is_written(tmp_path, contact, capsys):
    assert main(["--contact", contact, *ARGUMENTS], tmp_path) == 2
    assert list(tmp_path.iterdir()) == []


def test_both_sites_get_theirs(tmp_path):
    assert main(["--contact", "mailto:a@b.example", *ARGUMENTS], tmp_path) == 0
    canonical = {site: fields(file_of(site, tmp_path).read_text())["Canonical"] for site in FOLDERS}
    assert canonical["residents"].startswith("https://alerty.example/")
    assert canonical["admin"].startswith("https://urzad.example/")


@pytest.mark.parametrize("site", FOLDERS)
def test_the_one_that_is_kept_is_good_for_another_month(site):
    """Else: python -m manage.security_txt, which docs/operations.md asks for with each deployment."""
    found = fields(file_of(site).read_text())
    assert datetime.fromisoformat(found["Expires"]) > datetime.now(UTC) + timedelta(days=30)


@pytest.mark.parametrize("site", FOLDERS)
def test_it_is_served_where_researchers_look(site, tmp_path):
    port = free_port()
    command = ["node", "infra/local/hosting.mjs", "--port", str(port), "--site", site]
    program = Program(
        "hosting", [*command, "--config", str(ROOT / "firebase.json")], tmp_path / "hosting.log"
    )
    try:
        program.wait_until_answers(f"http://127.0.0.1:{port}/")
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(f"http://127.0.0.1:{port}/.well-known/security.txt", timeout=30)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.text == file_of(site).read_text()
    finally:
        program.stop()


def test_hosting_uploads_it():
    for site in json.loads((ROOT / "firebase.json").read_text())["hosting"]:
        assert not any(part.startswith(".") for part in file_of(site["target"]).relative_to(ROOT).parts)
