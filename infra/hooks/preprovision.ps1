# What must be so before anything is made. See preprovision.sh, which does the same.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$provider = @('--namespace', 'Microsoft.App')
if ($env:AZURE_SUBSCRIPTION_ID) { $provider += @('--subscription', $env:AZURE_SUBSCRIPTION_ID) }
if ((az provider show @provider --query registrationState --output tsv) -ne 'Registered') {
    az provider register @provider --wait
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

if ($env:ALERT_EMAIL -and -not $env:BUDGET_START) {
    $group = "/subscriptions/$env:AZURE_SUBSCRIPTION_ID/resourceGroups/rg-$env:AZURE_ENV_NAME"
    $start = az rest --method get --url "$group/providers/Microsoft.Consumption/budgets?api-version=2023-11-01" `
        --query 'value[0].properties.timePeriod.startDate' --output tsv 2>$null
    $start = if ($start) { $start.Substring(0, 10) } else { [DateTime]::UtcNow.ToString('yyyy-MM-01', [cultureinfo]::InvariantCulture) }
    azd env set BUDGET_START $start
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
