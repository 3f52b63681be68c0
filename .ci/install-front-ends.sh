#!/usr/bin/env bash
# Installs the front ends that the proof puts before the reference server. Their services are not started. Run as root.
set -euo pipefail

packages=(nginx haproxy apache2 caddy varnish squid lighttpd)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

# What Debian asks before it starts a service: 101 forbids it. A rule that is there already stays.
rule=/usr/sbin/policy-rc.d
if [ ! -e "$rule" ]; then
  trap 'rm -f "$rule"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$rule"
  chmod 755 "$rule"
fi
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
