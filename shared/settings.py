"""The environment, read once; a missing name is reported together with all other missing ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

EMULATOR_VARIABLES = ("FIRESTORE_EMULATOR_HOST", "FIREBASE_AUTH_EMULATOR_HOST", "CLOUD_TASKS_EMULATOR_HOST")


@dataclass(frozen=True)
class Settings:
    """What differs from one deployment to the next. Addresses have no trailing slash."""

    project: str
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
    sweep_residents: int  # compared with the index in each run
    heartbeat_seconds: float  # between two signs of life through every queue
    signing_keys: str | None  # folder with {terc}.pem; None: alerts are published unsigned
    android_apps: tuple[str, ...]  # native apps that open links: package=SHA-256 of the certificate
    ios_apps: tuple[str, ...]  # the same: TEAMID.bundle.id
    function_urls: Mapping[str, str]


class SettingsError(RuntimeError):
    """The deployment is misconfigured; the text names every variable."""


def _function_urls(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removesuffix("_URL").removeprefix("FUNCTION_").lower(): value
        for name, value in env.items()
        if name.startswith("FUNCTION_") and name.endswith("_URL")
    }


def read(env: Mapping[str, str]) -> Settings:
    """Raises SettingsError. Emulator variables on Cloud Run (K_SERVICE is set there) are refused:
    the Auth emulator's tokens are unsigned, so anyone could forge one."""
    missing = [name for name in ("GOOGLE_CLOUD_PROJECT", "PUBLIC_URL", "WORKER_ACCOUNT") if not env.get(name)]
    if missing:
        raise SettingsError(f"Set these environment variables: {', '.join(missing)}")
    emulators = [name for name in EMULATOR_VARIABLES if env.get(name)]
    if env.get("K_SERVICE") and emulators:
        raise SettingsError(
            f"Remove these variables, they are for the local stack only: {', '.join(emulators)}"
        )
    return Settings(
        project=env["GOOGLE_CLOUD_PROJECT"],
        region=env.get("REGION", "europe-central2"),
        public_url=env["PUBLIC_URL"].rstrip("/"),
        worker_account=env["WORKER_ACCOUNT"],
        tasks_emulator=env.get("CLOUD_TASKS_EMULATOR_HOST"),
        fcm_endpoint=env.get("FCM_ENDPOINT", "https://fcm.googleapis.com").rstrip("/"),
        fcm_ca_file=env.get("FCM_CA_FILE"),
        lease_seconds=float(env.get("LEASE_SECONDS", "120")),
        retry_seconds=float(env.get("RETRY_SECONDS", "10")),
        retry_limit=int(env.get("RETRY_LIMIT", "20")),
        channels=tuple(env.get("CHANNELS", "shared.channels.push").split()),
        push_burst=int(env.get("PUSH_BURST", "5000")),
        pushes_per_second=float(env.get("PUSHES_PER_SECOND", "0")),
        wave_pushes=int(env.get("WAVE_PUSHES", "1000")),
        slice_places=int(env.get("SLICE_PLACES", "5000")),
        sweep_grace_seconds=float(env.get("SWEEP_GRACE_SECONDS", "30")),
        sweep_residents=int(env.get("SWEEP_RESIDENTS", "10")),
        heartbeat_seconds=float(env.get("HEARTBEAT_SECONDS", "3600")),
        signing_keys=env.get("SIGNING_KEYS") or None,
        android_apps=tuple(env.get("ANDROID_APPS", "").split()),
        ios_apps=tuple(env.get("IOS_APPS", "").split()),
        function_urls=_function_urls(env),
    )


@cache
def settings() -> Settings:
    return read(os.environ)
