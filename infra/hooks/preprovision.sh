#!/bin/sh
# A budget begins with a month and keeps its beginning: the first deployment says which month that is, and every later one says the same.
set -eu
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi
