#!/usr/bin/env bash
# Compares tonight's report with the previous one. Writes the comparison as Markdown and the output `exit-code`:
# 0 no regression, 1 a regression, 2 something could not be determined this time, empty if nothing was compared.
# usage: compare-nights.sh <previous report.json, or empty> <tonight's report.json> <comparison.md>
set -euo pipefail

previous=$1 tonight=$2 comparison=$3
mkdir -p "$(dirname "$comparison")"
code=

if [ ! -f "$tonight" ]; then
  echo 'This night left no report, so there is nothing to compare.' >"$comparison"
elif [ -z "$previous" ]; then
  echo 'There is no earlier night to compare with.' >"$comparison"
else
  code=0
  node harness/start.mjs compare "$previous" "$tonight" --format markdown >"$comparison" || code=$?
  case "$code" in
  0 | 1 | 2) ;;
  *)
    code=
    echo 'The two nights cannot be compared; the log of this step says why.' >"$comparison"
    ;;
  esac
fi

printf 'exit-code=%s\n' "$code" >>"${GITHUB_OUTPUT:-/dev/null}"
cat "$comparison" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
