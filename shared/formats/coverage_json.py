"""The coverage of a municipality, and that of an area, as the staff's API answers them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shared.domain.area_coverage import AreaCoverage
from shared.domain.coverage import Coverage
from shared.formats.alert_json import time_json


def coverage_json(coverage: Coverage | None) -> dict[str, Any]:
    """`coverage` is null before the first month was counted; a figure of fewer than ten people is null."""
    if coverage is None:
        return {"coverage": None}
    told = {**asdict(coverage), "counted": time_json(coverage.counted)}
    return {"coverage": {**told, "streets": [_listed(street) for street in told["streets"]]}}


def area_coverage_json(coverage: AreaCoverage | None) -> dict[str, Any] | None:
    """Null before the first month was counted."""
    return (
        None
        if coverage is None
        else {**asdict(coverage), "streets": [asdict(one) for one in coverage.streets]}
    )


def _listed(street: dict[str, Any]) -> dict[str, Any]:
    return {**street, "codes": list(street["codes"])}
