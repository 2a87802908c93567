"""The real Messaging SDK in a browser for which Google's endpoints and the push service are answered here."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Route

from tests.browser.conftest import PATIENCE
from tests.residents.conftest import SCREEN

INSTALLATIONS, REGISTRATIONS = "firebaseinstallations.googleapis.com", "fcmregistrations.googleapis.com"
ENDPOINT = "https://push.example.org/send/1"

SUBSCRIPTION = f"""
  const key = (length) => Uint8Array.from({{length}}, (_, index) => index + 1).buffer;
  const subscription = {{
    endpoint: {ENDPOINT!r},
    options: {{applicationServerKey: key(65)}},
    getKey: (name) => key(name === 'auth' ? 16 : 65),
    unsubscribe: async () => true,
  }};
  PushManager.prototype.subscribe = async (options) => {{
    subscription.options = {{applicationServerKey: options.applicationServerKey.buffer}};
    return subscription;
  }};
  PushManager.prototype.getSubscription = async () => null;
"""

CONFIG = """
  const ask = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const answer = await ask(...request);
    if (request[0] !== '/__/firebase/init.json') return answer;
    const {emulators: {push, ...emulators}, ...config} = await answer.json();
    return Response.json({...config, emulators});
  };
  const get = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function (key) {
    return get.call(this, key === 'web-config' ? 'nothing' : key);
  };
"""  # what production says: there is no local push; the worker, which says otherwise, is not believed


@contextmanager
def messaging_context(chromium: Browser, token: str, **options: Any) -> Iterator[BrowserContext]:
    """A phone's browser whose `getToken` is the SDK's own and gives `token`; options are the context's."""
    context = chromium.new_context(**{**SCREEN, "locale": "pl-PL", **options})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(SUBSCRIPTION)
    context.add_init_script(CONFIG)
    context.route(f"https://{INSTALLATIONS}/**", _installation)
    context.route(f"https://{REGISTRATIONS}/**", lambda route: route.fulfill(json={"token": token}))
    yield context
    context.close()


def _installation(route: Route) -> None:
    token = {"token": _unsigned({"exp": time.time() + 3600}), "expiresIn": "604800s"}
    route.fulfill(json={"fid": "c" * 22, "refreshToken": "r", "authToken": token})


def _unsigned(claims: dict[str, object]) -> str:
    parts = ({"alg": "none"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
    )
