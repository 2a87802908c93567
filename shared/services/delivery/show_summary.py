"""The figures of an alert as staff may see them, of what was counted: pure, and the only way to a Summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.delivery import Delivery
from shared.domain.figures import LEAST_PEOPLE, Figure, shown, shown_by_reason
from shared.domain.statistics import (
    ChannelReport,
    Neighbourhood,
    PlatformFigures,
    Point,
    SentFigures,
    ShownGroup,
    Summary,
)
from shared.services.delivery.sum_slices import added

OTHER = "other"  # reasons that are too few to be told apart
Sent = Sequence[tuple[Delivery, SentFigures]]


@dataclass(frozen=True)
class Confirmed:
    """What phones wrote: receipts by kind ("received", "opened") and platform, and who reported it."""

    receipts: Mapping[str, Mapping[str, int]]
    not_mine: int


def shown_summary(sent: Sent, confirmed: Confirmed, now: datetime) -> Summary:
    """The first delivery of each channel counts, those after it repeat it."""
    first = [figures for one, figures in sent if one.number == 1]
    people = max((figures.people for figures in first), default=0)
    complete = bool(sent) and all(one.over or one.due > now for one, _ in sent)
    summary = Summary(None, None, {}, None, None, complete, now, least=LEAST_PEOPLE)
    summary = replace(summary, deliveries=tuple(_report(one, figures) for one, figures in sent))
    if people < LEAST_PEOPLE:
        return summary
    kinds = {kind: figures for each in first for kind, figures in each.by_kind.items()}
    received, opened = (_capped(confirmed.receipts[kind], kinds) for kind in ("received", "opened"))
    return replace(
        summary,
        targeted=shown(sum(figures.targeted for figures in first), people),
        accepted=shown(sum(figures.accepted for figures in first), people),
        failed=shown_by_reason(added(figures.failed for figures in first), OTHER),
        received=shown(sum(received.values()), people),
        opened=shown(sum(opened.values()), people),
        rung=shown(sum(figures.accepted for one, figures in sent if one.number > 1), people),
        by_platform=_by_platform(kinds, received, opened),
        not_mine=shown(confirmed.not_mine),
        places=next((rounded for figures in first if (rounded := _places(figures.places))), ()),
        unverified=complete and _claims_too_much(sent, confirmed.receipts),
    )


def as_shown(known: Summary) -> Summary:
    """What was gathered once, as it is shown now: figures of a release before are exact.

    Of what is shown already nothing changes.
    """
    if known.targeted is None or shown(known.targeted) is None:
        reports = tuple(replace(one, targeted=None, accepted=None, failed={}) for one in known.deliveries)
        bare = Summary(None, None, {}, None, None, known.complete, known.updated, least=LEAST_PEOPLE)
        return replace(bare, deliveries=reports)
    return replace(
        known,
        targeted=_again(known.targeted),
        accepted=_again(known.accepted),
        received=_again(known.received),
        opened=_again(known.opened),
        rung=_again(known.rung),
        not_mine=_again(known.not_mine),
        failed=shown_by_reason(known.failed, OTHER),
        by_platform={kind: _again_group(group) for kind, group in known.by_platform.items()},
        series=tuple(_again_point(point) for point in known.series),
        places=_places(known.places),
        deliveries=tuple(_again_report(one) for one in known.deliveries),
        least=LEAST_PEOPLE,
    )


def _again(figure: Figure) -> Figure:
    return None if figure is None else shown(figure)


def _again_group(group: ShownGroup) -> ShownGroup:
    if _again(group.targeted) is None:
        return ShownGroup()
    return ShownGroup(
        _again(group.targeted),
        _again(group.accepted),
        _again(group.failed),
        _again(group.received),
        _again(group.opened),
    )


def _again_point(point: Point) -> Point:
    return Point(point.seconds, _again(point.accepted), _again(point.received), _again(point.opened))


def _again_report(one: ChannelReport) -> ChannelReport:
    failed = shown_by_reason(one.failed, OTHER)
    return replace(one, targeted=_again(one.targeted), accepted=_again(one.accepted), failed=failed)


def _report(one: Delivery, figures: SentFigures) -> ChannelReport:
    few = figures.people < LEAST_PEOPLE
    return ChannelReport(
        channel=one.channel,
        number=one.number,
        state=one.state.value,
        due=one.due,
        targeted=shown(figures.targeted, figures.people),
        accepted=shown(figures.accepted, figures.people),
        failed={} if few else shown_by_reason(figures.failed, OTHER),
        refusal=one.refusal,
    )


def _by_platform(
    kinds: Mapping[str, PlatformFigures], received: Mapping[str, int], opened: Mapping[str, int]
) -> dict[str, ShownGroup]:
    """With every platform that can confirm, so that the page has no gaps."""
    groups = {}
    for kind in [*received, *(name for name in kinds if name not in received)]:
        figures = kinds.get(kind, PlatformFigures())
        groups[kind] = ShownGroup(
            targeted=shown(figures.targeted, figures.people),
            accepted=shown(figures.accepted, figures.people),
            failed=shown(figures.failed, figures.people),
            received=shown(received.get(kind, 0), figures.people),
            opened=shown(opened.get(kind, 0), figures.people),
        )
    return groups


def _capped(counts: Mapping[str, int], kinds: Mapping[str, PlatformFigures]) -> dict[str, int]:
    """A phone that was sent nothing confirms nothing: receipts name their platform themselves."""
    none = PlatformFigures()
    return {kind: min(count, kinds.get(kind, none).accepted) for kind, count in counts.items()}


def _claims_too_much(sent: Sent, receipts: Mapping[str, Mapping[str, int]]) -> bool:
    """More confirm than all deliveries together were taken for."""
    accepted: Counter[str] = Counter()
    for _, figures in sent:
        accepted.update({kind: one.accepted for kind, one in figures.by_kind.items()})
    return any(count > accepted[kind] for counts in receipts.values() for kind, count in counts.items())


def _places(places: Sequence[Neighbourhood]) -> tuple[Neighbourhood, ...]:
    """Those of a release before may be smaller."""
    rounded = ((one, shown(one.accepted)) for one in places)
    return tuple(replace(one, accepted=figure) for one, figure in rounded if figure is not None)
