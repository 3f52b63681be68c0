#!/usr/bin/env bash
# Creates the release for the tag of this run, with the package and its notes. Environment: GH_TOKEN.
# usage: create-release.sh <folder with the tarball and notes.md>
set -euo pipefail
: "${GH_TOKEN:?}"
gh release create "$GITHUB_REF_NAME" "$1"/*.tgz --repo "$GITHUB_REPOSITORY" --verify-tag \
  --title "$GITHUB_REF_NAME" --notes-file "$1/notes.md"
