#!/usr/bin/env bash
# Usage: prepare.sh build|test|bench|model
#
# Installs what the target of the Makefile needs and this machine lacks:
#   build  the C libraries
#   test   also the Python programs of Tests/requirements.txt, in .build/venv, and a container engine where we are root
#   bench  nginx and wrk, to be measured beside, where we are root
#   model  the Python packages of Tools/requirements.txt, in .build/model-venv
# It asks no network for what is there.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "prepare: $*" >&2; }

# Prints those of the packages that are not installed.
missing() {
    for package in "$@"; do
        [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    say "installing $*"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Installs the packages, or says how to.
require() {
    local packages
    command -v dpkg-query >/dev/null || { say "not a Debian system: provide what $* stand for"; return; }
    mapfile -t packages < <(missing "$@")
    [ ${#packages[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        say "missing packages; install them with"
        say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
        exit 1
    fi
    apt_install "${packages[@]}"
}

# Makes a virtual environment, anew when its requirements have changed.
virtual_environment() {
    local directory=$1 requirements=$2 stamp
    stamp=$directory/requirements-$(sha256sum "$requirements" | cut -c1-16)
    [ ! -e "$stamp" ] || return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null || require python3-venv
    say "installing the packages of $requirements in $directory"
    rm -rf "$directory"
    python3 -m venv "$directory"
    "$directory/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    touch "$stamp"
}

# The tests that need an engine are skipped without one.
container_engine() {
    command -v dpkg-query >/dev/null && [ "$(id -u)" = 0 ] || return 0
    local packages
    mapfile -t packages < <(missing docker.io iptables busybox-static)
    [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}" ||
        say "no container engine: the tests that run containers will be skipped"
}

case ${1:-} in
build) require libyaml-dev libsqlite3-dev ;;
test)
    require libyaml-dev libsqlite3-dev
    container_engine
    virtual_environment .build/venv Tests/requirements.txt
    ;;
bench)
    require libyaml-dev libsqlite3-dev
    if [ "$(id -u)" = 0 ]; then require nginx-light wrk; fi
    ;;
model) virtual_environment .build/model-venv Tools/requirements.txt ;;
*)
    say "usage: prepare.sh build|test|bench|model"
    exit 64
    ;;
esac
