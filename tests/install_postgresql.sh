#!/bin/sh
# Installs PostgreSQL's server for the tests where it is missing and this machine lets us. Never fails, never asks: the
# tests that need a server are skipped without one.
set -u

skip() {
    echo "The tests on PostgreSQL will be skipped: $1"
    exit 0
}

installed() {
    command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1
}

installed && exit 0
command -v apt-get >/dev/null 2>&1 || skip "it is not installed, and there is no apt-get to install it with."
[ "$(id -u)" = 0 ] || skip "it is not installed. As root: apt-get install --no-install-recommends postgresql"

# Only the programs are needed: the package would make a database of its own, and start it.
settings=/etc/postgresql-common/createcluster.d
ours=$settings/genre-bot-tests.conf
mkdir -p "$settings" && echo "create_main_cluster = false" >"$ours" || skip "$settings cannot be written."
log=$(mktemp)
trap 'rm -f "$ours" "$log"' EXIT

apt() {
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
        -o DPkg::Lock::Timeout=60 -q -y "$@" </dev/null >>"$log" 2>&1
}

echo "Installing PostgreSQL for the tests ..."
# On a new machine there are no lists of packages yet.
apt install --no-install-recommends postgresql ||
    { apt update && apt install --no-install-recommends postgresql; } ||
    skip "it could not be installed: $(grep -E '^E:' "$log" | tail -n 1)"
installed || skip "its package is installed, but its programs are nowhere to be found."
