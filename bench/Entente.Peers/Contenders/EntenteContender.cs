using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Entente.Records;
using Entente.Screening;

namespace Entente.Bench.Peers.Contenders;

/// <summary>Entente as it comes.</summary>
/// <remarks>Evidence is put into words when it is read: a caller who wants the best hits alone does not pay for it.</remarks>
internal sealed class EntenteContender : Contender
{
    private readonly ScreeningIndex _index;
    private readonly Screener _screener;
    private readonly MemoryUse _grown;
    private readonly TimeSpan _build;
    private readonly bool _readsEvidence;

    public EntenteContender(IReadOnlyList<Entity> list, bool readsEvidence)
    {
        _readsEvidence = readsEvidence;
        // Once unmeasured: the first build pays for the tables and the compiler.
        ScreeningIndex.Build(list.Take(1000));
        MemoryUse before = MemoryUse.Now();
        long start = Stopwatch.GetTimestamp();
        _index = ScreeningIndex.Build(list);
        _build = Stopwatch.GetElapsedTime(start);
        _grown = MemoryUse.Now() - before;
        _screener = new Screener(_index, MatchPolicy.Default);
    }

    public override string Name => _readsEvidence ? "Entente, evidence read" : "Entente";

    public override string Setup => FormattableString.Invariant(
        $"in this process; {_index.EntityCount:N0} entities, {_index.NameCount:N0} names; policy {MatchPolicy.Default.Hash}; name alone");

    public override IReadOnlyList<Threshold> Usual { get; } = [new(MatchPolicy.Default.Threshold, Above: false)];

    public override IReadOnlyList<(string What, string Value)> Memory =>
    [
        ("index build", FormattableString.Invariant($"{_build.TotalMilliseconds:N0} ms")),
        ("index on the managed heap (beside the entities)", Machine.Megabytes(_grown.Heap)),
        ("growth of the process (RSS)", Machine.Megabytes(_grown.Resident)),
    ];

    public override JsonObject MemoryJson => new() { ["buildMs"] = _build.TotalMilliseconds, ["heapBytes"] = _grown.Heap, ["rssBytes"] = _grown.Resident };

    public override IReadOnlyList<Hit> Search(string schema, string name, int limit)
    {
        ImmutableArray<Match> matches = _screener.Screen(QueryRow.ByName(schema, name));
        if (_readsEvidence && !matches.All(match => match.Evidence.Length > 0))
            throw new InvalidOperationException($"A match for '{name}' has no evidence.");
        return [.. matches.Take(limit).Select(match => new Hit(match.Entity.Id, match.Score))];
    }
}
