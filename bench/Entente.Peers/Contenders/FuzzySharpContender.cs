using System.Text.Json.Nodes;
using FuzzySharp;
using FuzzySharp.SimilarityRatio;
using FuzzySharp.SimilarityRatio.Scorer;
using FuzzySharp.SimilarityRatio.Scorer.Composite;

namespace Entente.Bench.Peers.Contenders;

/// <summary>FuzzySharp's <c>Process.ExtractOne</c> with its weighted ratio over names prepared beforehand.</summary>
internal sealed class FuzzySharpContender : Contender
{
    private static readonly IRatioScorer Scorer = ScorerCache.Get<WeightedRatioScorer>();

    // Names are prepared already; its own preparation, by regular expression, would only slow it.
    private static readonly Func<string, string> AsItIs = text => text;

    private readonly NameBook _book;
    private readonly long _comparisons;
    private readonly string[] _people;
    private readonly string[] _others;
    private readonly long _bytes;

    public FuzzySharpContender(NameBook book, long comparisons)
    {
        _book = book;
        _comparisons = comparisons;
        MemoryUse before = MemoryUse.Now();
        // Copies, so that the weight of the texts is counted here.
        _people = [.. book.People.Select(name => new string(name.Text.AsSpan()))];
        _others = [.. book.Others.Select(name => new string(name.Text.AsSpan()))];
        _bytes = (MemoryUse.Now() - before).Heap;
    }

    public override string Name => "FuzzySharp";

    public override string Setup => "in this process; Process.ExtractOne, weighted ratio, names and query prepared (lower case, no accents, no signs), people and others apart";

    public override IReadOnlyList<Threshold> Usual { get; } = [new(85, Above: false), new(90, Above: false)];

    public override IReadOnlyList<(string What, string Value)> Memory => [("array of names", Machine.Megabytes(_bytes))];

    public override JsonObject MemoryJson => new() { ["heapBytes"] = _bytes };

    public override int Sample(string schema) => (int)Math.Clamp(_comparisons / Math.Max(1, _book.For(schema).Count), 20, int.MaxValue);

    public override IReadOnlyList<Hit> Search(string schema, string name, int limit)
    {
        string query = PeerText.Prepare(name);
        string[] texts = NameBook.IsPeople(schema) ? _people : _others;
        IReadOnlyList<PeerName> names = _book.For(schema);
        if (query.Length == 0 || texts.Length == 0)
            return [];
        if (limit == 1)
        {
            var one = Process.ExtractOne(query, texts, AsItIs, Scorer);
            return [new Hit(names[one.Index].EntityId, one.Score)];
        }
        // Several names of one entity may stand on top, so more are asked for than are wanted.
        return
        [
            .. Process.ExtractTop(query, texts, AsItIs, Scorer, limit * 4)
                .Select(hit => new Hit(names[hit.Index].EntityId, hit.Score))
                .OrderByDescending(hit => hit.Score)
                .DistinctBy(hit => hit.EntityId)
                .Take(limit),
        ];
    }
}
