#!/bin/sh
# Makes the seed of the log where there is none yet: 32 random bytes, which nobody sees, straight into the vault.
# Never a second time: the seed is the log's identity. The vault takes whoever deploys some minutes after it was told to.
set -eu

# The app's reference to the seed was made before there was one: it is read anew now, and not in a day.
refresh() {
  az rest --method post --output none --url "/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$AZURE_PUBLISHER_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01"
}

if [ "${VNET_ENABLED:-false}" = true ] && [ -z "${OPERATOR_ADDRESS:-}" ]; then
  echo "The vault takes nobody from outside its network (OPERATOR_ADDRESS is empty): the seed is not looked at."
  refresh
  exit 0
fi

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
  # In two steps: where openssl fails, the shell ends here, and nothing empty goes into the vault.
  seed=$(openssl rand -base64 32)
  printf '%s' "$seed" > "$file"
  az keyvault secret set --vault-name "$AZURE_KEY_VAULT" --name "$name" --file "$file" --encoding utf-8 --output none
  echo "The seed of the log is in the vault $AZURE_KEY_VAULT as $name. Make a copy of it now: see site/content/operations/first-deployment.md."
fi
refresh
