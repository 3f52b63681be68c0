#!/usr/bin/env bash
# Merges the parts of a release gate into one report and decides by it. A part without a report is an error.
# usage: gate.sh <folder with the parts> <number of parts> <folder for the report>
set -euo pipefail

folder=$1 expected=$2 out=$3
parts=()
while IFS= read -r report; do parts+=("$(dirname "$report")"); done < <(find "$folder" -name report.json | sort)

if [ "${#parts[@]}" != "$expected" ]; then
  echo "::error title=Release gate::${#parts[@]} of $expected parts left a report"
  printf 'verdict=broken\nexit-code=3\n' >>"${GITHUB_OUTPUT:-/dev/null}"
  exit 3
fi
rm -f "$out/report.json"
# gate.ts decides by the report, so the exit code of the merge is for people.
node harness/start.mjs merge "${parts[@]}" --out "$out" || echo "merge ended with $?"
node_modules/.bin/tsx .github/scripts/gate.ts "$out/report.json"
