"""The cases of fact_cases.json, which the API's and the staff page's rendering of facts both pass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from infra.local.processes import ROOT
from shared.built_in_templates import built_in_templates
from shared.domain.facts.template import Fact, FactType, Following, Template, Wording

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/fact_cases.json").read_text())
DEFAULTS = {"values": {}, "lines": {}, "follows": {}, "hours": 24, "usual": {}}


def written(case: Mapping[str, Any]) -> dict[str, Any]:
    """The template of a case as the API answers it."""
    return DEFAULTS | dict(case.get("template") or built_in_templates()[case["built_in"]])


def template_of(case: Mapping[str, Any]) -> Template:
    """Without the reader, which would refuse what a case leaves out."""
    said = written(case)
    return Template(
        name=said["name"],
        texts={
            language: Wording(text["title"], tuple(text["body"]), tuple(text.get("instruction", ())))
            for language, text in said["texts"].items()
        },
        facts=tuple(
            Fact(**(fact | {"type": FactType(fact["type"]), "chips": tuple(fact.get("chips", ()))}))
            for fact in said["facts"]
        ),
        lines=said["lines"],
        follows={name: Following(**one) for name, one in said["follows"].items()},
        hours=said["hours"],
    )
