"""What is deployed, read from infra/functions.yaml: the stand-ins and the stack obey this one declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass as checked

FUNCTIONS_YAML = Path(__file__).with_name("functions.yaml")
PUBLIC = "public"
SHARES = ("PUSH_BURST", "PUSHES_PER_SECOND")  # of FCM's quota, for each instance
_CLOSED = ConfigDict(extra="forbid")

Seconds = Annotated[float, Field(ge=0)]
# The limits are those of the Cloud Tasks API (RateLimits, RetryConfig) and of Cloud Run.
QueueId = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,100}$")]
SettingName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Address = Annotated[str, Field(pattern=r"^/")]
FunctionName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class DeploymentError(ValueError):
    """The declaration is wrong; the text names the file and every wrong key."""


@checked(frozen=True, config=_CLOSED)
class Trigger:
    """What starts a function; exactly one of the four."""

    http: Address | list[Address] | None = None
    firestore: Annotated[str, Field(pattern=r"^[^/]+(/[^/]+)*$")] | None = None
    queue: QueueId | None = None
    schedule: Annotated[str, Field(pattern=r"^\S+( \S+){4}$")] | None = None  # unix-cron

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if len([value for value in vars(self).values() if value]) != 1:
            raise ValueError("give exactly one of http, firestore, queue, schedule")
        return self


@checked(frozen=True, config=_CLOSED)
class Function:
    name: FunctionName
    trigger: Trigger
    invoker: str
    memory: Annotated[int, Field(strict=True, ge=128, le=32768)]  # MiB
    concurrency: Annotated[int, Field(strict=True, ge=1, le=1000)]
    timeout: Annotated[int, Field(strict=True, ge=1, le=3600)]  # seconds
    instances: Annotated[int, Field(strict=True, ge=1, le=1000)]  # at most
    entry: FunctionName | None = None  # the function of main.py; None: the one of this name
    env: Mapping[SettingName, str | int | float] = field(default_factory=dict)

    def env_of_all(self) -> dict[str, str]:
        """The settings of one process that stands for all instances: their shares of a quota add up."""
        summed = {name: value * self.instances for name, value in self.env.items() if name in SHARES}
        return {name: str(value) for name, value in {**self.env, **summed}.items()}

    @property
    def target(self) -> str:
        """What functions-framework loads from main.py."""
        return self.entry or self.name

    @property
    def signature_type(self) -> Literal["http", "cloudevent"]:
        """The kind of function that functions-framework has to serve."""
        return "cloudevent" if self.trigger.firestore else "http"


@checked(frozen=True, config=_CLOSED)
class Retry:
    """Seconds; `attempts` -1 is without end, `retry_for` 0 is without limit (RetryConfig of Cloud Tasks)."""

    attempts: Annotated[int, Field(strict=True, ge=-1)]
    retry_for: Seconds
    min_backoff: Seconds
    max_backoff: Seconds
    doublings: Annotated[int, Field(strict=True, ge=0, le=16)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_backoff > self.max_backoff:
            raise ValueError("min_backoff is above max_backoff")
        if self.attempts == 0:
            raise ValueError("attempts must be -1 or at least 1")
        return self


@checked(frozen=True, config=_CLOSED)
class Queue:
    name: QueueId
    rate: Annotated[float, Field(gt=0, le=500)]  # dispatches a second
    concurrency: Annotated[int, Field(strict=True, ge=1, le=5000)]
    retry: Retry


@checked(frozen=True, config=_CLOSED)
class JobRetry:
    """Seconds; RetryConfig of the Cloud Scheduler API, with its limits."""

    count: Annotated[int, Field(strict=True, ge=0, le=5)]
    min_backoff: Seconds
    max_backoff: Seconds
    doublings: Annotated[int, Field(strict=True, ge=0, le=16)]


@checked(frozen=True, config=_CLOSED)
class Scheduler:
    """What all Cloud Scheduler jobs share."""

    timezone: Annotated[str, Field(min_length=1)]
    deadline: Annotated[int, Field(strict=True, ge=15, le=1800)]  # seconds; Job.attempt_deadline
    retry: JobRetry


@dataclass(frozen=True)
class Deployment:
    region: str
    functions: Mapping[str, Function]
    queues: Mapping[str, Queue]
    service_accounts: Mapping[str, str]
    scheduler: Scheduler

    def callers(self, function: Function, project: str) -> frozenset[str]:
        """E-mails that Cloud Run lets through; empty when everyone may call."""
        if function.invoker == PUBLIC:
            return frozenset()
        names = {function.invoker} | ({"runtime"} if function.invoker == "workers" else set())
        return frozenset(service_account(name, project) for name in names)


def service_account(name: str, project: str) -> str:
    return f"{name}@{project}.iam.gserviceaccount.com"


@checked(frozen=True, config=_CLOSED)
class _Declaration:
    region: Annotated[str, Field(min_length=1)]
    functions: dict[str, Function]
    queues: dict[str, Queue]
    service_accounts: dict[str, str]
    scheduler: Scheduler


def load(path: Path = FUNCTIONS_YAML) -> Deployment:
    """Raises DeploymentError."""
    try:
        return _read(yaml.safe_load(path.read_text()))
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc'])) or '(top)'}: {e['msg']}" for e in error.errors()]
        raise DeploymentError(f"{path.name}: {'; '.join(wrong)}") from None
    except (yaml.YAMLError, ValueError, OSError) as error:
        raise DeploymentError(f"{path.name}: {error}") from error


def _read(raw: Any) -> Deployment:
    if isinstance(raw, dict):
        raw = {**raw, **{key: _named(raw[key]) for key in ("functions", "queues") if key in raw}}
    declared = TypeAdapter(_Declaration).validate_python(raw)
    for name, function in declared.functions.items():
        _check_references(f"functions.{name}", function, declared)
    return Deployment(
        declared.region,
        declared.functions,
        declared.queues,
        declared.service_accounts,
        declared.scheduler,
    )


def _named(entries: Any) -> Any:
    """Give each entry its key as `name`, so that a wrong name is reported at its place."""
    if not isinstance(entries, dict):
        return entries
    return {key: {**body, "name": key} if isinstance(body, dict) else body for key, body in entries.items()}


def _check_references(place: str, function: Function, declared: _Declaration) -> None:
    if function.trigger.queue and function.trigger.queue not in declared.queues:
        raise ValueError(f"{place}.trigger.queue: there is no queue {function.trigger.queue!r}")
    if function.invoker != PUBLIC and function.invoker not in declared.service_accounts:
        raise ValueError(f"{place}.invoker: there is no service account {function.invoker!r}")
