using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Remembers how far the parts of one query agree with parts met before.</summary>
/// <remarks>
/// Listed names share parts; each distinct one is looked for once a query. An open hash table by identity that is
/// forgotten in one step, and small enough to stay near the processor. Not thread-safe.
/// </remarks>
internal sealed class AgreementMemo
{
    private readonly PairMemo _pairs = new();
    private Entry[] _entries = new Entry[256];
    private NamePart[] _query = [];
    private int _round = 1;
    private int _count;
    private bool _complete;

    /// <summary>Forgets all, and begins with another query.</summary>
    public void Begin(NamePart[] query)
    {
        _query = query;
        _count = 0;
        _complete = false;
        MayJoin = true;
        if (++_round != int.MaxValue)
            return;
        Array.Clear(_entries);
        _round = 1;
    }

    /// <summary>How far part <paramref name="at"/> of the query agrees with a part.</summary>
    public Agreement Compare(int at, NamePart part)
    {
        ref Entry entry = ref Find(at, part);
        if (entry.Round == _round)
            return entry.Agreement;
        if (_complete && part.IsSearched && _query[at].IsSearched)
            return default;
        Agreement agreement = _pairs.Compare(_query[at], part);
        Remember(at, part, agreement);
        return agreement;
    }

    /// <summary>Whether a word of the query may be neighbours elsewhere, or neighbours of it a word.</summary>
    public bool MayJoin { get; private set; } = true;

    /// <summary>Says that of the names that are compared, all that agrees with a searched part (<see cref="NamePart.IsSearched"/>) and is searched itself is put in first.</summary>
    /// <param name="mayJoin">Whether neighbours were found to agree with a word.</param>
    public void Complete(bool mayJoin)
    {
        _complete = true;
        MayJoin = mayJoin;
    }

    /// <summary>Puts in an agreement known from elsewhere.</summary>
    public void Remember(int at, NamePart part, Agreement agreement)
    {
        if (_count * 2 > _entries.Length)
            Grow();
        ref Entry entry = ref Find(at, part);
        _count += entry.Round == _round ? 0 : 1;
        entry = new Entry(part, at, _round, agreement);
    }

    private ref Entry Find(int at, NamePart part)
    {
        int mask = _entries.Length - 1;
        int slot = ((part.Hash * 31) + at) & mask;
        while (_entries[slot].Round == _round && (!ReferenceEquals(_entries[slot].Part, part) || _entries[slot].At != at))
            slot = (slot + 1) & mask;
        return ref _entries[slot];
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 4];
        foreach (Entry entry in old)
        {
            if (entry.Round == _round)
                Find(entry.At, entry.Part) = entry;
        }
    }

    private readonly record struct Entry(NamePart Part, int At, int Round, Agreement Agreement);
}
