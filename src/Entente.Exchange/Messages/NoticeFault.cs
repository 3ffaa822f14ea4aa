using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Messages;

/// <summary>What is asked of every message about a record.</summary>
internal static class NoticeFault
{
    private const int MaxId = 200;

    /// <returns>The member at fault and what is expected, in one sentence; null where they are in order.</returns>
    public static string? Of(string node, string record, int version, string about)
    {
        if (!NodeId.IsValid(node))
            return "iss: expected the id of a node.";
        if (string.IsNullOrWhiteSpace(record) || record.Length > MaxId || record.Any(char.IsControl))
            return $"record: expected 1 to {MaxId} characters on one line.";
        if (version < 1)
            return "version: expected 1 or more.";
        return StrictBase64Url.IsHash(about) ? null : "about: expected a hash of 43 letters.";
    }
}
