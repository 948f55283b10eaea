# Makes the seed of the log where there is none yet: 32 random bytes, which nobody sees, straight into the vault.
# Never a second time: the seed is the log's identity. The vault takes whoever deploys some minutes after it was told to.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

# The app's reference to the seed was made before there was one: it is read anew now, and not in a day.
function Update-References {
    az rest --method post --output none --url "/subscriptions/$env:AZURE_SUBSCRIPTION_ID/resourceGroups/$env:AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$env:AZURE_PUBLISHER_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01"
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

if ($env:VNET_ENABLED -eq 'true' -and -not $env:OPERATOR_ADDRESS) {
    Write-Output 'The vault takes nobody from outside its network (OPERATOR_ADDRESS is empty): the seed is not looked at.'
    Update-References
    exit 0
}

$name = if ($env:LOG_SEED_ENTRY) { $env:LOG_SEED_ENTRY } else { 'log-seed' }
for ($tries = 1; ; $tries++) {
    $found = az keyvault secret list --vault-name $env:AZURE_KEY_VAULT --query "[?name=='$name'] | length(@)" --output tsv
    if ($LASTEXITCODE -eq 0) { break }
    if ($tries -ge 20) {
        Write-Error "The vault $env:AZURE_KEY_VAULT cannot be read: is 'az login' done, and does the vault take this address (OPERATOR_ADDRESS)?"
    }
    Start-Sleep -Seconds 15
}
if ($found -eq '0') {
    $bytes = [byte[]]::new(32)
    [System.Security.Cryptography.RandomNumberGenerator]::Fill($bytes)
    $file = New-TemporaryFile
    try {
        [System.IO.File]::WriteAllText($file.FullName, [Convert]::ToBase64String($bytes))
        az keyvault secret set --vault-name $env:AZURE_KEY_VAULT --name $name --file $file.FullName --encoding utf-8 --output none
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
        Write-Output "The seed of the log is in the vault $env:AZURE_KEY_VAULT as $name. Make a copy of it now: see site/content/operations/first-deployment.md."
    }
    finally {
        Remove-Item $file.FullName
    }
}
Update-References
