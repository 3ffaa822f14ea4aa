using System.Collections.Concurrent;

namespace Entente.Screening.Index;

/// <summary>The names of one kind, with what searching them keeps from query to query.</summary>
/// <param name="names">The names.</param>
internal sealed class IndexedKind(NameIndex names)
{
    private readonly MatchCache _cache = MatchCache.For(names);
    private readonly ConcurrentBag<NameSearch> _idle = [];

    /// <summary>The names.</summary>
    public NameIndex Names => names;

    /// <summary>A search for one thread; to be given back.</summary>
    public NameSearch Rent() => _idle.TryTake(out NameSearch? search) ? search : new NameSearch(names, _cache);

    /// <summary>Gives a search back.</summary>
    public void Return(NameSearch search) => _idle.Add(search);
}
