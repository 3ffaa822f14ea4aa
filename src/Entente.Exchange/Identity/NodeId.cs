using System.Diagnostics.CodeAnalysis;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Identity;

/// <summary>Ids of nodes: <c>node-</c> and 26 letters and digits, the first 128 bits of the fingerprint of the node's first key in base 32. An id stays when keys rotate.</summary>
public static class NodeId
{
    private const string Prefix = "node-";
    private const int HashBytes = 16;

    /// <summary>The id of the node whose first key this is.</summary>
    /// <param name="firstKey">The key.</param>
    /// <returns>Such as <c>node-mfrggzdfmztwq2lknnwg23tpoa</c>.</returns>
    public static string Of(NodePublicKey firstKey)
    {
        ArgumentNullException.ThrowIfNull(firstKey);
        return Prefix + Base32.Encode(firstKey.Fingerprint.Bytes[..HashBytes]);
    }

    /// <summary>Whether a text has the form of an id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for null.</returns>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + (((HashBytes * 8) + 4) / 5)
        && Base32.Decode(text.AsSpan(Prefix.Length)) is { Length: HashBytes };
}
