"""What the service worker does when the browser or the network fails it, without a browser."""

from __future__ import annotations

import json

import pytest

from tests.residents.test_push_modules import NOW, PUSH, call

FAILING = "{open() { throw new Error('no database'); }}"
HANGING = "{open: () => ({})}"


@pytest.mark.parametrize("database", [FAILING, HANGING])
def test_a_push_is_shown_though_the_database_gives_no_answer(database: str):
    shown = call(
        "sw/receive.js",
        f"""await (async () => {{
          globalThis.indexedDB = {database};
          console.error = () => {{}};
          const shown = [];
          const show = async (title, {{silent}}) => shown.push([title, silent]);
          const world = {{registration: {{showNotification: show}}, now: {NOW}}};
          const judgement = await m.receive({json.dumps(PUSH)}, world);
          return [judgement, shown];
        }})()""",
    )
    assert shown == ["first", [[PUSH["title"], False]]]


def test_the_app_is_taken_in_by_a_safari_that_receives_pushes():
    """16.4 to 16.6 know no `URL.canParse`."""
    text = "import './words.js'; import '//['"
    found = call("sw/files.js", f"(delete URL.canParse, m.named({json.dumps(text)}, '/js/main.js'))")
    assert found == ["/js/words.js"]


def test_a_tap_opens_the_alert_though_its_receipt_cannot_be_queued():
    opened = call(
        "sw/click.js",
        f"""await (async () => {{
          globalThis.indexedDB = {FAILING};
          const opened = [];
          self.clients = {{matchAll: async () => [], openWindow: async (path) => opened.push(path)}};
          const notification = {{close() {{}}, data: {{alert: 'a1'}}}};
          await m.clicked({{action: 'open', notification}}, {{}});
          return opened;
        }})()""",
    )
    assert opened == ["/app/alert/a1"]


def test_waiting_receipts_ask_once_who_writes_them():
    """Eighteen thousand workers wake at once."""
    asked = call(
        "sw/firestore.js",
        """await (async () => {
          const user = {fbase_key: 'k', value: {stsTokenManager: {refreshToken: 'r', expirationTime: 0}}};
          globalThis.indexedDB = {open() {
            const later = (tell, result) => queueMicrotask(() => tell({target: {result}}));
            const answer = (result) => ({result, set onsuccess(tell) { later(tell, result); }});
            return answer({
              close() {},
              objectStoreNames: {contains: () => true},
              transaction: () => ({objectStore: () => ({get: () => answer(user), put() {}})}),
            });
          }};
          const asked = [];
          globalThis.fetch = async (address, {signal} = {}) => {
            const {pathname} = new URL(address, 'https://alerty.example.pl');
            asked.push([pathname, signal instanceof AbortSignal]);
            return Response.json({apiKey: 'k', projectId: 'p', id_token: 'i'});
          };
          const access = await m.access();
          await Promise.all(['a', 'b'].map((alert) => m.commit(access, `published/${alert}/receipts/1`, {})));
          return asked;
        })()""",
    )
    commits = "/v1/projects/p/databases/(default)/documents:commit"
    assert asked == [["/__/firebase/init.json", True], ["/v1/token", True], [commits, True], [commits, True]]


def test_who_has_left_is_shown_nothing_more():
    """A push that comes while the resident erases themselves; the one before it is finished. Who begins anew
    may meet the same worker."""
    heard = call(
        "sw.js",
        f"""await (async () => {{
          await new Promise((resolve) => setImmediate(resolve));
          const data = (version) => ({{...{json.dumps(PUSH)}, version, expires: '2999-01-01T00:00:00Z'}});
          const push = (version) => emit('push', {{data: {{json: () => ({{data: data(version)}})}}}});
          push('1');
          emit('message', {{data: {{type: 'leave'}}, ports: [{{postMessage: (text) => heard.push(text)}}]}});
          push('2');
          await Promise.all(lasting);
          emit('message', {{data: {{type: 'begin'}}}});
          push('3');
          await Promise.all(lasting);
          return heard;
        }})()""",
        before=f"""
          const listeners = {{}}, lasting = [], heard = [];
          globalThis.indexedDB = {FAILING};
          console.error = () => {{}};
          Object.assign(self, {{
            addEventListener: (type, listener) => (listeners[type] = listener),
            registration: {{showNotification: async (title, {{data}}) => heard.push(data.version)}},
          }});
          const waitUntil = (work) => lasting.push(work.catch(() => {{}}));
          const emit = (type, event) => listeners[type]({{...event, waitUntil}});
        """,
    )
    assert heard == ["1", "left", "3"]


def test_a_worker_that_cannot_be_installed_is_not_waited_for():
    failure = call(
        "js/receive/worker.js",
        """await (async () => {
          const addEventListener = (_, listener) => queueMicrotask(listener);
          const installing = {addEventListener, state: 'redundant'};
          const serviceWorker = {register: async () => ({installing}), ready: new Promise(() => {})};
          globalThis.document = {readyState: 'complete'};
          Object.defineProperty(globalThis, 'navigator', {value: {serviceWorker}});
          return m.startWorker({}).then(() => null, ({message}) => message);
        })()""",
    )
    assert failure == "the worker could not be installed"
