using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Exchange.Stix;

/// <summary>Ids of STIX objects: a type, two hyphens and a UUID. Ours are made from what they name, so that the same record always has the same id.</summary>
public static class StixIds
{
    /// <summary>The namespace of all UUIDs made here. Never change it: every id would change with it.</summary>
    private static readonly Guid Namespace = new("4ab6b85a-c5c2-42f3-9496-4df2059e4432");

    /// <summary>The id of something that some texts name.</summary>
    /// <param name="type">The STIX type, such as <c>report</c>.</param>
    /// <param name="parts">What names it, such as a kind and an id; their bounds count.</param>
    /// <returns>A type and a version 5 UUID (RFC 9562).</returns>
    public static string Of(string type, params ReadOnlySpan<string> parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var name = new StringBuilder();
        foreach (var part in parts)
            name.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        return $"{type}--{Version5(name.ToString()):D}";
    }

    /// <summary>The id of a node, as the identity that its records are created by.</summary>
    /// <param name="node">The node's id.</param>
    /// <returns>An id of type <c>identity</c>.</returns>
    public static string OfNode(string node) => Of("identity", "node", node);

    /// <summary>The id of a record.</summary>
    /// <param name="type">The STIX type that it becomes.</param>
    /// <param name="originator">The node that it comes from.</param>
    /// <param name="entity">The entity's id.</param>
    /// <returns>The same for every version of the record, on every node.</returns>
    public static string OfRecord(string type, string originator, string entity) => Of(type, "record", originator, entity);

    /// <summary>Whether a text is an id as STIX prescribes it.</summary>
    /// <param name="text">The text; null is none.</param>
    /// <returns>True for a type of 3 to 250 small letters, digits and hyphens, two hyphens and a UUID.</returns>
    public static bool IsId(string? text)
    {
        var at = text?.IndexOf("--", StringComparison.Ordinal) ?? -1;
        return at > 0 && IsType(text.AsSpan(0, at)) && IsUuid(text.AsSpan(at + 2));
    }

    /// <summary>The type that an id begins with.</summary>
    /// <param name="id">A valid id.</param>
    /// <returns>Such as <c>identity</c>.</returns>
    public static string TypeOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id[..id.IndexOf("--", StringComparison.Ordinal)];
    }

    /// <summary>Whether a text is the name of a type.</summary>
    internal static bool IsType(ReadOnlySpan<char> text) =>
        text.Length is >= 3 and <= 250 && !text.ContainsAnyExcept(TypeLetters) && text.IndexOf("--", StringComparison.Ordinal) < 0;

    private static readonly System.Buffers.SearchValues<char> TypeLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // RFC 9562 writes small letters and reads capitals as well; OASIS's own examples have some.
    private static bool IsUuid(ReadOnlySpan<char> text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _) && !text.ContainsAnyExcept(UuidLetters);

    private static readonly System.Buffers.SearchValues<char> UuidLetters = System.Buffers.SearchValues.Create("abcdefABCDEF0123456789-");

    private static Guid Version5(string name)
    {
        Span<byte> bytes = stackalloc byte[SHA1.HashSizeInBytes];
        byte[] input = [.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; it is a name, not a protection.
        SHA1.HashData(input, bytes);
#pragma warning restore CA5350
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
