#!/usr/bin/env bash
# Ends with 0 only if every needed job succeeded: skipped, cancelled and "none at all" do not count as success.
# usage: all-succeeded.sh "success success ..."
set -euo pipefail

read -ra results <<<"${1-}"
if [ "${#results[@]}" = 0 ]; then
  echo '::error title=Nothing ran::no result of any job was passed'
  exit 1
fi
for result in "${results[@]}"; do
  if [ "$result" != success ]; then
    echo "::error title=Not every job succeeded::the results are: ${results[*]}"
    exit 1
  fi
done
echo "${#results[@]} jobs succeeded"
