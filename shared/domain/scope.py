"""How far a role reaches: the categories, severities, areas and templates that it is for."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.content import Severity

MOST_NAMED = 100  # areas or templates of one scope
SEVERITIES = tuple(Severity)  # from the most to the least severe
ALONE_AT_MOST = Severity("Moderate")


@dataclass(frozen=True)
class Scope:
    """None: without a limit of this kind. What is named by an empty set is nothing at all."""

    categories: frozenset[str] | None = None
    severity: str | None = None  # at most
    areas: frozenset[str] | None = None  # saved areas of the municipality; an alert lies within them
    templates: frozenset[str] | None = None
    alone: bool = False  # sends what two approved as a template, without a second person

    def takes(self, category: str | None, severity: str | None, template: str | None) -> bool:
        """Whether an alert of these words lies within; its area is measured elsewhere. None: a draft does
        not say it yet."""
        return (
            (self.categories is None or category is None or category in self.categories)
            and (self.severity is None or severity is None or is_at_most(severity, self.severity))
            and (self.templates is None or (template is not None and template in self.templates))
        )

    def meet(self, other: Scope) -> Scope:
        """What both reach."""
        return Scope(
            _both(self.categories, other.categories),
            _lesser(self.severity, other.severity),
            _both(self.areas, other.areas),
            _both(self.templates, other.templates),
            alone=self.alone and other.alone,
        )

    def is_within(self, other: Scope) -> bool:
        return self.meet(other) == self

    @property
    def may_be_alone(self) -> bool:
        """Nobody sends alone beyond named templates, named areas and what is moderate."""
        bounded = bool(self.templates) and bool(self.areas) and self.severity is not None
        return bounded and is_at_most(self.severity or "", ALONE_AT_MOST)


EVERYTHING = Scope()
NOTHING = Scope(frozenset(), None, frozenset(), frozenset())  # what a scope that cannot be read gives


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _lesser(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return other if one is None else one
    return one if is_at_most(one, other) else other


def is_at_most(severity: str, most: str) -> bool:
    """A word that this release does not know may be worse than any: it is within nothing."""
    known = {one.value: number for number, one in enumerate(SEVERITIES)}
    return severity in known and most in known and known[severity] >= known[most]
