"""What is attacked: a town on the local stack with a resident, an alert that reached them, and drafts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests

from infra.local.stack import Stack
from shared.formats.alert_json import time_json
from tests.attack.tally import Tally
from tests.browser.town import LAT, LNG, Resident, Town, square
from tests.clients.staff import StaffClient
from tests.fakes.requests import water
from tests.residents.publisher import now

PATIENCE_S = 120.0
METRE = 1 / 111_195  # degrees of latitude


def content(**changes: object) -> dict[str, Any]:
    """Accepted by the API; for some hundred metres about the middle of the town."""
    area = square(LAT, LNG, 300 * METRE, 450 * METRE)
    return water(area=area, expires=time_json(now() + timedelta(hours=6)), **changes)


@dataclass
class Target:
    stack: Stack
    town: Town
    staff: StaffClient
    tally: Tally
    victim: Resident
    alert: str  # active, pushed to the victim

    @classmethod
    def arrange(cls, stack: Stack, tally: Tally) -> Target:
        town = Town(stack)
        victim = town.settle(0.0, 0.0)
        town.wait_until_indexed(PATIENCE_S)
        staff = StaffClient(stack.address("hosting"), stack.staff_token)
        alert = staff.send(content())["id"]
        target = cls(stack, town, staff, tally, victim, alert)
        target.wait(lambda: town.registers.fields(f"published/{alert}") is not None)
        target.wait(lambda: town.registers.fields(f"alerts/{alert}/private/proof") is not None)
        return target

    def wait(self, holds: Any) -> None:
        """Raises TimeoutError."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("the stack did not do what the attacks stand on")
            time.sleep(0.2)

    def ask(self, who: str | None, method: str, path: str, **request: Any) -> requests.Response:
        """The API through Hosting; `who` a member of staff, or None."""
        headers = dict(request.pop("headers", {}))
        if who is not None:
            headers.setdefault("Authorization", f"Bearer {self.stack.staff_token(who)}")
        url = f"{self.stack.address('hosting')}/api{path}"
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, url, headers=headers, timeout=60, allow_redirects=False, **request)

    def draft(self, who: str = "anna") -> tuple[str, str]:
        """Id and ETag of a new one."""
        alert, etag = self.staff.call(who, "POST", "/alerts", content())
        return alert["id"], str(etag)

    def submitted(self, who: str = "anna") -> tuple[str, str]:
        alert_id, etag = self.draft(who)
        _, after = self.staff.call(who, "POST", f"/alerts/{alert_id}/submit", etag=etag)
        return alert_id, str(after)
