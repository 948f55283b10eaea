#!/bin/sh
# What must be so before anything is made.
set -eu

# Flex Consumption and its network are of this provider, which no resource of the template names, so that nobody else registers it.
set -- --namespace Microsoft.App ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"}
if [ "$(az provider show "$@" --query registrationState --output tsv)" != Registered ]; then
  az provider register "$@" --wait
fi

# A budget begins with a month and keeps its beginning: the one that is there, or this month. Without an address nobody could be told of it.
if [ -n "${ALERT_EMAIL:-}" ] && [ -z "${BUDGET_START:-}" ]; then
  group="/subscriptions/${AZURE_SUBSCRIPTION_ID:-none}/resourceGroups/rg-$AZURE_ENV_NAME"
  start=$(az rest --method get --url "$group/providers/Microsoft.Consumption/budgets?api-version=2023-11-01" \
    --query "value[0].properties.timePeriod.startDate" --output tsv 2>/dev/null | cut -c1-10 || true)
  azd env set BUDGET_START "${start:-$(date -u +%Y-%m-01)}"
fi
