using System.CommandLine;
using System.CommandLine.Parsing;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Commands;

/// <summary><c>token</c>: a token for local use, alone on the last line of standard output.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        Option<DepartmentId> department = OfId<DepartmentId>("--department", "The department, such as finance.");
        department.Required = true;
        Option<PersonId> person = OfId<PersonId>("--person", "The person's account (default: DEPARTMENT-ROLE).");
        Option<RegionCode> region = OfId<RegionCode>("--region", "The region that the person may act for.");
        var role = new Option<string[]>("--role")
        {
            Description = $"One or more of {string.Join(", ", Role.All)}, separated by commas.",
            HelpName = "R[,R]",
            Required = true,
            CustomParser = Roles,
        };
        var command = new Command("token", "Makes a token for local use.") { data, department, role, region, person };
        command.SetAction((parsed, _) => CommandLine.RunAsync(() =>
        {
            Deployment deployment = Deployment.Read(Deployment.Environment(), parsed.GetValue(data));
            using LocalIssuer issuer = LocalIssuer.Open(deployment);
            DepartmentId ofDepartment = parsed.GetValue(department);
            string[] roles = parsed.GetValue(role)!;
            PersonId ofPerson = parsed.GetResult(person) is null
                ? Id.Parse<PersonId>($"{ofDepartment.Value}-{roles[0]}")
                : parsed.GetValue(person);
            RegionCode? ofRegion = parsed.GetResult(region) is null ? null : parsed.GetValue(region);
            Console.Out.WriteLine(issuer.Issue(ofDepartment, ofPerson, roles, ofRegion, TimeProvider.System));
            return Task.FromResult(CommandLine.Well);
        }));
        return command;
    }

    /// <summary>An option whose value is an id; anything else is a fault of usage.</summary>
    public static Option<TId> OfId<TId>(string name, string description)
        where TId : struct, IId<TId> => new(name)
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (!TId.TryParse(result.Tokens[0].Value, out TId id))
                {
                    result.AddError($"{name} has the form {TId.Pattern}.");
                }

                return id;
            },
        };

    private static string[] Roles(ArgumentResult result)
    {
        string[] roles = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (roles.Length == 0 || roles.Except(Role.All, StringComparer.Ordinal).Any())
        {
            result.AddError($"--role is one or more of {string.Join(", ", Role.All)}.");
        }

        if (Role.Conflict(roles) is var (one, other))
        {
            result.AddError($"One person is not {one} and {other} at once: make a token for each.");
        }

        return roles;
    }
}
