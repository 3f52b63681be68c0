#!/usr/bin/env bash
# Builds the history of the nights from their reports and shows it on the page of the run. Without a report it does
# nothing.
# usage: history.sh <folder with the reports of earlier nights> <tonight's report.json> <folder for the history>
set -euo pipefail

nights=$1 tonight=$2 out=$3
mkdir -p "$nights" "$out"
places=("$nights")
if [ -f "$tonight" ]; then places+=("$tonight"); fi

code=0
node harness/start.mjs history "${places[@]}" --out "$out" || code=$?
if [ "$code" != 0 ]; then
  rm -f "$out"/history.html "$out"/history.json
  echo 'There is no history: no night left a report that can be read.' >"$out/history.md"
fi
cat "$out/history.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
