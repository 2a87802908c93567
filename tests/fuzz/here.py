"""The corpus against both functions on fakes, in this process: `python -m tests.fuzz.here [every]`.

In a process of its own, so that its peak of memory is that of the requests. The last line is one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import islice

import pytest
from flask.testing import FlaskClient

from infra import deployment
from tests.fakes.alert_values import TERC, alert
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.public_office import PublicOffice, published, signed
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fuzz.judge import Judge
from tests.fuzz.served import peak_mib
from tests.fuzz.shots import Shot, public_shots, staff_shots

DRAFT = "draft"


def _fire(client: FlaskClient, shot: Shot, judge: Judge, token: str | None) -> None:
    headers = {**shot.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
    before = time.process_time()
    answer = client.open(shot.path, method=shot.method, headers=headers, data=shot.body)
    judge.judge(shot.name, answer.status_code, len(answer.data), time.process_time() - before)


def _staff(judge: Judge, every: int) -> None:
    from shared import wiring

    office = StaffApi()
    office.alerts.put(alert(DRAFT))
    with pytest.MonkeyPatch.context() as patch:
        api = office.open(patch)
        patch.setattr(wiring, "audience", FakeAudienceStore)
        api.client.application.config["PROPAGATE_EXCEPTIONS"] = False
        for shot in islice(staff_shots(DRAFT, water()), None, None, every):
            _fire(api.client, shot, judge, "anna")


def _public(judge: Judge, every: int) -> None:
    office = PublicOffice()
    office.store.put(signed(published()))
    with pytest.MonkeyPatch.context() as patch:
        client = office.open(patch)
        for shot in islice(public_shots("a1", TERC), None, None, every):
            _fire(client, shot, judge, None)


def main(every: int = 1) -> int:
    """Every how many-th request is made."""
    judge = Judge()
    peaks = {}
    limits = deployment.load().functions
    for name, run in (("public_api", _public), ("staff_api", _staff)):
        run(judge, every)
        peaks[name] = peak_mib("self")
        if peaks[name] > limits[name].memory:
            judge.faults.append(f"{name}: {peaks[name]:.0f} MiB of {limits[name].memory}")
    sys.stdout.write("\n".join([*judge.faults, json.dumps(judge.report(peaks))]) + "\n")
    return 1 if judge.faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
