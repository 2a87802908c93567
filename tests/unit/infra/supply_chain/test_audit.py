"""What `make audit` makes of the services' answers, and of their silence."""

from __future__ import annotations

import json

from infra.supply_chain.audit import Answer, main, npm_packages, python_packages

HOLE = {"name": "flask", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}
CLEAN = {"name": "h3", "version": "4.0", "vulns": []}
PYTHON = {"dependencies": [CLEAN, HOLE], "fixes": []}
NPM = {"vulnerabilities": {"ol": {"severity": "high", "via": []}}, "metadata": {}}
REFUSED = {"message": "405 Method Not Allowed", "error": {"summary": "", "detail": ""}}


class Services:
    """Answers the two programs; None: the program says nothing on stdout."""

    def __init__(self, python: object = None, npm: object = None, error: str = "") -> None:
        self.python, self.npm, self.error = python, npm, error
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, command):
        self.asked.append(tuple(command))
        answer = self.npm if command[0] == "npm" else self.python
        return ("" if answer is None else json.dumps(answer)), self.error


def test_a_hole_is_named_with_its_package():
    assert python_packages(Services(python=PYTHON), "requirements.txt").found == ("flask 1.0: PYSEC-2026-1",)
    assert npm_packages(Services(npm=NPM)).found == ("ol: high",)


def test_a_service_that_does_not_answer_is_said_not_to_have_been_asked(capsys):
    silent = Services(npm=REFUSED, error="ConnectionError: no route to host")
    assert python_packages(silent, "x").silence == "ConnectionError: no route to host"
    assert npm_packages(silent) == Answer(silence="405 Method Not Allowed")
    assert main(silent) == 0
    said = capsys.readouterr().out
    assert said.count("NOT AUDITED") == 4
    assert json.loads(said.splitlines()[-1])["all npm packages"]["silence"] == "405 Method Not Allowed"


def test_a_hole_in_what_is_deployed_fails(capsys):
    clean: dict[str, object] = {"vulnerabilities": {}}
    assert main(Services(python=PYTHON, npm=clean)) == 1
    assert main(Services(python={"dependencies": [CLEAN]}, npm=NPM)) == 1
    assert main(Services(python={"dependencies": [CLEAN]}, npm=clean)) == 0
    assert "flask 1.0: PYSEC-2026-1" in capsys.readouterr().out


def test_a_hole_in_a_tool_alone_is_told_and_fails_nothing(capsys):
    class Tools(Services):
        def __call__(self, command):
            tools = "requirements-dev.txt" in command or ("npm" in command and "--omit=dev" not in command)
            found = NPM if command[0] == "npm" else PYTHON
            none: dict[str, object] = {"vulnerabilities": {}} if command[0] == "npm" else {"dependencies": []}
            return json.dumps(found if tools else none), ""

    assert main(Tools()) == 0
    assert "ol: high" in capsys.readouterr().out


def test_what_is_no_answer_at_all_is_silence():
    assert npm_packages(Services(npm=[1])).silence == "no answer"
    assert python_packages(Services(python={"dependencies": None}), "x").silence == "no answer"
