using System.CommandLine;
using DisclosureCloud.Functions.Commands;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>The table of who may what lists every call once, and nothing is served that it does not list.</summary>
public sealed class AccessTableTests
{
    [Fact]
    public void Calls_AreListedOnce() =>
        AccessTable.All.Select(rule => (rule.Door, rule.Call)).ShouldBeUnique();

    [Fact]
    public async Task Routes_OfTheWholeApp_AreThoseOfTheTable()
    {
        await using var app = new RunningApp { Listening = new Listening.ForHost(Port: 0) };
        await app.InitializeAsync();
        app.MappedRoutes().ShouldBe(
            AccessTable.All.Where(rule => rule.Door is Door.Http or Door.Host).Select(rule => rule.Call).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Route_ThatTheTableLacks_KeepsTheAppFromStarting()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        AccessTable.Guard(app).MapGet("/api/secrets", () => "all of them");
        Should.Throw<InvalidOperationException>(() => AccessTable.Check(app, AppRole.All, behindHost: true)).Message.ShouldContain("GET /api/secrets");
    }

    [Fact]
    public async Task Route_MappedBesideTheGuard_KeepsTheAppFromStarting()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        ((IEndpointRouteBuilder)app).MapGet("/api/secrets", () => "all of them");
        Should.Throw<InvalidOperationException>(() => AccessTable.Check(app, AppRole.All, behindHost: true)).Message.ShouldContain("/api/secrets");
    }

    [Fact]
    public async Task Call_ThatIsListedAndNotMapped_KeepsTheAppFromStarting()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        AccessTable.Guard(app).MapGet("/api/health", () => "well");
        Should.Throw<InvalidOperationException>(() => AccessTable.Check(app, AppRole.All, behindHost: false)).Message.ShouldContain("POST /api/postings");
    }

    [Fact]
    public async Task Trigger_AsARouteOfTheWitness_IsNotListed()
    {
        // A rule is good for its own door alone.
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        AccessTable.Guard(app, Door.Witness).MapPost("/IngestPosting", () => "taken");
        Should.Throw<InvalidOperationException>(() => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToArray());
    }

    [Fact]
    public void Verbs_AreThoseOfTheTable() =>
        AccessTable.All.Where(rule => rule.Door == Door.Verb).Select(rule => rule.Call)
            .ShouldBe(CommandLine.Root().Subcommands.Select(verb => verb.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void WhatWrites_IsOfOneRoleOfOneDepartmentAndOfItsRegion()
    {
        AccessRule[] writes = [.. AccessTable.All.Where(rule => rule.Writes)];
        writes.Length.ShouldBe(8);
        writes.ShouldAllBe(rule => (rule.Department == DepartmentRule.Own || rule.Department == DepartmentRule.Handling) && rule.Region == RegionRule.Within && rule.Roles.Length == 1);
        writes.SelectMany(rule => rule.Roles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe([Role.Approver, Role.Poster]);
    }

    [Theory]
    [InlineData(null, "poster,approver")]
    [InlineData(null, "operator,auditor")]
    [InlineData(null, "poster")]
    [InlineData("operator poster", "poster,operator")]
    [InlineData("operator approver", "approver,operator")]
    [InlineData("auditor poster", "poster,auditor")]
    [InlineData("auditor approver", "auditor,approver")]
    public void Roles_ThatOnePersonMustNotHave_Conflict(string? conflict, string roles) =>
        (Role.Conflict(roles.Split(',')) is var (one, other) ? $"{one} {other}" : null).ShouldBe(conflict);
}
