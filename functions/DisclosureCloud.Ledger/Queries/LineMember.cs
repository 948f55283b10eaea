using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>One member of an object, found without reading what comes after it.</summary>
internal static class LineMember
{
    /// <summary>Looks for a member of the object itself, not of one within.</summary>
    /// <param name="value">At the member's value, where it is found.</param>
    /// <exception cref="JsonException">No JSON, as far as it was read.</exception>
    public static bool Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out Utf8JsonReader value)
    {
        value = new Utf8JsonReader(json);
        while (value.Read())
        {
            if (value.TokenType == JsonTokenType.PropertyName && value.CurrentDepth == 1)
            {
                bool isWanted = value.ValueTextEquals(name);
                value.Read();
                if (isWanted)
                {
                    return true;
                }

                value.Skip();
            }
        }

        return false;
    }
}
