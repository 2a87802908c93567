"""What schemathesis makes up from openapi.yaml: right, and wrong in every place that it knows of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode

from infra.local.processes import ROOT


def operations() -> list[Any]:
    described = yaml.safe_load((ROOT / "openapi.yaml").read_text())
    del described["components"]["schemas"]["Ring"]["maxItems"]  # tests.fuzz.shapes has the large ones
    schema = schemathesis.openapi.from_dict(described)
    return [operation.ok() for operation in schema.get_all_operations()]  # type: ignore[union-attr]


def modes(operation: Any) -> list[GenerationMode]:
    """Of an operation that takes nothing, nothing can be wrong."""
    takes = operation.definition.raw.get("parameters") or operation.definition.raw.get("requestBody")
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if takes else [])]


def invent(
    operation: Any, mode: GenerationMode, rounds: int, number: int, use: Callable[[Any], None]
) -> None:
    """`use` gets each case; the same number gives the same cases."""

    @seed(number)
    @settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Any) -> None:
        use(case)

    once()
