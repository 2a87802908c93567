"""How far a role reaches, as the API answers it."""

from __future__ import annotations

from typing import Any

from shared.domain.scope import Scope


def scope_json(scope: Scope) -> dict[str, Any]:
    named = {name: getattr(scope, name) for name in ("categories", "areas", "templates")}
    lists = {name: None if words is None else sorted(words) for name, words in named.items()}
    return {**lists, "severity": scope.severity, "alone": scope.alone}
