"""The app's files as one release, and public pages as copies, in a worker without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.residents.test_push_modules import call

# A site of files that can be changed, and the browser's caches.
WORLD = """
  const site = new Map(), asked = [], kept = new Map();
  globalThis.deploy = (files) => Object.entries(files).forEach(([path, text]) => site.set(path, text));
  globalThis.asked = asked;
  globalThis.during = () => {};
  const type = (path) => (path.endsWith('.js') ? 'text/javascript' : 'text/html');
  globalThis.fetch = async (given, {method = 'GET'} = {}) => {
    const path = new URL(given.url ?? given, 'https://alerty.example.pl').pathname;
    asked.push(`${method} ${path}`);
    during(method, path);
    if (globalThis.offline) throw new TypeError('no network');
    if (globalThis.busy) return new Response('Service Unavailable', {status: 503});
    if (!site.has(path)) return new Response('', {status: 404});
    const etag = encodeURI(site.get(path)), date = 'Sun, 22 Nov 2026 10:00:00 GMT';
    const headers = {'content-type': type(path), etag, date};
    return new Response(method === 'HEAD' ? null : site.get(path), {headers});
  };
  const keyOf = (key) => new URL(key.url ?? key, 'https://alerty.example.pl').pathname;
  const cache = (held) => ({
    match: async (key) => held.get(keyOf(key))?.clone(),
    put: async (key, response) => {
      if (globalThis.full && held.size >= full) throw new Error('QuotaExceededError');
      held.set(keyOf(key), response);
    },
    delete: async (key) => held.delete(keyOf(key)),
    keys: async () => [...held.keys()].map((path) => ({url: `https://alerty.example.pl${path}`})),
  });
  globalThis.caches = {
    open: async (name) => cache(kept.get(name) ?? kept.set(name, new Map()).get(name)),
    has: async (name) => kept.has(name),
    delete: async (name) => kept.delete(name),
    keys: async () => [...kept.keys()],
  };
  globalThis.windows = [];
  self.clients = {matchAll: async () => windows.map((id) => ({id}))};
  const textOf = async (response) => (response ? response.text() : null);
  const opened = (id) => ({request: {mode: 'navigate'}, resultingClientId: id});
  const within = (id) => ({request: {mode: 'cors'}, clientId: id});
  globalThis.page = async (m, id) => textOf(await m.ofRelease(opened(id), '/'));
  globalThis.file = async (m, id, path) => textOf(await m.ofRelease(within(id), path));
  globalThis.HOUR = 3_600_000;
  deploy({'/': '<script src="/js/main.js">', '/js/main.js': "import './a.js'", '/js/a.js': 'one'});
"""


def release(script: str) -> Any:
    return call("sw/release.js", f"await (async () => {{{script}}})()", WORLD)


def test_the_app_is_kept_whole_and_given_without_a_network():
    found = release("""
      await m.takeIn();
      globalThis.offline = true;
      return [await page(m, 'p1'), await file(m, 'p1', '/js/a.js'), await file(m, 'p1', '/js/nothing.js')];
    """)
    assert found == ['<script src="/js/main.js">', "one", None]


def test_a_page_keeps_the_release_it_began_with_and_the_next_one_has_the_new():
    """Open over a deployment, its views are loaded from what it began with."""
    found = release("""
      await m.takeIn(0 * HOUR + Date.now());
      await page(m, 'old');
      windows = ['old'];
      deploy({'/js/a.js': 'two'});
      await m.takeIn(Date.now() + HOUR);
      await page(m, 'new');
      return [await file(m, 'old', '/js/a.js'), await file(m, 'new', '/js/a.js')];
    """)
    assert found == ["one", "two"]


def test_a_release_that_no_page_stands_on_is_forgotten():
    found = release("""
      await m.takeIn();
      await page(m, 'closed');
      deploy({'/js/a.js': 'two'});
      await m.takeIn(Date.now() + HOUR);
      return (await caches.keys()).filter((name) => name.startsWith('release-')).length;
    """)
    assert found == 1


def test_files_of_two_releases_are_never_kept_together():
    """A deployment comes while they are read: they are read again."""
    found = release("""
      let once = true;
      globalThis.during = (method, path) => {
        if (!once || path !== '/js/a.js') return;
        once = false;
        deploy({'/': '<script src="/js/main.js"> two', '/js/a.js': 'two'});
      };
      await m.takeIn();
      return [await page(m, 'p1'), await file(m, 'p1', '/js/a.js')];
    """)
    assert found == ['<script src="/js/main.js"> two', "two"]


@pytest.mark.parametrize("trouble", ["offline = true", "busy = true"])
def test_a_site_that_does_not_answer_leaves_what_there_is(trouble: str):
    found = release(f"""
      await m.takeIn();
      deploy({{'/js/a.js': 'two'}});
      globalThis.{trouble};
      const failed = await m.takeIn(Date.now() + HOUR).then(() => false, () => true);
      return [failed, await file(m, 'p1', '/js/a.js')];
    """)
    assert found == [True, "one"]


def test_a_full_phone_keeps_the_release_before_and_no_half_one():
    found = release("""
      await m.takeIn();
      deploy({'/js/a.js': 'two'});
      globalThis.full = 2;
      const failed = await m.takeIn(Date.now() + HOUR).then(() => false, () => true);
      const releases = (await caches.keys()).filter((name) => name.startsWith('release-')).length;
      return [failed, releases, await file(m, 'p1', '/js/a.js')];
    """)
    assert found == [True, 1, "one"]


def test_it_is_not_asked_for_a_newer_one_at_every_start():
    found = release("""
      await m.takeIn();
      const before = asked.length;
      await m.takeIn(Date.now() + 60_000);
      return asked.length - before;
    """)
    assert found == 0


def test_nothing_is_kept_of_one_who_has_left():
    found = release("""
      m.mayKeep(false);
      const failed = await m.takeIn().then(() => false, () => true);
      return [failed, (await caches.keys()).filter((name) => name.startsWith('release-'))];
    """)
    assert found == [True, []]


# ---- What changes by itself: the network first

ANSWER = """
  const answered = async (path, mode) => {
    let given;
    const request = {url: `https://alerty.example.pl${path}`, method: 'GET', mode};
    const lasting = [];
    m.answer({request, waitUntil: (work) => lasting.push(work), respondWith: (work) => (given = work)});
    const response = await given;
    await Promise.all(lasting);
    return [response.status, await response.text()];
  };
"""
PAGE = '<html lang="uk"><main id="content">Чинне'


def changing(script: str) -> Any:
    before = f"{WORLD}; deploy({json.dumps({'/a/x': PAGE, '/municipalities.json': '[1]'})});"
    return call("sw/cache.js", f"await (async () => {{{ANSWER} {script}}})()", before)


def test_a_public_page_out_of_the_phones_memory_says_so_and_from_when():
    fresh, copy = changing("""
      const first = await answered('/a/x', 'navigate');
      globalThis.offline = true;
      return [first, await answered('/a/x', 'navigate')];
    """)
    assert fresh == [200, PAGE]
    assert copy[0] == 200
    assert 'id="copy"' in copy[1]
    assert "22 листопада 2026" in copy[1]
    assert copy[1].endswith("Чинне")


@pytest.mark.parametrize("path", ["/a/x", "/municipalities.json"])
def test_a_server_that_is_busy_counts_as_none_where_there_is_a_copy(path: str):
    mode = "navigate" if path == "/a/x" else "cors"
    status, _ = changing(f"""
      await answered({path!r}, {mode!r});
      globalThis.busy = true;
      return answered({path!r}, {mode!r});
    """)
    assert status == 200


def test_without_a_copy_the_servers_answer_is_given_as_it_is():
    assert changing("globalThis.busy = true; return answered('/a/x', 'navigate');")[0] == 503


def test_what_is_not_there_any_more_is_not_covered_by_a_copy():
    status, _ = changing("""
      await answered('/a/x', 'navigate');
      globalThis.fetch = async () => new Response('', {status: 404});
      return answered('/a/x', 'navigate');
    """)
    assert status == 404


# ---- What time it is

CLOCK = """
  globalThis.console.error = () => {};
  globalThis.indexedDB = {open() { throw new Error('no database'); }};
  globalThis.fetch = async () => new Response(null, {headers: DATE});
"""


def ahead(date: str) -> Any:
    """How far the app's time is from the phone's, in whole hours."""
    before = CLOCK.replace("DATE", date)
    return call("sw/clock.js", "(await m.askClock(), Math.round((m.now() - Date.now()) / 3_600_000))", before)


@pytest.mark.parametrize("hours", [-24, -3, 0, 3])
def test_a_phones_wrong_clock_is_set_right_by_the_sites(hours: int):
    found = ahead(f"{{date: new Date(Date.now() + {hours} * 3_600_000).toUTCString()}}")
    assert found == hours


@pytest.mark.parametrize("date", ["{}", "{date: 'yesterday'}"])
def test_an_answer_without_a_time_changes_nothing(date: str):
    assert ahead(date) == 0
