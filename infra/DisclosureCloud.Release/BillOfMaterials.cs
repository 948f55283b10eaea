using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Release;

/// <summary>What is in the package, as CycloneDX 1.6 (ECMA-424) has it: each part with its files, its licence, and what it uses.</summary>
/// <remarks>There is no time in it, and its serial number is made from what it says: the same package has the same bill.</remarks>
internal static class BillOfMaterials
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(string version, IReadOnlyList<Part> parts, IReadOnlyList<PackagedFile> files)
    {
        ILookup<Part, PackagedFile> owned = files.ToLookup(file => file.Owner);
        var bill = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "build" }),
                ["component"] = Component(parts.Single(part => part.IsApp), version, owned),
            },
            ["components"] = new JsonArray([.. parts.Where(part => !part.IsApp).Select(part => Component(part, version, owned))]),
            ["dependencies"] = new JsonArray([.. parts.Select(part => Uses(part, parts))]),
            ["compositions"] = new JsonArray(new JsonObject { ["aggregate"] = "complete", ["dependencies"] = new JsonArray(parts.Single(part => part.IsApp).Key) }),
        };
        bill["serialNumber"] = $"urn:uuid:{Serial(Write(bill))}";
        return Write(bill);
    }

    private static JsonObject Component(Part part, string version, ILookup<Part, PackagedFile> owned)
    {
        var component = new JsonObject
        {
            ["type"] = part.IsApp ? "application" : "library",
            ["bom-ref"] = part.Key,
            ["name"] = part.Name,
            ["version"] = part.Sort == PartSort.Project ? version : part.Version,
        };
        if (part.Package is { } package)
        {
            component["publisher"] = package.Authors;
            component["hashes"] = Hashes("SHA-512", package.Sha512);
            component["licenses"] = Licences(package);
            component["purl"] = $"pkg:nuget/{package.Id}@{package.Version}";
            if (package.Copyright is { } copyright)
            {
                component["copyright"] = copyright;
            }

            if (package.Website is { } website)
            {
                component["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = website });
            }

            component["properties"] = new JsonArray(new JsonObject { ["name"] = "nuget:contentHash", ["value"] = package.ContentHash });
        }
        else if (part.Sort == PartSort.OfTheSdk)
        {
            component["description"] = "Taken from the .NET SDK.";
            component["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } });
        }

        if (owned[part].Any())
        {
            component["components"] = new JsonArray([.. owned[part].Select(file => new JsonObject
            {
                ["type"] = "file", ["name"] = file.Path, ["hashes"] = Hashes("SHA-256", file.Sha256),
            })]);
        }

        return component;
    }

    private static JsonArray Licences(NuGetPackage package) => Licence.Choices(package.Id, package.Licence) is [var id]
        ? new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = id } })
        : new JsonArray(new JsonObject { ["expression"] = package.Licence });

    private static JsonArray Hashes(string algorithm, string hex) => new(new JsonObject { ["alg"] = algorithm, ["content"] = hex });

    private static JsonObject Uses(Part part, IReadOnlyList<Part> parts)
    {
        string[] unknown = [.. part.Uses.Except(parts.Select(one => one.Key), StringComparer.Ordinal)];
        return unknown.Length == 0
            ? new JsonObject { ["ref"] = part.Key, ["dependsOn"] = new JsonArray([.. part.Uses.Select(key => (JsonNode)key)]) }
            : throw new ReleaseException($"{part.Key} uses {unknown[0]}, which is not in the package.");
    }

    // A UUID of version 8 (RFC 9562): its bits are ours to choose.
    private static Guid Serial(byte[] content)
    {
        byte[] bits = SHA256.HashData(content)[..16];
        bits[6] = (byte)((bits[6] & 0x0F) | 0x80);
        bits[8] = (byte)((bits[8] & 0x3F) | 0x80);
        return new Guid(bits, bigEndian: true);
    }

    private static byte[] Write(JsonObject bill)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Form))
        {
            bill.WriteTo(writer);
        }

        return [.. bytes.WrittenSpan, (byte)'\n'];
    }
}
