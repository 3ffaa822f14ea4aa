namespace Entente.Node.Audit;

/// <summary>An entry as it was found in a store or a file, right or wrong.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">Milliseconds since 1970, as stored: perhaps no time at all.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="About">To what.</param>
/// <param name="Payload">What exactly; null where erased.</param>
/// <param name="Salt">Null where erased.</param>
/// <param name="PayloadDigest">As stored.</param>
/// <param name="PreviousHash">As stored.</param>
/// <param name="Hash">As stored.</param>
internal sealed record AuditRow(
    long Seq, long At, string Actor, string Action, string About, string? Payload, byte[]? Salt, byte[] PayloadDigest, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>What could not be read as what it should be, for people; null where all could.</summary>
    public string? Unreadable { get; init; }
}
