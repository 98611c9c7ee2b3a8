#!/usr/bin/env bash
# Usage: fuzz.sh [TARGET...]
#
# Runs each fuzzer, or those that are named, for FUZZ_SECONDS (600), and prints a line about each. Inputs that reach
# something new are kept in .build/fuzz/corpora, so that the next run goes on from there. Ends with 1 when something was
# found, and says where the input is; what one fuzzer finds does not keep the others from running.
#
# FUZZ_KEEP=1 then takes over into Tests/Fuzzing/Corpora what reaches more than the inputs there, in as few as will do.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-600}
scratch=$PWD/.build/fuzz
fuzzer=$scratch/debug/reconcile-fuzz
# Swift's own backtracer can hang for minutes in a process that a sanitizer has changed.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0

RECONCILE_FUZZING=1 swift build --scratch-path "$scratch" --disable-index-store --product reconcile-fuzz

if [ $# -eq 0 ]; then mapfile -t targets < <("$fuzzer"); else targets=("$@"); fi

# Prints the directories of inputs that are there for other reasons.
others() {
    case $1 in
    yaml | manifests) printf '%s\n' manifests Tests/ReconcileCLITests/InvalidManifests ;;
    esac
}

# last PATTERN: prints the number at the end of what matches last in the log.
last() { { grep -aoE "$1" "$log" || echo 0; } | tail -n 1 | grep -oE '[0-9]+$'; }

found=0
for target in "${targets[@]}"; do
    log=$scratch/$target.log
    grown=$scratch/corpora/$target
    kept=Tests/Fuzzing/Corpora/$target
    given=$scratch/given/$target
    findings=$scratch/findings/$target
    mkdir -p "$grown" "$given" "$findings"
    "$fuzzer" "$target" prepare "$given"
    mapfile -t inputs < <(others "$target")

    start=$SECONDS
    status=0
    nice "$fuzzer" "$target" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 -max_len=4096 -use_value_profile=1 \
        -print_final_stats=1 -dict="$given/words" -artifact_prefix="$findings/" \
        "$grown" "$kept" "$given/seeds" "${inputs[@]}" >"$log" 2>&1 || status=$?
    printf '%-10s %10s executions in %4s s, %6s edges and %6s features covered, %5s inputs grown, ' "$target" \
        "$(last 'stat::number_of_executed_units: *[0-9]+')" $((SECONDS - start)) "$(last ' cov: [0-9]+')" \
        "$(last ' ft: [0-9]+')" "$(find "$grown" -type f | wc -l)"
    if [ "$status" = 0 ]; then
        echo 'no finding'
    else
        found=1
        echo "a finding: $(grep -aoE "$findings/[a-z-]+-[0-9a-f]+" "$log" | tail -n 1 || echo none was written)"
        grep -aE 'Fatal error|ERROR: (libFuzzer|AddressSanitizer)' "$log" | head -n 3 | sed 's/^/    /' || true
        echo "    $log tells more"
    fi
    # Short ones alone: they are read by people, and tried at every `make test`.
    [ -z "${FUZZ_KEEP:-}" ] ||
        "$fuzzer" "$target" -set_cover_merge=1 -use_counters=0 -max_len=256 "$kept" "$grown" >"$log.merge" 2>&1
done
exit "$found"
