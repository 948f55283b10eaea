#!/bin/sh
# Makes the seed of the log where there is none yet: 32 random bytes, which nobody sees, straight into the vault.
# Never a second time: the seed is the log's identity. The vault takes whoever deploys some minutes after it was told to.
set -eu
name="${LOG_SEED_ENTRY:-log-seed}"
tries=0
until found=$(az keyvault secret list --vault-name "$AZURE_KEY_VAULT" --query "[?name=='$name'] | length(@)" --output tsv); do
  tries=$((tries + 1))
  if [ "$tries" -ge 20 ]; then
    echo "The vault $AZURE_KEY_VAULT cannot be read: is 'az login' done, and does the vault take this address (OPERATOR_ADDRESS)?" >&2
    exit 1
  fi
  sleep 15
done
if [ "$found" = 0 ]; then
  umask 077
  file=$(mktemp)
  trap 'rm -f "$file"' EXIT
  openssl rand -base64 32 | tr -d '\n' > "$file"
  az keyvault secret set --vault-name "$AZURE_KEY_VAULT" --name "$name" --file "$file" --encoding utf-8 --output none
  echo "The seed of the log is in the vault $AZURE_KEY_VAULT as $name. Make a copy of it now: see site/content/operations/first-deployment.md."
fi
