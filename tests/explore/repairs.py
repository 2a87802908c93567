"""The sweep, as often as it may find something: every minute it would mostly look at nothing."""

from __future__ import annotations

from contextlib import suppress

from shared.domain.alert import State
from shared.domain.wake import wake
from shared.errors import AlertOnlineError
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.publishing.publish_alert import is_public
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep import REPAIRS
from shared.services.sweep.sweep_ports import SweepPorts
from tests.explore.copies import Cursors
from tests.explore.fate import Fate
from tests.explore.virtual import seconds_of
from tests.explore.world import World

STEPS = ("restarted", "resumed", "expired", "published")


class Unsigned:
    """Fulfils ports.AlertSigner: nobody signs."""

    def key(self, terc: str) -> None:
        return None


def wakes(world: World) -> list[float]:
    """When what is stored asks to be looked after, as the real sweep's queries ask."""
    alerts = [item.value for item in world.alerts.documents.values()]
    moments = [wake(known) for known in alerts]
    moments += [item.value.wake() for item in world.deliveries.documents.values()]
    found = [seconds_of(moment) for moment in moments if moment]
    if any(
        known.state is State.DRAFT or (is_public(known) and not world.published.says(known))
        for known in alerts
    ):
        found.append(world.schedule.now)
    return found


def repair(ports: SweepPorts) -> dict[str, Tally]:
    """The steps of the real one that see to alerts and deliveries, one after the other as it does."""
    run, tallies = Run(ports), {name: Tally() for name in STEPS}
    for name, tally in tallies.items():
        with suppress(AlertOnlineError):
            REPAIRS[name](run, tally)
    return tallies


def sweep_ports(ports: DeliveryPorts, fate: Fate) -> SweepPorts:
    unused: object = None
    return SweepPorts(
        **{name: getattr(ports, name) for name in ports.__dataclass_fields__},
        residents=unused,  # type: ignore[arg-type]
        municipalities=unused,  # type: ignore[arg-type]
        walk=unused,  # type: ignore[arg-type]
        cursors=Cursors(fate),
        traces=unused,  # type: ignore[arg-type]
        accounts=unused,  # type: ignore[arg-type]
        signer=Unsigned(),
        coverage=unused,  # type: ignore[arg-type]
        reachable=lambda entry: bool(entry.devices),
    )
