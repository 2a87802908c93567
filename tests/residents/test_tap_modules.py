"""Which window a tap on a notification leads to, without a browser: scripts cannot tap, nor then open one."""

from __future__ import annotations

import pytest

from tests.residents.test_push_modules import call

CLIENT = """(path, answers) => ({
  url: `https://alerty.example.pl${path}`,
  navigate: async (to) => {
    did.push(`navigate ${path} to ${to}`);
    return answers ? {focus: async () => did.push('focus')} : null;
  },
})"""
TAP = f"""await (async () => {{
  const did = [];
  const client = {CLIENT};
  globalThis.indexedDB = {{open() {{ throw new Error('no database'); }}}};
  self.clients = {{matchAll: async () => WINDOWS, openWindow: async (path) => did.push(`open ${{path}}`)}};
  const notification = {{close: () => did.push('close'), data: {{alert: 'a1'}}}};
  await m.clicked({{action: 'ACTION', notification}}, {{}});
  return did;
}})()"""


def tapped(windows: str, action: str = "") -> list[str]:
    """What a tap does while these windows are open."""
    done: list[str] = call("sw/click.js", TAP.replace("WINDOWS", windows).replace("ACTION", action))
    return done


@pytest.mark.parametrize(
    "windows",
    ["[]", "[client('/a/a1', true), client('/alerts', true)]"],
    ids=["none is open", "only public pages are"],
)
def test_without_a_window_of_the_app_a_new_one_is_opened(windows: str):
    assert tapped(windows) == ["close", "open /app/alert/a1"]


def test_a_window_of_the_app_is_led_to_the_alert():
    windows = "[client('/a/a1', true), client('/app/settings', true)]"
    assert tapped(windows) == ["close", "navigate /app/settings to /app/alert/a1", "focus"]


def test_a_window_that_cannot_be_led_is_left_for_a_new_one():
    assert tapped("[client('/', false)]") == ["close", "navigate / to /app/alert/a1", "open /app/alert/a1"]


def test_what_does_not_concern_the_resident_is_reported_by_a_second_tap_inside():
    assert tapped("[]", "not_mine") == ["close", "open /app/alert/a1#not-mine"]
