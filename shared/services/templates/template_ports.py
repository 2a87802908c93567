"""What the use cases of templates need from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.facts.template import Template
from shared.ports import Clock, TemplateStore


@dataclass(frozen=True)
class TemplatePorts:
    store: TemplateStore
    clock: Clock
    built_in: Mapping[str, Template]  # by id, in the order in which they are offered
