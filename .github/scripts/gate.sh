#!/usr/bin/env bash
# Merges the parts of a release gate into one report and decides by it. A part without a report is an error.
# With SARIF=true it also writes report.sarif, with places in SARIF_FILE of the checkout in caller/, or in the OpenAPI document.
# usage: gate.sh <folder with the parts> <number of parts> <folder for the report>
set -euo pipefail

whole() { case $1 in /*) echo "$1" ;; *) echo "$(pwd)/$1" ;; esac; }
folder=$(whole "$1") expected=$2 out=$(whole "$3") suite=$(pwd)
parts=()
while IFS= read -r report; do parts+=("$(dirname "$report")"); done < <(find "$folder" -name report.json | sort)

if [ "${#parts[@]}" != "$expected" ]; then
  echo "::error title=Release gate::${#parts[@]} of $expected parts left a report"
  printf 'verdict=broken\nexit-code=3\n' >>"${GITHUB_OUTPUT:-/dev/null}"
  exit 3
fi
rm -f "$out/report.json"
sarif=()
[ "${SARIF-}" != true ] || sarif=(--sarif ${SARIF_FILE:+"$SARIF_FILE"})
# Places are relative to the repository that calls. gate.ts decides by the report, so the exit code of the merge is for people.
(
  [ "${#sarif[@]}" -lt 2 ] || cd caller
  node "$suite/harness/start.mjs" merge "${parts[@]}" --out "$out" "${sarif[@]}"
) || echo "merge ended with $?"
node_modules/.bin/tsx .github/scripts/gate.ts "$out/report.json"
