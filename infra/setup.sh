#!/usr/bin/env bash
# Everything the project needs on a fresh machine; quick when run again. Called by `make setup`.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '\n%s\n' "$*" >&2; exit 1; }

newer() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -newer "$1" 2>/dev/null)" ]; }

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$name"; return
    fi
  done
  fail "Python 3.11 or newer is missing. On Debian or Ubuntu: apt-get install python3 python3-venv"
}

python_packages() {
  local python
  if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    echo "Making the virtual environment .venv"
    "$python" -m venv .venv || fail "The module venv is missing. On Debian or Ubuntu: apt-get install python3-venv"
  fi
  if newer .venv/.installed requirements.txt requirements-dev.txt; then
    echo "Installing the Python packages (some minutes the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
    touch .venv/.installed
  fi
}

node_packages() {
  command -v node >/dev/null || fail "Node.js 20 or newer is missing: https://nodejs.org"
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || fail "Node.js is older than 20: $(node --version)"
  if newer node_modules/.installed package-lock.json; then
    echo "Installing the npm packages (some minutes the first time)"
    # No package needs its install script: re2's compiles for minutes what only regular expressions in firebase.json use.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
  fi
}

# browser PACKAGE COMMAND...: the browser tests need one of the commands; Debian's package brings the first.
browser() {
  local name package=$1
  for name in "${@:2}"; do
    if command -v "$name" >/dev/null; then return; fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package"; } >/dev/null \
      || fail "$package could not be installed by apt-get."
  else
    fail "$package is missing (the browser tests need it). On Debian: sudo apt-get install $package"
  fi
}

# The tests of the staff's page take it when it is there, and the whole browser else.
headless_shell() {
  command -v chromium-headless-shell >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium-headless-shell"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null 2>&1 \
      || echo "It could not be installed; the tests of the staff's page use the whole browser, which takes longer."
  fi
}

browsers() {
  browser chromium chromium chromium-browser google-chrome
  headless_shell
  browser firefox-esr firefox-esr firefox
}

# nginx with its modules echo and Lua, h2load: what the benchmark `sender` compares with. The package starts a
# server on port 80, which nobody needs here; one that was there before is left alone.
benchmark_tools() {
  local served modules=/usr/lib/nginx/modules packages="nginx libnginx-mod-http-echo libnginx-mod-http-lua nghttp2-client"
  command -v h2load >/dev/null && PATH=$PATH:/usr/sbin command -v nginx >/dev/null \
    && [ -e $modules/ngx_http_echo_module.so ] && [ -e $modules/ngx_http_lua_module.so ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    served=$(PATH=$PATH:/usr/sbin command -v nginx || true)
    echo "Installing $packages"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } \
      >/dev/null || fail "$packages could not be installed by apt-get."
    [ "$served" ] || { service nginx stop && update-rc.d nginx disable; } >/dev/null 2>&1 || true
  else
    fail "h2load, nginx or its modules are missing (the benchmarks need them). On Debian: sudo apt-get install $packages"
  fi
}

# Spin and a C compiler: for the model of the delivery (tests/model).
model_tools() {
  command -v spin >/dev/null && command -v gcc >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing spin and gcc"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends spin gcc libc6-dev; } \
      >/dev/null || fail "spin and gcc could not be installed by apt-get."
  else
    fail "spin or gcc is missing (the model of the delivery needs them). On Debian: sudo apt-get install spin gcc libc6-dev"
  fi
}

firestore_emulator() {
  .venv/bin/python -c 'from infra.local.firestore import jar; jar()' 2>/dev/null && return
  echo "Fetching Google's Firestore emulator"
  npx firebase setup:emulators:firestore >/dev/null \
    || fail "The Firestore emulator could not be fetched. Set FIRESTORE_EMULATOR_JAR to its jar."
}

python_packages
node_packages
node infra/vendor.mjs
node infra/bundle.mjs
node infra/strip.mjs
case "${1:-all}" in
  test) browsers; model_tools ;;
  model) model_tools ;;
  bench) benchmark_tools; browsers ;;
esac
firestore_emulator
