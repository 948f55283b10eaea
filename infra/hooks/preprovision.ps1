# A budget begins with a month and keeps its beginning: the first deployment says which month that is, and every later one says the same.
$ErrorActionPreference = 'Stop'
if (-not $env:BUDGET_START) {
    azd env set BUDGET_START ([DateTime]::UtcNow.ToString('yyyy-MM-01', [cultureinfo]::InvariantCulture))
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
