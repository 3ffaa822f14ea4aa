using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Node.Audit;

/// <summary>Somewhere that a trail can be read from, twice and unchanging.</summary>
internal interface IAuditSource : IAsyncDisposable
{
    /// <summary>The number that the first entry should have: 1, but for a part that was exported.</summary>
    long First { get; }

    /// <summary>How many entries there are.</summary>
    long Count { get; }

    /// <summary>The hash of the entry before the first: what the source says where it is a part, else <see cref="AuditChain.Origin"/>.</summary>
    byte[] Before { get; }

    /// <summary>Where the source itself says that it ends; null where it does not say.</summary>
    AuditHead? SaidHead { get; }

    /// <summary>All entries, in the order they stand.</summary>
    IAsyncEnumerable<AuditRow> AllAsync(CancellationToken cancel);

    /// <summary>Those that may be of <see cref="AuditAction.PersonalDataErased"/>; others do no harm.</summary>
    IAsyncEnumerable<AuditRow> ErasuresAsync(CancellationToken cancel);
}

/// <summary>Goes through a trail once, from its first entry to its last, and finds what does not hold.</summary>
/// <remarks>Memory: one entry, one bit for each entry of the trail at most, and the first faults.</remarks>
internal sealed class AuditVerifier
{
    private const int MostFaults = 100;

    private readonly AuditCoverage _erased;
    private readonly List<AuditHead> _known;
    private readonly long _first;
    private readonly List<AuditFault> _faults = [];
    private readonly List<AuditHead> _confirmed = [];
    private readonly List<string> _notes = [];
    private long _entries, _erasedCount, _faultCount, _firstFound, _lastSeq;
    private byte[] _lastHash;

    private AuditVerifier(AuditCoverage erased, IEnumerable<AuditHead> known, long first, byte[] before)
    {
        _erased = erased;
        _known = [.. known.Distinct()];
        _first = first;
        _lastSeq = first - 1;
        _lastHash = before;
    }

    /// <summary>Verifies a trail.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="known">Heads that are known from elsewhere.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<AuditVerdict> VerifyAsync(IAuditSource source, IEnumerable<AuditHead> known, CancellationToken cancel)
    {
        // First what the trail says of erasures, as that is said behind what was erased.
        var erased = new AuditCoverage(source.First, source.Count);
        await foreach (var row in source.ErasuresAsync(cancel).ConfigureAwait(false))
            erased.Take(row);
        var verifier = new AuditVerifier(erased, source.SaidHead is { } said ? known.Append(said) : known, source.First, source.Before);
        if (source.First > 1)
            verifier._notes.Add(string.Create(CultureInfo.InvariantCulture, $"It is a part that begins at entry {source.First}: what was before is not in it."));
        await foreach (var row in source.AllAsync(cancel).ConfigureAwait(false))
            verifier.Take(row);
        return verifier.Finish();
    }

    private void Take(AuditRow row)
    {
        _entries++;
        if (_entries == 1)
            _firstFound = row.Seq;
        if (row.Unreadable is { } unreadable)
            Add(row.Seq, AuditFaultKind.Unreadable, $"entry {N(row.Seq)}: {unreadable}");
        else
            CheckEntry(row);
        CheckPlace(row);
        CheckHeads(row);
        _lastSeq = row.Seq;
        _lastHash = row.Hash;
    }

    private void CheckEntry(AuditRow row)
    {
        if (!Same(AuditChain.HashOf(row), row.Hash))
            Add(row.Seq, AuditFaultKind.Changed, $"entry {N(row.Seq)} was changed: its hash is not that of what it says ({row.Action} of {row.About})");
        switch (row)
        {
            case { Payload: { } payload, Salt: { } salt }:
                if (!Same(AuditChain.Digest(salt, payload), row.PayloadDigest))
                    Add(row.Seq, AuditFaultKind.PayloadChanged, $"entry {N(row.Seq)}: its payload or salt was changed ({row.Action} of {row.About})");
                break;
            case { Payload: null, Salt: null }:
                _erasedCount++;
                if (row.Action == AuditAction.PersonalDataErased || !_erased.Covers(row.Seq))
                    Add(row.Seq, AuditFaultKind.PayloadChanged, $"entry {N(row.Seq)}: its payload is gone, and no later entry says that it was erased ({row.Action} of {row.About})");
                break;
            default:
                Add(row.Seq, AuditFaultKind.PayloadChanged, $"entry {N(row.Seq)}: its {(row.Payload is null ? "payload" : "salt")} is gone ({row.Action} of {row.About})");
                break;
        }
    }

    private void CheckPlace(AuditRow row)
    {
        if (row.Seq > _lastSeq + 1)
        {
            var missing = row.Seq == _lastSeq + 2 ? $"entry {N(_lastSeq + 1)} is missing" : $"entries {N(_lastSeq + 1)} to {N(row.Seq - 1)} are missing";
            Add(row.Seq, AuditFaultKind.Missing, $"{missing}, before entry {N(row.Seq)}");
        }
        else if (row.Seq <= _lastSeq)
        {
            Add(row.Seq, AuditFaultKind.OutOfOrder, _entries == 1
                ? $"entry {N(row.Seq)} stands where entry {N(_first)} should be the first"
                : $"entry {N(row.Seq)} stands behind entry {N(_lastSeq)}: entries were put in, moved or repeated");
        }
        else if (!Same(row.PreviousHash, _lastHash))
        {
            Add(row.Seq, AuditFaultKind.Unlinked, _entries == 1
                ? $"entry {N(row.Seq)} does not begin the trail: it names another entry before it"
                : $"entry {N(row.Seq)} does not follow entry {N(_lastSeq)}: one of the two was changed or replaced");
        }
    }

    private void CheckHeads(AuditRow row)
    {
        foreach (var head in _known)
        {
            if (head.Seq != row.Seq)
                continue;
            if (head.Hash == Convert.ToHexStringLower(row.Hash))
                _confirmed.Add(head);
            else
                Add(row.Seq, AuditFaultKind.Rewritten, $"entry {N(row.Seq)} is not the one that was known to have this number (its hash was {head.Hash}): the trail was written anew, up to this entry at least");
        }
    }

    private AuditVerdict Finish()
    {
        foreach (var head in _known.OrderBy(head => head.Seq))
        {
            if (head.Seq > _lastSeq)
                Add(head.Seq, AuditFaultKind.CutOff, $"the trail ends at entry {N(_lastSeq)}, but entry {N(head.Seq)} was known to exist: the end was cut off");
            else if (head.Seq < _first && head.Seq > 0)
                _notes.Add($"Entry {N(head.Seq)} is before this part: its hash could not be compared.");
        }
        return new AuditVerdict
        {
            Intact = _faultCount == 0,
            Entries = _entries,
            First = _firstFound,
            Head = new AuditHead(_lastSeq, Convert.ToHexStringLower(_lastHash)),
            Erased = _erasedCount,
            Faults = _faults,
            FaultCount = _faultCount,
            Confirmed = _confirmed,
            Notes = _notes,
        };
    }

    private void Add(long seq, AuditFaultKind kind, string message)
    {
        _faultCount++;
        if (_faults.Count < MostFaults)
            _faults.Add(new AuditFault(seq, kind, message));
    }

    private static bool Same(byte[] a, byte[] b) => CryptographicOperations.FixedTimeEquals(a, b);

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
