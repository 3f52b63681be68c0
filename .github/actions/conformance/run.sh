#!/usr/bin/env bash
# Runs the suite with the inputs of the action (INPUT_*) and writes its outputs to $GITHUB_OUTPUT.
# Ends with the exit code of the suite. With INPUT_SHARD only 3 counts, because a part decides nothing.
# Passes SIGINT and SIGTERM on, so that a cancelled job leaves a report and revokes the keys that it made.
set -euo pipefail

here=${BASH_SOURCE[0]//\\//}
suite=$(cd "$(dirname "$here")/../../.." && pwd)
out=${INPUT_OUT:-reports/latest}

# Writes the outputs and ends: finish <verdict> <exit code> [<report>]
finish() {
  if [ "${INPUT_SARIF-}" = true ] && [ "$2" != 3 ] && [ -f "$out/report.sarif" ]; then
    printf 'sarif=%s\n' "$out/report.sarif" >>"${GITHUB_OUTPUT:-/dev/null}"
  fi
  printf 'verdict=%s\nexit-code=%s\nreport=%s\n' "$1" "$2" "${3-}" >>"${GITHUB_OUTPUT:-/dev/null}"
  exit "$2"
}

refuse() {
  echo "::error title=Mufi auth conformance::$1"
  finish broken 3
}

for name in BASE_URL PROFILES DEPTH MODE BASELINE STRICT SHARD OUT SARIF SARIF_FILE; do
  value="INPUT_$name"
  case "${!value-}" in *[[:cntrl:]]*) refuse "an input holds a line break or another control character" ;; esac
done
[ -n "${INPUT_BASE_URL-}" ] || refuse 'base-url is empty; without it the suite would test its own reference server'
case "${INPUT_STRICT-}" in '' | true | false) ;; *) refuse 'strict is neither true nor false' ;; esac
case "${INPUT_SARIF-}" in '' | true | false) ;; *) refuse 'sarif is neither true nor false; a file belongs to sarif-file' ;; esac
[ -z "${INPUT_SARIF_FILE-}" ] || [ "${INPUT_SARIF-}" = true ] || refuse 'sarif-file says where failures are shown, but sarif is not true'
[ -z "${INPUT_SHARD-}" ] || [ "${INPUT_SARIF-}" != true ] || refuse 'a shard has no sarif; merge all of them with --sarif'
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 12) ? 0 : 1)' ||
  refuse 'the suite needs Node 20.12 or later; put actions/setup-node before it'

# The environment contains keys here, so no code of the packages may run while they are installed.
[ -d "$suite/node_modules/esbuild" ] ||
  (cd "$suite" && npm ci --ignore-scripts --no-audit --no-fund) ||
  refuse 'the packages of the suite could not be installed'

arguments=(run --require-target --base-url "$INPUT_BASE_URL" --out "$out" --depth "${INPUT_DEPTH:-full}" --mode "${INPUT_MODE:-full}")
[ -z "${INPUT_PROFILES-}" ] || arguments+=(--profile "$INPUT_PROFILES")
[ -z "${INPUT_BASELINE-}" ] || arguments+=(--baseline "$INPUT_BASELINE")
[ -z "${INPUT_SHARD-}" ] || arguments+=(--shard "$INPUT_SHARD")
[ "${INPUT_STRICT-}" != true ] || arguments+=(--strict)
[ "${INPUT_SARIF-}" != true ] || arguments+=(--sarif ${INPUT_SARIF_FILE:+"$INPUT_SARIF_FILE"})

# The summary of a part does not belong on the page of the run.
[ -z "${INPUT_SHARD-}" ] || unset GITHUB_STEP_SUMMARY
# The report of an earlier run must not be mistaken for this one.
rm -f "$out/report.json"

pid='' signals=0
pass_on() {
  signals=$((signals + 1))
  [ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true
}
trap pass_on INT TERM
node "$suite/harness/start.mjs" "${arguments[@]}" &
pid=$!
# Passes on a signal that came before the process had an id.
[ "$signals" = 0 ] || kill -TERM "$pid" 2>/dev/null || true
# A signal interrupts `wait`; only a `wait` without a signal returns the exit code of the suite.
before=-1
while [ "$before" != "$signals" ]; do
  before=$signals
  code=0
  wait "$pid" || code=$?
done

case "$code" in 0 | 1 | 2) ;; *) code=3 ;; esac
[ -f "$out/report.json" ] || finish broken 3
[ "$code" != 3 ] || finish broken 3 "$out/report.json"
verdict=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).verdict' "$out/report.json")
if [ -n "${INPUT_SHARD-}" ]; then
  (finish "$verdict" "$code" "$out/report.json") || true
  exit 0
fi
finish "$verdict" "$code" "$out/report.json"
