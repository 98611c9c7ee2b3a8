#!/usr/bin/env bash
# Builds what is measured, measures it, and prints a table. BENCH_QUICK=1 takes smaller sizes, for trying the benchmarks.
#
# What it needs and does not find it leaves out, and says so: terraform, the Python programs that `make test` installs, and
# nginx and wrk, beside which the load balancer is measured.
set -euo pipefail
cd "$(dirname "$0")/.."

# A folder of its own: one of the tests' would be built anew for each of the two.
scratch=$PWD/.build-bench
export RECONCILE_TEST_VENV=${RECONCILE_TEST_VENV:-$PWD/.build/venv}

build=(swift build --configuration release --static-swift-stdlib --scratch-path "$scratch")
"${build[@]}" --product reconcile
"${build[@]}" --product reconcile-bench
"${build[@]}" --product proxy-bench
mkdir -p "$scratch/data"
cc -O2 Benchmarks/YAML/event_loop.c -lyaml -o "$scratch/data/event_loop"

"$scratch/release/reconcile-bench" measure "$scratch/data"

export PATH=$PATH:/usr/sbin
if command -v nginx >/dev/null && command -v wrk >/dev/null; then
    echo
    echo "The load balancer beside nginx with one worker, 64 connections, the same two targets:"
    Benchmarks/Proxy/run.sh "$scratch/release/proxy-bench" ${BENCH_QUICK:+2 1}
else
    echo "The load balancer was not measured: install nginx-light and wrk."
fi
