namespace Entente.Exchange.Release;

/// <summary>A record whose signature and disclosures were checked. Immutable.</summary>
/// <param name="Content">The record, with the statements that were disclosed.</param>
/// <param name="SignedAt">When its originator signed this version; whole seconds.</param>
/// <param name="Hash"><see cref="SignedRecord.Hash"/>.</param>
/// <param name="Undisclosed">How many digests were not disclosed. At least one belongs to nothing, and up to 16 do, or up to a fifth of all digests: the number is never 0, and tells only roughly how many statements were withheld.</param>
public sealed record VerifiedRecord(RecordContent Content, DateTimeOffset SignedAt, string Hash, int Undisclosed)
{
    /// <summary>The node that the record comes from and that signed it.</summary>
    public string Originator => Content.Marking.Originator;

    /// <summary>Whether this version takes the place of another.</summary>
    /// <param name="earlier">The version that is held.</param>
    /// <returns>True where it is the version right after it, of the same record, and refers to it.</returns>
    public bool Follows(VerifiedRecord earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Originator == earlier.Originator && Content.Id == earlier.Content.Id && Content.Version == earlier.Content.Version + 1 && Content.Previous == earlier.Hash;
    }
}
