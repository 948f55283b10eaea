using System.Collections.Immutable;
using System.Reflection;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Makes facts of any kind from their fields' values, as a reader of postings would.</summary>
internal static class FactMaker
{
    /// <summary>The fact of these values, in the order of its fields.</summary>
    public static Fact Make(KindSchema kind, IEnumerable<object?> values)
    {
        ConstructorInfo constructor = typeof(Fact).Assembly.GetTypes().Single(type => type.GetCustomAttribute<KindAttribute>()?.Name == kind.Name).GetConstructors().Single();
        object?[] all = [.. values];
        var fact = (Fact)constructor.Invoke(all[..constructor.GetParameters().Length]);
        return kind.TakesEvidence ? fact with { EvidenceFiles = (ImmutableArray<EvidenceFile>)all[^1]! } : fact;
    }

    /// <summary>What a field holds that states these values: one of them, none, or the list.</summary>
    public static object? Field(FieldSchema field, params object[] values) => field.IsArray
        ? typeof(FactMaker).GetMethod(nameof(List), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(field.ValueType).Invoke(null, [values])
        : values.SingleOrDefault();

    private static ImmutableArray<T> List<T>(object[] items) => [.. items.Cast<T>()];
}
