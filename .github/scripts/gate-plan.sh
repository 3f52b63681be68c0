#!/usr/bin/env bash
# Checks the inputs of the release gate and writes the outputs `parts` (["1/3","2/3","3/3"]) and `max-rps` (of one
# part).
# Without a server or a required profile the gate would be green for no reason, so both are errors.
# Environment: BASE_URL, PROFILES, SHARDS, MAX_RPS (may be empty).
set -euo pipefail

refuse() {
  echo "::error title=Release gate::$1"
  exit 3
}

[[ ${BASE_URL-} =~ ^https?://[^[:space:]]+$ ]] || refuse 'base-url is no http or https URL; name the server that is to be released'
[[ ${PROFILES-} =~ ^[a-z]+(,[a-z]+)*$ ]] || refuse 'profiles names no profile; name those that the release requires, for example core,lifecycle'
[[ ${SHARDS-} =~ ^([1-9]|1[0-6])$ ]] || refuse 'shards is no number from 1 to 16'
[[ ${MAX_RPS-} =~ ^([1-9][0-9]{0,5})?$ ]] || refuse 'max-rps is no number above 0'

parts=()
for ((part = 1; part <= SHARDS; part++)); do parts+=("\"$part/$SHARDS\""); done

rps=
if [ -n "${MAX_RPS-}" ]; then
  rps=$((MAX_RPS / SHARDS))
  [ "$rps" -gt 0 ] || refuse "max-rps is smaller than shards; $SHARDS parts cannot share $MAX_RPS requests a second"
fi

joined=$(IFS=, && echo "${parts[*]}")
printf 'parts=[%s]\nmax-rps=%s\n' "$joined" "$rps" >>"${GITHUB_OUTPUT:-/dev/null}"
