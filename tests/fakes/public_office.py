"""The public pages in one process on fakes: a municipality with a key, its published alerts, a reader."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from shared.adapters.instance_limits import NoLimits
from shared.domain.alert import State
from shared.domain.public_alert import PublicAlert, PublicMunicipality, public_alert
from shared.formats.key_json import base64url
from shared.formats.signed_alert import signed_text
from shared.ports import LimitStore
from shared.services.limits.admit import LimitPorts
from tests.fakes.alert_values import TERC, alert
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audit import FakeAuditLog
from tests.fakes.clock import SUNDAY_NIGHT, FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore, square
from tests.fakes.public_store import FakePublicStore
from tests.fakes.signer import SeededKey

PUBLIC_URL = "https://alerty.example.pl"
NAME = "Gmina Regionalna"
KEY = SeededKey(1)
SENT = SUNDAY_NIGHT


def published(alert_id: str = "a1", **changes: object) -> PublicAlert:
    """An active alert, not signed; `changes` are of PublicAlert."""
    first = public_alert(alert(alert_id, state=State.ACTIVE, started=SENT))
    return replace(first, **{"thread": "a1", **changes})  # type: ignore[arg-type]


def signed(of: PublicAlert, key: SeededKey = KEY) -> PublicAlert:
    text = signed_text(of, key.id, of.sent)
    return replace(of, signed=text, signature=base64url(key.sign(text.encode())), key=key.id)


def municipality(*keys: SeededKey) -> PublicMunicipality:
    since = SENT - timedelta(days=1)
    return PublicMunicipality(
        TERC, NAME, ("pl", "en"), (49.85, 19.95), tuple(key.public(since) for key in keys or (KEY,))
    )


@dataclass
class PublicOffice:
    store: FakePublicStore = field(default_factory=FakePublicStore)
    municipalities: FakeMunicipalityStore = field(
        default_factory=lambda: FakeMunicipalityStore({TERC: square(49.84, 19.94, 0.05)}, [municipality()])
    )
    areas: FakeAreaLibrary = field(default_factory=FakeAreaLibrary)
    alerts: FakeAlertStore = field(default_factory=FakeAlertStore)
    audit: FakeAuditLog = field(default_factory=FakeAuditLog)
    clock: FakeClock = field(default_factory=lambda: FakeClock(SENT + timedelta(minutes=5)))
    limits: LimitStore = field(default_factory=NoLimits)

    def open(self, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
        """The application on this office instead of what wiring would build."""
        from functions.public_api import app
        from shared import settings, wiring

        environment = {"GOOGLE_CLOUD_PROJECT": "demo", "PUBLIC_URL": PUBLIC_URL, "WORKER_ACCOUNT": "w@x"}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.settings.cache_clear()
        ports = {
            "public_store": self.store,
            "municipalities": self.municipalities,
            "areas": self.areas,
            "alerts": self.alerts,
            "clock": self.clock,
            "audit": self.audit,
            "limit_ports": LimitPorts(self.limits, self.limits, self.clock, self.clock),
        }
        for name, port in ports.items():
            monkeypatch.setattr(wiring, name, lambda port=port: port)
        return app.test_client()
