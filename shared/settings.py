"""The environment, read once as the function is loaded; all that is missing or wrong is told together."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_network
from math import inf, isfinite
from pathlib import Path
from typing import TypeVar

EMULATOR_VARIABLES = (
    "FIRESTORE_EMULATOR_HOST",
    "FIREBASE_AUTH_EMULATOR_HOST",
    "CLOUD_TASKS_EMULATOR_HOST",
    "APP_CHECK_KEYS",
)
NEEDED = ("GOOGLE_CLOUD_PROJECT", "PUBLIC_URL", "WORKER_ACCOUNT")
DEFAULT_DATABASE = "(default)"

_START, _DELIVER = ("start_alert", "start_urgent"), ("deliver_slice", "deliver_urgent")
CALLS: Mapping[str, tuple[str, ...]] = {  # by the entry of main.py: whom it calls, or enqueues tasks for
    "staff_api": (*_START, "call_staff"),
    "on_alert_written": (*_START, *_DELIVER, "expire_alert", "call_staff"),
    "start_alert": (*_START, *_DELIVER, "expire_alert"),
    "deliver_slice": _DELIVER,
    "expire_alert": ("expire_alert",),
    "call_staff": ("call_staff",),
    "sweep": (*_START, *_DELIVER, "expire_alert", "call_staff"),
}
# What Google serves from and rents to nobody (gstatic.com/ipranges: goog.json without cloud.json): a virtual
# machine of somebody's is not among them.
GOOGLE_EDGE = (
    "64.233.160.0/19 66.102.0.0/20 66.249.64.0/19 72.14.192.0/18 74.125.0.0/16 108.177.0.0/17 142.250.0.0/15 "
    "172.217.0.0/16 172.253.0.0/16 173.194.0.0/16 192.178.0.0/15 209.85.128.0/17 216.58.192.0/19 "
    "216.239.32.0/19 2001:4860::/32 2404:6800::/32 2607:f8b0::/32 2800:3f0::/32 2a00:1450::/32 2c0f:fb50::/32"
)
SIGNERS = ("on_alert_written", "sweep")
AUDITED = ("staff_api", "start_alert", "expire_alert", "sweep")  # write entries of the audit
# Firestore docs, "Manage databases": letters, digits and hyphens, 4 to 63 of them, or the default's name.
_DATABASE = re.compile(r"\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9]")
# Resource Manager docs, "Creating projects": letters, digits and hyphens, 6 to 30 of them.
_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
# SNS docs, "Sender IDs": 1 to 11 letters and digits, at least one letter among them.
_SMS_SENDER = re.compile(r"(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,11}")
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class AppCheckMode(StrEnum):
    OFF = "off"
    MONITOR = "monitor"  # looked at and logged
    ENFORCE = "enforce"  # refused without


@dataclass(frozen=True)
class Settings:
    """What differs from one deployment to the next. Addresses have no trailing slash."""

    project: str
    auth_project: str  # whose Identity Platform staff sign in at; residents always at `project`
    auth_key: str  # the web API key of `auth_project` for the staff's page; "" when both are the same
    database: str  # of Firestore; another one to rehearse a restore in
    epoch: int  # raised when the database is restored: what was being delivered before is held
    region: str
    public_url: str  # where residents read the whole alert
    worker_account: str  # the service account that Cloud Tasks calls functions as
    tasks_emulator: str | None  # host:port of a gRPC stand-in
    fcm_endpoint: str
    fcm_ca_file: str | None  # None: the system's certificate authorities
    lease_seconds: float
    retry_seconds: float  # before the first retry of what FCM could not take; doubles from there
    retry_limit: int  # rounds of retrying before a phone is given up
    channels: tuple[str, ...]  # modules that build them, in the order in which they begin
    push_burst: int  # pushes that this process may send at once after a pause
    pushes_per_second: float  # that it may send after them; 0: without limit
    wave_pushes: int  # pushes that are sent and recorded together
    slice_places: int  # places that one task delivers
    sweep_grace_seconds: float  # what is late by less, `sweep` leaves to its usual way
    drill_offices: int  # whose drills are looked at in one run; 0: none begins by itself
    sweep_residents: int  # of all, compared with the index in every other run
    heartbeat_seconds: float  # between two signs of life through every queue
    signing_keys: str | None  # folder with {terc}.pem, or one file of all; None: published unsigned
    audit_keys: str | None  # file of the secrets that seal the audit
    audit_bucket: str | None  # S3 with Object Lock, where its heads are anchored
    audit_region: str  # of the bucket
    audit_endpoint: str | None  # of another provider than Amazon
    android_apps: tuple[str, ...]  # native apps that open links: package=SHA-256 of the certificate
    ios_apps: tuple[str, ...]  # the same: TEAMID.bundle.id
    staff_url: str  # of the staff's page, which invitations lead to; "": they cannot be sent
    mail_from: str  # the address that e-mail to staff comes from; "": none is sent
    mail_region: str  # of Amazon SES
    mail_endpoint: str | None  # None: that of the region
    sms_sender: str  # the name that SMS to staff come from; "": none is sent
    sms_region: str  # of Amazon SNS
    sms_endpoint: str | None  # None: that of the region
    notices_topic: str  # ARN of the SNS topic that mails which came back are told to; "": nobody tells
    notices_endpoint: str | None  # None: that of the topic's region
    key_origin: str  # of the staff's page, which keys (FIDO2) are bound to
    session_idle_minutes: int  # without anybody at the device
    session_hours: int  # after the sign-in, whatever is done
    fresh_minutes: int  # how old a factor may be for what asks for a fresh one
    app_check: AppCheckMode  # whether the staff's API asks for App Check's tokens
    app_check_key: str  # reCAPTCHA Enterprise's site key of the staff's page; "" while nobody asks
    app_check_keys: str | None  # where a stand-in has App Check's public keys
    limit_times: float  # all limits of shared/domain/limits.py, times this; 0: without limits
    edge_networks: tuple[str, ...]  # of Firebase Hosting: only from there it counts whom its header names
    function_urls: Mapping[str, str]


class SettingsError(RuntimeError):
    """The deployment is misconfigured; the text names every variable."""


def read(env: Mapping[str, str], function: str = "") -> Settings:
    """`function`: the entry of main.py that is to work with them; "" for a command of an operator.

    Raises SettingsError. Emulator variables on Cloud Run (K_SERVICE is set there) are refused: the Auth
    emulator's tokens are unsigned, so anyone could forge one.
    """
    faults = list(_faults(env, function))
    found = _settings(_Reader(env, faults))
    if faults:
        raise SettingsError("; ".join(faults))
    return found


def _faults(env: Mapping[str, str], function: str) -> Iterator[str]:
    urls = [f"FUNCTION_{name.upper()}_URL" for name in CALLS.get(function, ())]
    if missing := [name for name in (*NEEDED, *urls) if not env.get(name)]:
        yield f"Set these environment variables: {', '.join(missing)}"
    emulators = [name for name in EMULATOR_VARIABLES if env.get(name)]
    if env.get("K_SERVICE") and emulators:
        yield f"Remove these variables, they are for the local stack only: {', '.join(emulators)}"
    keys = env.get("SIGNING_KEYS")
    if function in SIGNERS and keys and not Path(keys).exists():
        yield f"SIGNING_KEYS: there is no {keys!r}"
    sealing = env.get("AUDIT_KEYS")
    if function in AUDITED and sealing and not Path(sealing).is_file():
        yield f"AUDIT_KEYS: there is no file {sealing!r}"
    if function in AUDITED and env.get("K_SERVICE") and not sealing:
        yield "AUDIT_KEYS: no change of staff's could be written into the audit"
    for module in env.get("CHANNELS", "").split():
        if not _is_there(module):
            yield f"CHANNELS: there is no module {module!r}"
    if function == "staff_api" and _apart(env) and not env.get("AUTH_API_KEY"):
        yield "Set AUTH_API_KEY: the staff's page cannot sign in at AUTH_PROJECT without its web API key"
    addresses = ("PUBLIC_URL", "STAFF_URL", "MAIL_ENDPOINT", "SMS_ENDPOINT", "AUDIT_ENDPOINT")
    for name in (*addresses, "MAIL_NOTICES_ENDPOINT", *urls):
        if (value := env.get(name)) and not _ADDRESS.fullmatch(value):
            yield f"{name} is no address: {value!r}"


def _apart(env: Mapping[str, str]) -> bool:
    """Whether staff sign in at another project than residents."""
    return bool(env.get("AUTH_PROJECT")) and env.get("AUTH_PROJECT") != env.get("GOOGLE_CLOUD_PROJECT")


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


class _Reader:
    """What the variables say, or their defaults; what cannot be read is added to `faults`."""

    def __init__(self, env: Mapping[str, str], faults: list[str]) -> None:
        self._env, self._faults = env, faults

    def text(self, name: str, default: str = "") -> str:
        return self._env.get(name) or default

    def named(self, name: str, default: str, form: re.Pattern[str]) -> str:
        value = self.text(name, default)
        if not form.fullmatch(value):
            self._faults.append(f"{name} is no name that can be: {value!r}")
        return value

    def auth_project(self) -> str:
        own = self.text("GOOGLE_CLOUD_PROJECT")
        return self.named("AUTH_PROJECT", own, _PROJECT) if self.text("AUTH_PROJECT") else own

    def whole(self, name: str, default: int, least: int = 0, most: float = inf) -> int:
        return self._number(name, default, (least, most), int)

    def number(self, name: str, default: float, least: float = 0) -> float:
        return self._number(name, default, (least, inf), float)

    def _number(self, name: str, default: T, bounds: tuple[float, float], kind: Callable[[str], T]) -> T:
        value = self._env.get(name) or str(default)
        least, most = bounds
        try:
            found = kind(value)
            if isfinite(float(value)) and least <= float(value) <= most:
                return found
        except ValueError:
            pass
        said = f"from {least} on" if most == inf else f"from {least} to {most}"
        self._faults.append(f"{name} is no number {said}: {value!r}")
        return default

    def one_of(self, name: str, kind: type[E], default: E) -> E:
        try:
            return kind(self.text(name, default.value))
        except ValueError:
            self._faults.append(f"{name} is none of {', '.join(kind)}: {self.text(name)!r}")
            return default

    def networks(self, name: str, default: str) -> tuple[str, ...]:
        found = tuple(self.text(name, default).split())
        for one in found:
            try:
                ip_network(one)
            except ValueError:
                self._faults.append(f"{name} has what is no network: {one!r}")
        return found

    def function_urls(self) -> dict[str, str]:
        return {
            name.removesuffix("_URL").removeprefix("FUNCTION_").lower(): value
            for name, value in self._env.items()
            if name.startswith("FUNCTION_") and name.endswith("_URL")
        }


def _settings(env: _Reader) -> Settings:
    return Settings(
        project=env.text("GOOGLE_CLOUD_PROJECT"),
        auth_project=env.auth_project(),
        auth_key=env.text("AUTH_API_KEY"),
        database=env.named("FIRESTORE_DATABASE", DEFAULT_DATABASE, _DATABASE),
        epoch=env.whole("EPOCH", 0),
        region=env.text("REGION", "europe-central2"),
        public_url=env.text("PUBLIC_URL").rstrip("/"),
        worker_account=env.text("WORKER_ACCOUNT"),
        tasks_emulator=env.text("CLOUD_TASKS_EMULATOR_HOST") or None,
        fcm_endpoint=env.text("FCM_ENDPOINT", "https://fcm.googleapis.com").rstrip("/"),
        fcm_ca_file=env.text("FCM_CA_FILE") or None,
        lease_seconds=env.number("LEASE_SECONDS", 120, least=1),
        retry_seconds=env.number("RETRY_SECONDS", 10),
        retry_limit=env.whole("RETRY_LIMIT", 20),
        channels=tuple(env.text("CHANNELS", "shared.channels.push").split()),
        push_burst=env.whole("PUSH_BURST", 5000),
        pushes_per_second=env.number("PUSHES_PER_SECOND", 0),
        wave_pushes=env.whole("WAVE_PUSHES", 1000, least=1),
        slice_places=env.whole("SLICE_PLACES", 5000, least=1),
        sweep_grace_seconds=env.number("SWEEP_GRACE_SECONDS", 30),
        drill_offices=env.whole("DRILL_OFFICES", 10),
        sweep_residents=env.whole("SWEEP_RESIDENTS", 1),
        heartbeat_seconds=env.number("HEARTBEAT_SECONDS", 3600, least=1),
        signing_keys=env.text("SIGNING_KEYS") or None,
        audit_keys=env.text("AUDIT_KEYS") or None,
        audit_bucket=env.text("AUDIT_BUCKET") or None,
        audit_region=env.text("AUDIT_REGION", "eu-central-1"),
        audit_endpoint=env.text("AUDIT_ENDPOINT") or None,
        android_apps=tuple(env.text("ANDROID_APPS").split()),
        ios_apps=tuple(env.text("IOS_APPS").split()),
        staff_url=env.text("STAFF_URL").rstrip("/"),
        mail_from=env.text("MAIL_FROM"),
        mail_region=env.text("MAIL_REGION", "eu-central-1"),
        mail_endpoint=env.text("MAIL_ENDPOINT") or None,
        sms_sender=env.named("SMS_SENDER", "", _SMS_SENDER) if env.text("SMS_SENDER") else "",
        sms_region=env.text("SMS_REGION", "eu-central-1"),
        sms_endpoint=env.text("SMS_ENDPOINT") or None,
        notices_topic=env.text("MAIL_NOTICES_TOPIC"),
        notices_endpoint=env.text("MAIL_NOTICES_ENDPOINT") or None,
        key_origin=env.text("KEY_ORIGIN", env.text("STAFF_URL")).rstrip("/"),
        session_idle_minutes=env.whole("SESSION_IDLE_MINUTES", 30, least=5, most=240),
        session_hours=env.whole("SESSION_HOURS", 12, least=1, most=24),
        fresh_minutes=env.whole("FRESH_MINUTES", 15, least=2, most=60),
        app_check=env.one_of("APP_CHECK", AppCheckMode, AppCheckMode.OFF),
        app_check_key=env.text("APP_CHECK_SITE_KEY"),
        app_check_keys=env.text("APP_CHECK_KEYS") or None,
        limit_times=env.number("LIMIT_TIMES", 1),
        edge_networks=env.networks("EDGE_NETWORKS", GOOGLE_EDGE),
        function_urls=env.function_urls(),
    )


@cache
def settings() -> Settings:
    return read(os.environ)


def require_settings(function: str) -> None:
    """On Cloud Run, before the function takes a request: a deployment that cannot work never gets any.

    Raises SettingsError. Elsewhere settings are read when they are first needed.
    """
    if os.environ.get("K_SERVICE"):
        read(os.environ, function)
