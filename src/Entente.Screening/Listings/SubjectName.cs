using System.Collections.Immutable;
using System.Numerics;
using Entente.Names.Sound;
using Entente.Names.Structure;
using Entente.Records;

namespace Entente.Screening.Listings;

/// <summary>A name of an entry that is being resolved, with the keys by which others like it are found.</summary>
/// <param name="Name">The name in parts.</param>
/// <param name="Words">Consonant skeletons of its words, sorted: what stays the same across scripts and most spellings. With each, a bit for each word that has it.</param>
/// <param name="Whole">One key for all its distinctive words in any order, and one for their consonants run together; 0 where it has none.</param>
internal sealed record SubjectName(Name Name, (ulong Skeleton, ulong Words)[] Words, (ulong Words, ulong Run) Whole)
{
    // Low-quality aliases are left out: they may be anybody's. So are abbreviations.
    private static readonly string[] Properties = ["name", "alias", "previousName"];

    /// <summary>Names beyond this many of one entry are not compared.</summary>
    private const int MostNames = 60;

    /// <summary>The names of an entry that may make it one with another.</summary>
    public static ImmutableArray<SubjectName> Of(Entity entity, NameKind kind, NameReader reader)
    {
        var names = ImmutableArray.CreateBuilder<SubjectName>();
        foreach (string text in Properties.SelectMany(p => entity.Get(p)).Distinct(StringComparer.Ordinal).Take(MostNames))
        {
            Name name = reader.Read(text, kind);
            if (name.IsComparable)
                names.Add(Of(name));
        }

        return names.DrainToImmutable();
    }

    /// <summary>How many words the names share, as far as their consonants tell.</summary>
    public int WordsInCommon(SubjectName other)
    {
        ReadOnlySpan<(ulong Skeleton, ulong Words)> a = Words, b = other.Words;
        ulong ours = 0, theirs = 0;
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Skeleton == b[j].Skeleton)
            {
                ours |= a[i++].Words;
                theirs |= b[j++].Words;
            }
            else if (a[i].Skeleton < b[j].Skeleton)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return Math.Min(BitOperations.PopCount(ours), BitOperations.PopCount(theirs));
    }

    /// <summary>Whether all distinctive words are the same, as far as their consonants tell.</summary>
    public bool IsLikelyWhole(SubjectName other) =>
        Whole.Words != 0 && other.Whole.Words != 0 && (Whole.Words == other.Whole.Words || Whole.Run == other.Whole.Run);

    private static SubjectName Of(Name name)
    {
        var words = new SortedDictionary<ulong, ulong>();
        var distinctive = new SortedSet<ulong>();
        ulong run = 0;
        Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
        for (int i = 0; i < Math.Min(name.Tokens.Length, 64); i++)
        {
            NamePart part = name.Tokens[i].Part;
            ulong bit = 1UL << i;
            if (!part.IsName && part.Role != TokenRole.Number)
                continue;
            if (part.Concept is not null)
            {
                Add(StableHash.Of(part.Concept), bit);
                continue;
            }

            // A word of vowels alone has no skeleton; its letters stand for it.
            ulong main = part.Sound is null || Skeleton.Main(part.Sound) is 0 ? StableHash.Of(part.Folded) : Skeleton.Main(part.Sound);
            Add(main, bit);
            distinctive.Add(main);
            run = Run(run, part, main);
            foreach (SpokenWord? word in (ReadOnlySpan<SpokenWord?>)[part.Sound, part.WithoutArticle])
            {
                if (word is null)
                    continue;
                foreach (ulong skeleton in skeletons[..Skeleton.Variants(word, skeletons)])
                {
                    // One consonant is shared by chance.
                    if (Skeleton.Length(skeleton) > 1)
                        Add(skeleton, bit);
                }
            }
        }

        return new SubjectName(name, [.. words.Select(w => (w.Key, w.Value))], (distinctive.Count == 0 ? 0 : distinctive.Aggregate(StableHash.Start, StableHash.Mix), run));

        void Add(ulong skeleton, ulong word) => words[skeleton] = words.GetValueOrDefault(skeleton) | word;
    }

    // Consonants one after the other, so that 'Gaz Trans' and 'Gaztrans' are one; what has none breaks the run.
    private static ulong Run(ulong run, NamePart part, ulong main)
    {
        if (part.Sound is null || Skeleton.Main(part.Sound) != main)
            return StableHash.Mix(run, main);
        for (int at = 0; at < Skeleton.Length(main); at++)
            run = StableHash.Mix(run, (main >> (4 * at)) & 0xF);
        return run;
    }
}
