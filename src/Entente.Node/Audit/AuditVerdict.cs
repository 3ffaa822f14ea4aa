namespace Entente.Node.Audit;

/// <summary>What can be wrong with a trail.</summary>
public enum AuditFaultKind
{
    /// <summary>Something in the entry was changed.</summary>
    Changed,

    /// <summary>What the entry said was changed, or is gone without an entry that says it was erased.</summary>
    PayloadChanged,

    /// <summary>The entry does not follow the one before it: one of the two was replaced.</summary>
    Unlinked,

    /// <summary>Entries are missing before it.</summary>
    Missing,

    /// <summary>It stands out of its order, or twice.</summary>
    OutOfOrder,

    /// <summary>It is not the entry that was known to have this number: the trail was written anew.</summary>
    Rewritten,

    /// <summary>The trail ends before an entry that was known to exist.</summary>
    CutOff,

    /// <summary>What should be an entry cannot be read.</summary>
    Unreadable,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Seq">The entry at which it shows.</param>
/// <param name="Kind">What.</param>
/// <param name="Message">The same for people.</param>
public sealed record AuditFault(long Seq, AuditFaultKind Kind, string Message);

/// <summary>What came of verifying a trail.</summary>
public sealed record AuditVerdict
{
    /// <summary>Whether nothing is wrong. False unless said otherwise.</summary>
    public bool Intact { get; init; }

    /// <summary>How many entries were looked at.</summary>
    public long Entries { get; init; }

    /// <summary>The number of the first; 0 where there is none.</summary>
    public long First { get; init; }

    /// <summary>The last entry: to be kept elsewhere, and given next time.</summary>
    public required AuditHead Head { get; init; }

    /// <summary>How many entries' payloads were erased, as later entries say.</summary>
    public long Erased { get; init; }

    /// <summary>The first of what is wrong, in the order of the trail.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    /// <summary>How much is wrong; more than <see cref="Faults"/> where not all are listed.</summary>
    public long FaultCount { get; init; }

    /// <summary>Heads known from elsewhere that were found in their place.</summary>
    public required IReadOnlyList<AuditHead> Confirmed { get; init; }

    /// <summary>What could not be checked, for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
