"""What the service worker does when the browser or the network fails it, without a browser."""

from __future__ import annotations

import json
from typing import Any

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
            clients: {{claim: async () => {{}}, matchAll: async () => []}},
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


OVER = {**PUSH, "expires": "2026-11-21T23:00:00Z"}  # an hour before NOW


@pytest.mark.parametrize(
    ("answer", "judgement", "silent"),
    [
        ("new Response(null, {headers: {date: 'Sat, 21 Nov 2026 22:00:00 GMT'}})", "first", False),
        ("new Response(null, {headers: {date: 'Sun, 22 Nov 2026 00:00:00 GMT'}})", "over", True),
        ("Promise.reject(new TypeError('no network'))", "first", False),
        ("new Response(null, {status: 503})", "first", False),
    ],
    ids=["the phone is ahead", "it is over", "no network", "a gateway"],
)
def test_only_the_sites_clock_calls_an_alert_over(answer: str, judgement: str, silent: bool):
    """A phone whose clock is hours ahead would take a danger to life for one that has passed."""
    shown = call(
        "sw/receive.js",
        f"""await (async () => {{
          globalThis.indexedDB = {FAILING};
          globalThis.fetch = async () => {answer};
          console.error = () => {{}};
          const shown = [];
          const show = async (title, {{silent}}) => shown.push([title, silent]);
          const world = {{registration: {{showNotification: show}}, now: {NOW}}};
          const judgement = await m.receive({json.dumps(OVER)}, world);
          return [judgement, shown[0][1], shown[0][0].startsWith('Brak nowych informacji')];
        }})()""",
    )
    assert shown == [judgement, silent, silent]


@pytest.mark.parametrize("data", ["{hello: 'x'}", "{alert: 'a', thread: 'a', version: '1', title: ''}", "{}"])
def test_a_push_that_is_not_understood_shows_something_all_the_same(data: str):
    """Three that show nothing end the subscription on an iPhone."""
    shown = call(
        "sw/other.js",
        f"""await (async () => {{
          const shown = [];
          const registration = {{showNotification: async (title, {{body}}) => shown.push([title, body])}};
          return [await m.showOther({data}, {{registration}}), shown];
        }})()""",
    )
    assert shown == [
        "other",
        [["Alert Online", "Jest nowa wiadomość. Otwórz aplikację, żeby ją przeczytać."]],
    ]


STATE = """
  const rows = new Map(Object.entries(ROWS));
  const request = (result) => ({
    result,
    set onsuccess(tell) { queueMicrotask(() => tell({target: {result}})); },
  });
  const objects = (store) => ({
    get: (key) => request(rows.get(`${store}/${key}`)),
    put: (value, key) => (rows.set(`${store}/${key}`, value), request()),
    openCursor: () => request(null),
  });
  const transaction = (store) => ({
    objectStore: () => objects(store),
    set oncomplete(tell) { setTimeout(tell); },
  });
  const user = {value: {stsTokenManager: {accessToken: 't', expirationTime: Date.now() + 3_600_000}}};
  const sdk = {
    objectStoreNames: {contains: () => true},
    transaction: () => ({objectStore: () => ({get: () => request(user)})}),
    close() {},
  };
  globalThis.indexedDB = {open: (name) => request(name === 'alert-online' ? {transaction} : sdk)};
  globalThis.sent = [];
  globalThis.fetch = async (address, {body} = {}) => {
    if (body) sent.push(JSON.parse(body).writes);
    return Response.json(rows.get('settings/web-config'), {status: STATUS});
  };
"""
DAYS = 24 * 3600 * 1000
DEVICE = {"uid": "u", "slot": "1", "token": "old", "written": NOW - 31 * DAYS}
CONFIG = {"projectId": "p", "apiKey": "k", "emulators": {"push": True, "firestore": "f", "auth": "a"}}


def alive(status: int = 200, token: str = "old", **changes: object) -> list[Any]:
    """What the worker writes of itself, and what it remembers then."""
    rows = {
        "device/this": {**DEVICE, **changes},
        "settings/web-config": CONFIG,
        "settings/local-token": token,
    }
    before = STATE.replace("ROWS", json.dumps(rows)).replace("STATUS", str(status))
    script = f"const done = await m.stayAlive({NOW}); return [done, sent, rows.get('device/this')];"
    found: list[Any] = call(
        "sw/still_here.js", f"await (async () => {{{script}}})()", f"{before}; globalThis.rows = rows"
    )
    return found


def test_a_phone_that_receives_renews_what_else_would_expire():
    done, [writes], device = alive(token="new")
    assert done
    resident, phone = writes
    assert resident["update"]["name"].endswith("/documents/residents/u")
    assert [one["fieldPath"] for one in resident["updateTransforms"]] == ["seen", "updated"]
    assert (resident["updateMask"], resident["currentDocument"]) == ({"fieldPaths": []}, {"exists": True})
    assert phone["update"]["name"].endswith("/residents/u/devices/1")
    target = phone["update"]["fields"]["target"]["mapValue"]["fields"]
    assert target == {"kind": {"stringValue": "token"}, "value": {"stringValue": "new"}}
    assert "currentDocument" not in phone  # it may have been taken for dead
    assert (device["written"], device["token"]) == (NOW, "new")


@pytest.mark.parametrize(("known", "written"), [({}, []), ({"system": "ios"}, ["system"])])
def test_what_else_is_known_of_a_phone_stays(known: dict[str, str], written: list[str]):
    _, [[_, phone]], _ = alive(200, "old", **known)
    assert sorted(phone["updateMask"]["fieldPaths"]) == sorted(["platform", "target", *written])


def test_it_does_so_once_a_month():
    assert alive(written=NOW - 29 * DAYS)[:2] == [False, []]


@pytest.mark.parametrize("status", [403, 404])
def test_of_one_who_is_gone_nothing_is_written_anew(status: int):
    done, _, device = alive(status)
    assert not done
    assert device["written"] == NOW - 31 * DAYS
