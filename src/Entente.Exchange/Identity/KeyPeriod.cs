namespace Entente.Exchange.Identity;

/// <summary>A key of a node, and for how long it counts.</summary>
/// <param name="Key">The key.</param>
/// <param name="RetiredAt">When another took its place; null for the current one.</param>
/// <param name="Compromised">Whether it was given up because somebody else may have it: it then counts for nothing.</param>
public sealed record KeyPeriod(NodePublicKey Key, DateTimeOffset? RetiredAt, bool Compromised)
{
    /// <summary>Whether the key counts for something signed at a time.</summary>
    /// <param name="signedAt">When it says that it was signed. Who has a retired key can lie about that; for this reason a key that may have been stolen is retired as compromised.</param>
    /// <returns>True for the current key; for a retired one until it was retired.</returns>
    public bool Covers(DateTimeOffset signedAt) => !Compromised && (RetiredAt is not { } end || signedAt <= end);
}
