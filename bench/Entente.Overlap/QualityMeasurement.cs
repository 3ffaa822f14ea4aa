using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Overlap;

/// <summary>Finds the overlap of two made-up holdings in three rounds and counts what is right.</summary>
internal static class QualityMeasurement
{
    public static bool Run(string folder, int size, ulong seed, bool plain, string? misses)
    {
        Holdings made = Holdings.Make(new TruePeople(folder), size, size / 4, size / 4, seed);
        long start = Stopwatch.GetTimestamp();
        Holding ours = Holding.Of(made.Ours), theirs = Holding.Of(made.Theirs);
        Console.WriteLine($"{size:N0} people on each side, {size / 4:N0} in both, {size / 4:N0} namesakes; seed {seed}");
        Console.WriteLine($"keys       {ours.KeyCount:N0} and {theirs.KeyCount:N0}, {(double)ours.KeyCount / size:0.0} and {(double)theirs.KeyCount / size:0.0} a person, made in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");

        start = Stopwatch.GetTimestamp();
        (OverlapOutcome a1, OverlapOutcome b1) = Round(1, ours.FirstRound(), theirs.FirstRound(), plain);
        List<OverlapCandidate> aAll = [], bAll = [];
        long aFeatures = 0, bFeatures = 0, metFeatures = 0;
        for (int part = 0; part < SecondRound.Parts(a1); part++)
        {
            SecondRound a2 = SecondRound.Of(ours, OverlapSide.Asker, a1, part), b2 = SecondRound.Of(theirs, OverlapSide.Answerer, b1, part);
            OverlapInput a2Input = a2.Input(), b2Input = b2.Input();
            (OverlapOutcome a2Out, OverlapOutcome b2Out) = Round(2, a2Input, b2Input, plain);
            aAll.AddRange(a2.Judge(a2Out));
            bAll.AddRange(b2.Judge(b2Out));
            (aFeatures, bFeatures, metFeatures) = (aFeatures + a2Input.Count, bFeatures + b2Input.Count, metFeatures + a2Out.Keys);
        }

        (OverlapOutcome a3, OverlapOutcome b3) = Round(3, SecondRound.Accepted(aAll), SecondRound.Accepted(bAll), plain);
        ImmutableArray<OverlapCandidate> agreed = SecondRound.Agreed(aAll, a3), theirAgreed = SecondRound.Agreed(bAll, b3);
        Console.WriteLine($"rounds     {a1.Keys:N0} keys met; {aFeatures:N0} and {bFeatures:N0} features, {metFeatures:N0} met; {aAll.Count(c => c.IsAccepted):N0} and {bAll.Count(c => c.IsAccepted):N0} pairs accepted, {a3.Keys:N0} by both; {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s{(plain ? ", sets intersected in the clear" : "")}");

        // The links tie the two sides together; only this bench sees both.
        Dictionary<string, int> byLink = theirAgreed.ToDictionary(c => c.Link, c => c.Entity, StringComparer.Ordinal);
        Dictionary<string, int> bByLink = bAll.ToDictionary(c => c.Link, c => c.Entity, StringComparer.Ordinal);
        HashSet<(int A, int B)> met = [.. aAll.Where(c => bByLink.ContainsKey(c.Link)).Select(c => (c.Entity, bByLink[c.Link]))];
        HashSet<(int A, int B)> found = [.. agreed.Select(c => (c.Entity, byLink[c.Link]))];
        var common = Enumerable.Range(0, size).Where(i => made.Truth[i] >= 0).Select(i => (A: i, B: made.Truth[i])).ToList();

        Console.WriteLine($"{"scripts",-20}{"in both",9}{"met",9}{"found",9}{"recall",9}{"wrong",8}{"precision",11}");
        bool reached = true;
        foreach (var group in common.GroupBy(p => Scripts(made, p)).OrderByDescending(g => g.Count()))
            Row(group.Key, [.. group], met, [.. found.Where(p => Scripts(made, p) == group.Key)]);
        reached &= Row("all", common, met, found);
        int first = met.Count(p => made.Truth[p.A] == p.B);
        Console.WriteLine($"after the first round alone: {met.Count:N0} pairs, precision {(double)first / Math.Max(1, met.Count):P1}");
        if (misses is not null)
            WriteMisses(misses, made, common, met, found, aAll, bByLink);
        return reached;
    }

    private static bool Row(string name, List<(int A, int B)> common, HashSet<(int, int)> met, HashSet<(int, int)> found)
    {
        var truth = common.ToHashSet();
        int right = found.Count(truth.Contains);
        double recall = (double)right / Math.Max(1, common.Count), precision = (double)right / Math.Max(1, found.Count);
        Console.WriteLine($"{name,-20}{common.Count,9:N0}{common.Count(met.Contains),9:N0}{right,9:N0}{recall,9:P1}{found.Count - right,8:N0}{precision,11:P1}");
        return recall >= 0.95 && precision >= 0.99;
    }

    private static string Scripts(Holdings made, (int A, int B) pair)
    {
        (Writing a, Writing b) = (made.OurWriting[pair.A], made.TheirWriting[pair.B]);
        return a <= b ? $"{a} - {b}" : $"{b} - {a}";
    }

    private static void WriteMisses(string path, Holdings made, List<(int A, int B)> common, HashSet<(int A, int B)> met, HashSet<(int A, int B)> found,
        List<OverlapCandidate> candidates, Dictionary<string, int> bByLink)
    {
        Dictionary<(int, int), double> weights = candidates.Where(c => bByLink.ContainsKey(c.Link)).GroupBy(c => (c.Entity, bByLink[c.Link])).ToDictionary(g => g.Key, g => g.Max(c => c.Weight));
        using var writer = new StreamWriter(path);
        foreach ((int A, int B) pair in common.Where(p => !found.Contains(p)))
            Line(met.Contains(pair) ? "rejected" : "unmet", pair);
        foreach ((int A, int B) pair in found.Where(p => made.Truth[p.A] != p.B))
            Line("wrong", pair);

        foreach ((int A, int B) pair in found.Where(p => made.Truth[p.A] == p.B))
            Line("right", pair);

        void Line(string what, (int A, int B) pair) => writer.WriteLine(string.Join('\t', what, weights.GetValueOrDefault(pair).ToString("0.0", CultureInfo.InvariantCulture), Text(made.Ours[pair.A]), Text(made.Theirs[pair.B])));
        static string Text(Records.Entity entity) => string.Join(" / ", entity.Get("name").Concat(entity.Get("birthDate")).Concat(entity.Get("nationality")).Concat(entity.Get("gender")).Concat(entity.Get("passportNumber")));
    }

    private static (OverlapOutcome A, OverlapOutcome B) Round(int round, OverlapInput a, OverlapInput b, bool plain)
    {
        if (plain)
            return PlainRound.Run(a, b);
        OverlapTerms terms = InMemory.Terms(round, OverlapMode.Which);
        using OverlapSession asker = OverlapSession.Start(terms, OverlapSide.Asker, a), answerer = OverlapSession.Start(terms, OverlapSide.Answerer, b);
        InMemory.Talk(asker, answerer);
        return (asker.Outcome(), answerer.Outcome());
    }
}
