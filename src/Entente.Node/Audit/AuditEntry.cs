namespace Entente.Node.Audit;

/// <summary>One entry of the audit trail. Never changed, except that <see cref="Payload"/> and <see cref="Salt"/> may be erased.</summary>
public sealed class AuditEntry
{
    /// <summary>Its number: 1 for the first, one more for each next, without gaps.</summary>
    public long Seq { get; init; }

    /// <summary>When it happened, to the millisecond.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it: <see cref="Access.Actor.Id"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: one of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>To what it was done, such as <c>alert:ID</c>.</summary>
    public required string About { get; init; }

    /// <summary>What exactly, as JSON; it may hold personal data. Null once that was erased.</summary>
    public string? Payload { get; set; }

    /// <summary>Sixteen random bytes, without which the digest of a short payload could be guessed. Null once erased.</summary>
    public byte[]? Salt { get; set; }

    /// <summary>SHA-256 of salt and payload. It stays when they are erased, and with it the chain.</summary>
    public required byte[] PayloadDigest { get; init; }

    /// <summary><see cref="Hash"/> of the entry before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over all of the above but payload and salt: see <see cref="AuditChain"/>.</summary>
    public required byte[] Hash { get; init; }
}
