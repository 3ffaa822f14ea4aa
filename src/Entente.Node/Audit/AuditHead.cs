using System.Globalization;

namespace Entente.Node.Audit;

/// <summary>Where a trail ended at some time: the number and the hash of the entry that was the last. Kept elsewhere, it proves that nothing up to there was changed or cut off since.</summary>
/// <param name="Seq">The number; 0 for a trail without entries.</param>
/// <param name="Hash">The entry's hash in lower-case hex.</param>
public sealed record AuditHead(long Seq, string Hash)
{
    /// <summary>Reads <c>NUMBER:HASH</c>, as the node writes it into its log.</summary>
    /// <param name="text">The text; spaces around it do not count.</param>
    /// <returns>Null where it is none.</returns>
    public static AuditHead? TryParse(string? text)
    {
        if (text?.Trim() is not { } trimmed || trimmed.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var at))
            return null;
        var hash = trimmed[(at + 1)..].ToLowerInvariant();
        return long.TryParse(trimmed[..at], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && hash.Length == 2 * AuditChain.HashLength && hash.All(char.IsAsciiHexDigitLower)
            ? new AuditHead(seq, hash)
            : null;
    }

    /// <summary><c>NUMBER:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}:{Hash}");
}
