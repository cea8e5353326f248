#!/bin/sh
# Installs Chromium for the tests where it is missing and this machine lets us. Never fails, never asks: the tests that
# need a browser are skipped without one.
set -u

skip() {
    echo "The tests in a browser will be skipped: $1"
    exit 0
}

installed() {
    [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1
}

installed && exit 0
command -v apt-get >/dev/null 2>&1 || skip "there is no Chromium, and no apt-get to install it with."
[ "$(id -u)" = 0 ] || skip "there is no Chromium. As root: apt-get install --no-install-recommends chromium"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
        -o DPkg::Lock::Timeout=60 -q -y "$@" </dev/null >>"$log" 2>&1
}

echo "Installing Chromium for the tests ..."
# On a new machine there are no lists of packages yet.
apt install --no-install-recommends chromium ||
    { apt update && apt install --no-install-recommends chromium; } ||
    skip "it could not be installed: $(grep -E '^E:' "$log" | tail -n 1)"
installed || skip "its package is installed, but its program is nowhere to be found."
