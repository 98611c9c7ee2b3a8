#!/usr/bin/env bash
# Writes the documentation of the targets that have a landing page to .build/documentation; a warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

output=.build/documentation
graphs=.build/symbolgraphs
rm -rf "$output" "$graphs"
mkdir -p "$output" "$graphs"

swift package dump-symbol-graph --minimum-access-level package --skip-synthesized-members >/dev/null
for catalog in Sources/*/*.docc; do
    target=$(basename "$catalog" .docc)
    mkdir "$graphs/$target"
    cp .build/*/symbolgraph/"$target".symbols.json .build/*/symbolgraph/"$target"@*.symbols.json "$graphs/$target" \
        2>/dev/null || [ -e "$graphs/$target/$target.symbols.json" ]
    docc convert "$catalog" --additional-symbol-graph-dir "$graphs/$target" --fallback-display-name "$target" \
        --fallback-bundle-identifier "reconcile.$target" --warnings-as-errors \
        --output-path "$output/$target.doccarchive"
done
docc merge "$output"/*.doccarchive --synthesized-landing-page-name reconcile --output-path "$output/reconcile.doccarchive"
echo "the documentation is in $output/reconcile.doccarchive; look at it with any web server"
