using Entente.Names.Structure;

namespace Entente.Screening.Listings;

/// <summary>Pairs of entries of different lists that share enough to be worth a look.</summary>
/// <remarks>
/// Each entry is filed under keys: its references, its numbers, each of its birth dates with each
/// word of its names, its whole names if it is no person. Entries under one key are pairs. A key
/// that very many share names nothing in particular; it is passed over, which also bounds the
/// work that a malicious list can cause.
/// </remarks>
internal static class CandidatePairs
{
    private enum KeyKind : ulong
    {
        Reference = 1,
        Number = 2,
        BirthDay = 3,
        Words = 4,
        Run = 5,
    }

    /// <summary>The pairs, smaller index first, sorted, each once.</summary>
    public static (int Left, int Right)[] Of(IReadOnlyList<Subject> subjects, ResolverOptions options)
    {
        var filed = new List<(ulong Key, int Subject)>(subjects.Count * 8);
        var keys = new HashSet<ulong>();
        for (int i = 0; i < subjects.Count; i++)
        {
            keys.Clear();
            AddKeys(subjects[i], options, keys);
            foreach (ulong key in keys)
                filed.Add((key, i));
        }

        filed.Sort();
        var pairs = new HashSet<(int, int)>();
        for (int start = 0, end; start < filed.Count; start = end)
        {
            for (end = start + 1; end < filed.Count && filed[end].Key == filed[start].Key;)
                end++;
            if (end - start <= ResolutionRules.MostInBlock)
                AddPairs(filed, start, end, subjects, pairs);
        }

        (int, int)[] sorted = [.. pairs];
        Array.Sort(sorted);
        return sorted;
    }

    private static void AddPairs(List<(ulong Key, int Subject)> filed, int start, int end, IReadOnlyList<Subject> subjects, HashSet<(int, int)> pairs)
    {
        for (int i = start; i < end; i++)
        {
            for (int j = i + 1; j < end; j++)
            {
                if (!subjects[filed[i].Subject].SharesDataset(subjects[filed[j].Subject]))
                    pairs.Add((filed[i].Subject, filed[j].Subject));
            }
        }
    }

    private static void AddKeys(Subject subject, ResolverOptions options, HashSet<ulong> keys)
    {
        if (options.UseUnReferences)
        {
            foreach (string reference in subject.UnReferences)
                keys.Add(Key(KeyKind.Reference, StableHash.Of(reference)));
        }

        foreach (Identifier identifier in subject.Identifiers)
            keys.Add(Key(KeyKind.Number, StableHash.Of(identifier.Key)));
        foreach (int day in subject.BirthDays)
        {
            ulong born = Key(KeyKind.BirthDay, (ulong)day);
            foreach (SubjectName name in subject.Names(NameKind.Person))
            {
                foreach ((ulong skeleton, _) in name.Words)
                    keys.Add(StableHash.Mix(born, skeleton));
            }
        }

        foreach (SubjectName name in subject.Names(NameKind.Organisation))
        {
            if (name.Whole.Words == 0)
                continue;
            keys.Add(Key(KeyKind.Words, name.Whole.Words));
            keys.Add(Key(KeyKind.Run, name.Whole.Run));
        }
    }

    private static ulong Key(KeyKind kind, ulong value) => StableHash.Mix(StableHash.Mix(StableHash.Start, (ulong)kind), value);
}
