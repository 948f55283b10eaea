namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>For tests that are about how much and how soon: no other of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MachineAlone
{
    public const string Name = "the machine alone";
}
