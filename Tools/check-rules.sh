#!/usr/bin/env bash
# Checks the rules that neither the compiler nor the formatter knows, and prints each violation with its place.
set -euo pipefail
cd "$(dirname "$0")/.."

violations=0
violation() {
    echo "$1: $2" >&2
    violations=$((violations + 1))
}

# Prints the Swift files of a directory that people write.
written() { find "$@" -name '*.swift' -not -path '*/Generated/*' | sort; }

# only PATTERN RULE DIRECTORY... : lines of Sources that match and are in none of the directories.
only() {
    local pattern=$1 rule=$2 line directory
    shift 2
    while IFS= read -r line; do
        for directory in "$@"; do
            [[ $line != Sources/$directory/* ]] || continue 2
        done
        violation "${line%%:*}:$(cut -d: -f2 <<<"$line")" "$rule"
    done < <(grep -rnE --include='*.swift' "$pattern" Sources || true)
}

imports() { echo "^((package|public|internal|private|fileprivate|@[a-zA-Z_]+) )*import ($1)$"; }

while IFS= read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 500 ] || violation "$file" "$lines lines; look for the second idea in it (500 at most)"
done < <(written Sources Tests)

only "$(imports CLibYAML)" 'only YAML imports CLibYAML' YAML
only "$(imports CSpawn)" 'only TaskRunning imports CSpawn' TaskRunning
only "$(imports AsyncHTTPClient)" 'only AWSClient has an HTTP client' AWSClient
only "$(imports 'NIO[A-Za-z0-9]*')" 'only what talks to the network imports NIO' AWSClient LoadBalancing TaskRunning LocalCloud
only "$(imports 'Hummingbird|ServiceLifecycle')" 'only the local cloud is a server' LocalCloud
only "$(imports GRDB)" 'only what keeps a state imports GRDB' StateStorage LocalCloud
# A fake that shares its client's assumptions proves nothing.
only "$(imports LocalCloud)" 'only the command line knows the local cloud' ReconcileCLI
only "$(imports ArgumentParser)" 'only the command line parses arguments' ReconcileCLI reconcile
only "$(imports 'FoundationNetworking|FoundationXML')" 'a second HTTP client or XML parser, and start-up time'
only '(^|[^.[:alnum:]_])(print|debugPrint)\(' 'only the command line prints' ReconcileCLI reconcile
only '\b(TODO|FIXME|XXX|HACK)\b' 'decide it, or write an issue'

while IFS= read -r place; do
    violation "$place" 'tests do not sleep; TestBackends waits for servers'
done < <(grep -rnE --include='*.swift' '(Task|Thread)\.sleep|usleep' Tests --exclude-dir=TestBackends | cut -d: -f1,2)

[ -z "$(git ls-files Package.resolved)" ] || violation Package.resolved 'is not checked in: Package.swift names the versions'

if [ "$violations" -gt 0 ]; then
    echo "$violations rules broken (Tools/check-rules.sh)" >&2
    exit 1
fi
