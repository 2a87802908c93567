"""The programs of the local stack: how each is started, and the environment that it sees."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from infra.deployment import Deployment, service_account
from infra.local.aws.notices import TOPIC
from infra.local.identity.app_check import DEBUG_TOKEN
from infra.local.processes import ROOT
from infra.local.stack_options import Options
from infra.local.stack_state import State
from infra.local.tls import Certificates

# In the cloud they have instances of their own; where they share a few cores with everything else, what is
# urgent goes first (start_urgent, deliver_urgent).
_GIVING_WAY = ("start_alert", "deliver_slice", "sweep")
MAIL_FROM = "alert@alert-online.example"
SMS_SENDER = "AlertOnline"
_NOWHERE = "http://127.0.0.1:9"  # the discard port: what asks for the internet is refused at once


@dataclass(frozen=True)
class Command:
    """A program to start; it is ready when `probe` answers (None: as soon as `port` accepts connections)."""

    name: str
    port: int
    command: tuple[str, ...]
    probe: str | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    gives_way: bool = False  # to all others, when the processor is short
    folder: Path = ROOT  # whose code it runs


def _python(module: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-m", f"infra.local.{module}", *map(str, arguments))


def _node(script: str, *arguments: object) -> tuple[str, ...]:
    return ("node", f"infra/local/{script}", *map(str, arguments))


class Programs:
    """Everything but Firestore, for one project, one set of ports and one state folder."""

    def __init__(
        self,
        project: str,
        deployment: Deployment,
        functions: Collection[str],
        ports: Mapping[str, int],
        state: State,
        certificates: Certificates,
        options: Options = Options(),  # noqa: B008  (frozen)
    ) -> None:
        self._project = project
        self._deployment = deployment
        self._functions = list(functions)
        self._ports = ports
        self._state = state
        self._certificates = certificates
        self._options = options

    def host(self, name: str) -> str:
        return f"127.0.0.1:{self._ports[name]}"

    def address(self, name: str) -> str:
        return f"{'https' if name == 'fcm' else 'http'}://{self.host(name)}"

    def env(self) -> dict[str, str]:
        """What shared/settings.py and Google's client libraries read."""
        return {
            "GOOGLE_CLOUD_PROJECT": self._project,
            "FIRESTORE_EMULATOR_HOST": self.host("firestore"),
            "FIREBASE_AUTH_EMULATOR_HOST": self.host("auth"),
            "CLOUD_TASKS_EMULATOR_HOST": self.host("tasks"),
            "GCE_METADATA_HOST": self.host("identity"),
            "GCE_METADATA_IP": self.host("identity"),
            "FCM_ENDPOINT": self.address("fcm"),
            "FCM_CA_FILE": str(self._certificates.authority),
            "PUBLIC_URL": self.address("residents"),
            "WORKER_ACCOUNT": service_account("workers", self._project),
            "SIGNING_KEYS": str(self._state.signing_keys),
            "STAFF_URL": self.address("hosting"),
            "KEY_ORIGIN": self.address("hosting").replace(
                "127.0.0.1", "localhost"
            ),  # WebAuthn takes no address
            "FRESH_MINUTES": "60",  # as long as an id token lives, which the demonstration keeps
            "MAIL_FROM": MAIL_FROM,
            "MAIL_ENDPOINT": self.address("mail"),
            "MAIL_NOTICES_TOPIC": TOPIC,
            "MAIL_NOTICES_ENDPOINT": self.address("mail"),
            "SMS_SENDER": SMS_SENDER,
            "SMS_ENDPOINT": self.address("mail"),
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "DRILL_OFFICES": "0",  # whoever tries something else is called by nobody at office hours
            "AUDIT_KEYS": str(self._state.audit_keys),
            "LIMIT_TIMES": "100",  # whole offices and all residents come from this one machine
            **{f"FUNCTION_{name.upper()}_URL": self.address(name) for name in self._functions},
        }

    def _guarded_env(self) -> dict[str, str]:
        """Beyond `env`: no credentials of the person at the machine, and no way to the internet."""
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
        return {
            **self.env(),
            **proxies,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "GOOGLE_APPLICATION_CREDENTIALS": "",
            "CLOUDSDK_CONFIG": str(self._state.folder / "no-gcloud"),
            "K_SERVICE": "",
            "PYTHONUNBUFFERED": "1",
        }

    def _command(self, name: str, command: tuple[str, ...], probe: str | None = None) -> Command:
        return Command(name, self._ports[name], command, probe, self._guarded_env())

    def _http(self, name: str, command: tuple[str, ...]) -> Command:
        return self._command(name, command, f"{self.address(name)}/")

    def auth_emulator(self) -> Command:
        return self._http(
            "auth_emulator",
            _node(
                "auth_emulator.mjs",
                *("--port", self._ports["auth_emulator"], "--project", self._project),
                *("--state", self._state.users),
            ),
        )

    def auth(self) -> Command:
        return self._http(
            "auth",
            _python(
                "totp_proxy",
                *("--port", self._ports["auth"], "--emulator", self.host("auth_emulator")),
                *("--project", self._project, "--db", self._state.factors),
            ),
        )

    def identity(self) -> Command:
        return self._http(
            "identity",
            _python(
                "identity",
                *("--port", self._ports["identity"], "--project", self._project),
                *("--keys", self._state.keys),
            ),
        )

    def tasks(self) -> Command:
        return self._command(  # gRPC: no answer to a plain request
            "tasks",
            _python(
                "cloud_tasks",
                *("--port", self._ports["tasks"], "--control-port", self._ports["tasks_control"]),
                *("--project", self._project, "--deployment", self._options.declaration),
                *("--db", self._state.tasks, "--identity", self.address("identity")),
            ),
        )

    def fcm(self) -> Command:
        return self._command(
            "fcm",
            _node(
                "fcm.mjs",
                *("--port", self._ports["fcm"], "--control-port", self._ports["fcm_control"]),
                *("--cert", self._certificates.certificate, "--key", self._certificates.key),
                *("--project", self._project, "--record", self._state.messages),
                *("--tokeninfo", f"{self.address('identity')}/tokeninfo"),
            ),
            f"{self.address('fcm_control')}/",
        )

    def mail(self) -> Command:
        return self._http(
            "mail",
            _python(
                "aws",
                *("--port", self._ports["mail"], "--control-port", self._ports["mail_control"]),
                *("--sender", MAIL_FROM, "--record", self._state.mails, "--sms", self._state.sms),
            ),
        )

    def eventarc(self) -> Command:
        functions = self._deployment.functions.values()
        triggered = [function.name for function in functions if function.trigger.firestore]
        targets = [("--function", f"{name}={self.address(name)}") for name in triggered]
        return self._http(
            "eventarc",
            _python(
                "eventarc",
                *("--port", self._ports["eventarc"], "--project", self._project),
                *("--firestore", self.host("firestore"), "--db", self._state.events),
                *("--identity", self.address("identity"), "--deployment", self._options.declaration),
                *self._event_backoff(),
                *[argument for target in targets for argument in target],
            ),
        )

    def _event_backoff(self) -> tuple[object, ...]:
        if self._options.event_backoff is None:
            return ()
        least, most = self._options.event_backoff
        return ("--min-backoff", least, "--max-backoff", most)

    def _scheduled(self) -> list[str]:
        declared = self._deployment.functions
        return [name for name in self._functions if name in declared and declared[name].trigger.schedule]

    def scheduler(self) -> Command:
        targets = [("--function", f"{name}={self.address(name)}") for name in self._scheduled()]
        every = self._options.schedule_every
        return self._http(
            "scheduler",
            _python(
                "cloud_scheduler",
                *("--port", self._ports["scheduler"], "--project", self._project),
                *("--deployment", self._options.declaration, "--identity", self.address("identity")),
                *(() if every is None else ("--every", every)),
                *[argument for target in targets for argument in target],
            ),
        )

    def function(self, name: str) -> Command:
        command = self._http(
            name,
            _python(
                "function_server",
                *(name, "--port", self._ports[name], "--identity", self.address("identity")),
                *(() if name in self._options.releases else ("--deployment", self._options.declaration)),
                *(("--clock", self._state.clock(name)) if self._options.wrong_clocks else ()),
            ),
        )
        declared = self._deployment.functions.get(name)  # without it, the server says that there is none
        own = declared.env_of_all() if declared else {}
        env = {**command.env, **own, **self._function_env()}
        folder = self._options.releases.get(name, ROOT)
        return replace(command, env=env, gives_way=name in _GIVING_WAY, folder=folder)

    def roll_out(self, name: str) -> None:
        """From now on the function runs this release's code."""
        others = {other: folder for other, folder in self._options.releases.items() if other != name}
        self._options = replace(self._options, releases=others)

    def _function_env(self) -> dict[str, str]:
        env = dict(self._options.function_env)
        if self._options.app_check:
            env |= {"APP_CHECK": "enforce", "APP_CHECK_KEYS": f"{self.address('identity')}/v1/jwks"}
        if self._options.firestore_faults:
            env["FIRESTORE_EMULATOR_HOST"] = self.host("firestore_faults")
        return env

    def firestore_faults(self) -> Command:
        return self._command(
            "firestore_faults",
            _python(
                "firestore_faults",
                *("--port", self._ports["firestore_faults"], "--firestore", self.host("firestore")),
                *("--control-port", self._ports["firestore_faults_control"]),
            ),
        )

    def app_check_door(self) -> Command:
        return self._http(
            "app_check_door",
            _python(
                "app_check_door",
                *("--port", self._ports["app_check_door"], "--firestore", self.host("firestore")),
                *("--project", self._project, "--jwks", f"{self.address('identity')}/v1/jwks"),
            ),
        )

    def hosting(self) -> Command:
        """The staff's page, which talks to the API and to Auth."""
        config = self._web_config("hosting")
        return self._site("hosting", "admin", config, ("auth",), "--sources", "web-admin")

    def residents(self) -> Command:
        """The residents' app and the public pages; a browser gets its pushes from the site itself."""
        config = self._web_config("residents")
        firestore = "app_check_door" if self._options.app_check else "firestore"
        config["emulators"] |= {"firestore": self.host(firestore), "push": True}
        more = ("--push", self.address("fcm_control"), "--sources", "web-residents")
        return self._site("residents", "residents", config, ("auth", firestore), *more)

    def _site(
        self, name: str, target: str, web_config: object, reached: Sequence[str], *more: str
    ) -> Command:
        targets = [("--target", f"{name}={self.address(name)}") for name in self._functions]
        attesting = ("identity",) if self._options.app_check else ()
        connect = [("--connect", self.address(name)) for name in (*reached, *attesting)]
        return self._http(
            name,
            _node(
                "hosting.mjs",
                *("--port", self._ports[name], "--config", "firebase.json", "--site", target),
                *("--web-config", json.dumps(web_config)),
                *[argument for pair in [*targets, *connect] for argument in pair],
                *more,
            ),
        )

    def _web_config(self, site: str) -> dict[str, Any]:
        """What Hosting serves as /__/firebase/init.json, and the emulators' addresses beside it."""
        return {
            "projectId": self._project,
            "apiKey": "local",
            "authDomain": self.host(site),
            "appId": "1:1:web:local",
            "messagingSenderId": "1",
            "emulators": {"auth": self.address("auth"), **self._app_check()},
        }

    def _app_check(self) -> dict[str, Any]:
        """Where a page gets its token, and by what it is known."""
        if not self._options.app_check:
            return {}
        return {"appCheck": {"address": self.address("identity"), "debugToken": DEBUG_TOKEN}}

    def at_once(self) -> list[Command]:
        """What waits for nothing else: callers wait for those whom they call."""
        return [
            self.auth_emulator(),
            self.auth(),
            self.identity(),
            self.fcm(),
            self.mail(),
            self.tasks(),
            self.hosting(),
            self.residents(),
            *([self.app_check_door()] if self._options.app_check else []),
            *([self.firestore_faults()] if self._options.firestore_faults else []),
            *([self.scheduler()] if self._scheduled() else []),
            *map(self.function, self._functions),
        ]
