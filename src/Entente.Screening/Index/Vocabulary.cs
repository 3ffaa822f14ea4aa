using Entente.Names.Comparison;
using Entente.Names.Rarity;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Every distinct part of the listed names of one kind, and how to find those that may agree with another part.</summary>
/// <remarks>
/// A part is found by consonant skeleton, with one class dropped on either side or, in longer words, on both (so that one
/// consonant may be missing, added or changed), by known variants, by meaning and by its letters; the exact comparison then
/// decides. Two neighbours are also kept as one word, and found by their whole skeleton: names written as one must fit well.
/// Immutable, thread-safe.
/// <para>
/// That neighbours of a query, as one word, are found more generously than neighbours of a listed name, makes a difference to
/// whoever searches the other way round; a vocabulary that is made for both ways makes up for it.
/// </para>
/// </remarks>
internal sealed class Vocabulary
{
    private readonly NamePart[] _parts;
    private readonly KeyTable _keys;
    private readonly KeyTable _skeletons;
    private readonly SoundGroups _groups;
    private readonly bool _bothWays;

    private Vocabulary(NamePart[] parts, int words, bool bothWays, KeyTable keys, KeyTable skeletons, SoundGroups groups)
    {
        _bothWays = bothWays;
        _parts = parts;
        Words = words;
        _keys = keys;
        _skeletons = skeletons;
        _groups = groups;
    }

    /// <summary>How many parts there are, neighbours taken as one word included.</summary>
    public int Count => _parts.Length;

    /// <summary>The parts below this number stand in names as they are; those from it on are two neighbours each.</summary>
    public int Words { get; }

    /// <summary>A part by number.</summary>
    public NamePart this[int number] => _parts[number];

    /// <summary>Builds a vocabulary.</summary>
    /// <param name="words">Parts as they stand in names.</param>
    /// <param name="joined">Neighbours taken as one word.</param>
    /// <param name="bothWays">Whether neighbours are to be found as those of a query find words.</param>
    public static Vocabulary Build(IReadOnlyCollection<NamePart> words, IReadOnlyCollection<NamePart> joined, bool bothWays)
    {
        var keys = new KeyTable.Builder();
        var groups = new SoundGroups.Builder();
        NamePart[] parts = [.. words, .. joined];
        for (int number = 0; number < parts.Length; number++)
            File(keys, groups, parts[number], number, number >= words.Count);

        var skeletons = new KeyTable.Builder();
        for (int group = 0; group < groups.Keys.Count; group++)
            File(skeletons, groups.Keys[group].Skeleton, groups.Keys[group].Joined, group, bothWays);
        return new Vocabulary(parts, words.Count, bothWays, keys.Build(), skeletons.Build(), groups.Build());
    }

    /// <summary>Whether a part is looked for at all: one that says little is not.</summary>
    public static bool IsSearchable(NamePart part) => part.Role is not (TokenRole.Particle or TokenRole.LegalForm or TokenRole.Initial);

    private static void File(KeyTable.Builder keys, SoundGroups.Builder groups, NamePart part, int number, bool joined)
    {
        if (!IsSearchable(part))
            return;
        keys.Add(Keys.Folded(part.Folded), number);
        if (part.Concept is not null)
            keys.Add(Keys.Concept(part.Concept), number);
        if (part.Sound is null)
            return;
        foreach (int family in part.Families)
            keys.Add(Keys.Variant(family), number);
        foreach ((int row, string _) in part.Forms)
            keys.Add(Keys.Form(row), number);
        File(keys, groups, part.Sound, number, joined);
        if (part.WithoutArticle is not null)
            File(keys, groups, part.WithoutArticle, number, joined);
        // Compounds of one first word are compared by the second alone.
        if (part.Stem is not null)
            File(keys, groups, part.Stem, number, joined);
    }

    private static void File(KeyTable.Builder keys, SoundGroups.Builder groups, SpokenWord word, int number, bool joined)
    {
        Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
        foreach (SpokenWord reading in word.Spelled is null ? [word] : (ReadOnlySpan<SpokenWord>)[word, word.Spelled])
        {
            foreach (ulong skeleton in skeletons[..Skeleton.Variants(reading, skeletons)])
            {
                if (SoundSieve.CanHold(reading))
                    groups.Add(skeleton, joined, reading, number);
                else
                    keys.Add(Keys.Unsifted(skeleton), number);
            }
        }
    }

    private static void File(KeyTable.Builder skeletons, ulong skeleton, bool joined, int group, bool bothWays)
    {
        int length = Skeleton.Length(skeleton);
        if (joined)
        {
            skeletons.Add(Keys.JoinedSkeleton(skeleton), group);
            for (int at = 0; at < length && length >= Skeleton.ShortestShortened && bothWays; at++)
                skeletons.Add(Keys.JoinedSkeleton(Skeleton.Without(skeleton, at)), group);
            return;
        }

        skeletons.Add(Keys.Skeleton(skeleton), group);
        for (int at = 0; at < length && length >= Skeleton.ShortestShortened; at++)
            skeletons.Add(Keys.Shortened(Skeleton.Without(skeleton, at)), group);
    }

    /// <summary>Numbers of the parts that are spelled so.</summary>
    public ReadOnlySpan<int> Spelled(string folded) => _keys[Keys.Folded(folded)];

    /// <summary>Marks the numbers of parts that may agree with a part of a query.</summary>
    /// <param name="part">A part that is searchable.</param>
    /// <param name="joined">Whether it is two neighbours of the query taken as one word.</param>
    /// <param name="found">Where to put them.</param>
    /// <param name="room">Room to work in.</param>
    public void Find(NamePart part, bool joined, Marks found, Room room)
    {
        found.Clear(_parts.Length);
        found.Add(_keys[Keys.Folded(part.Folded)]);
        if (part.Concept is not null)
            found.Add(_keys[Keys.Concept(part.Concept)]);
        if (part.Sound is null)
            return;
        foreach (int family in part.Families)
            found.Add(_keys[Keys.Variant(family)]);
        foreach ((int row, string _) in part.Forms)
            found.Add(_keys[Keys.Form(row)]);
        FindBySound(part.Sound, RarityOf(part), joined, found, room);
        if (part.WithoutArticle is not null)
            FindBySound(part.WithoutArticle, RarityOf(part), joined, found, room);
        if (part.Stem is not null)
            FindBySound(part.Stem, RarityOf(part), joined, found, room);
    }

    // Where one side is known by its meaning and the other is not, the rarer counts.
    private static float RarityOf(NamePart part) => part.Concept is null ? part.Rarity : RarityTable.Unknown;

    private void FindBySound(SpokenWord word, float rarity, bool joined, Marks found, Room room)
    {
        Span<ulong> skeletons = stackalloc ulong[2 * Skeleton.MaxVariants];
        int count = Skeleton.Variants(word, skeletons);
        // The zh of Mazhari is one sound or two.
        if (word.Spelled is not null)
            count += Skeleton.Variants(word.Spelled, skeletons[count..]);
        room.Groups.Clear(_groups.Count);
        foreach (ulong skeleton in skeletons[..count])
        {
            found.Add(_keys[Keys.Unsifted(skeleton)]);
            room.Groups.Add(_skeletons[Keys.Skeleton(skeleton)]);
            if (!joined)
                room.Groups.Add(_skeletons[Keys.JoinedSkeleton(skeleton)]);
            room.Groups.Add(_skeletons[Keys.Shortened(skeleton)]);
            int length = Skeleton.Length(skeleton);
            for (int at = 0; at < length && length >= Skeleton.ShortestShortened; at++)
            {
                ulong shortened = Skeleton.Without(skeleton, at);
                room.Groups.Add(_skeletons[Keys.Skeleton(shortened)]);
                if (length > Skeleton.ShortestShortened && !joined)
                    room.Groups.Add(_skeletons[Keys.Shortened(shortened)]);
                if (_bothWays && !joined)
                    room.Groups.Add(_skeletons[Keys.JoinedSkeleton(shortened)]);
            }
        }

        foreach (SpokenWord reading in word.Spelled is null ? [word] : (ReadOnlySpan<SpokenWord>)[word, word.Spelled])
        {
            if (!SoundSieve.CanHold(reading))
                continue;
            room.Sieve.Begin(reading, TokenComparison.LeastLikeness(rarity, reading.Units.Length));
            _groups.Sift(room.Sieve, reading.Units.Length, room.Groups.Marked, found);
        }
    }

    /// <summary>Writes the vocabulary.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write([Words, _bothWays ? 1 : 0]);
        TextTable.Of(_parts.Select(p => p.Folded)).Write(writer);
        string[] concepts = [.. _parts.Select(p => p.Concept ?? "").Distinct()];
        Dictionary<string, int> numbers = concepts.Select((concept, i) => (concept, i)).ToDictionary(c => c.concept, c => c.i, StringComparer.Ordinal);
        TextTable.Of(concepts).Write(writer);
        writer.Write([.. _parts.Select(p => numbers[p.Concept ?? ""])]);
        writer.Write([.. _parts.Select(p => (byte)p.Role)]);
        writer.Write([.. _parts.Select(p => (byte)p.Script)]);
        writer.Write([.. _parts.Select(p => p.IsRomanised ? (byte)1 : (byte)0)]);
        writer.Write([.. _parts.Select(p => p.GivenBits)]);
        writer.Write([.. _parts.Select(p => p.Rarity)]);
        _keys.Write(writer);
        _skeletons.Write(writer);
        _groups.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static Vocabulary Read(ArrayReader reader)
    {
        int[] words = reader.Read<int>();
        TextTable folded = TextTable.Read(reader), concepts = TextTable.Read(reader);
        string[] conceptTexts = [.. concepts.All()];
        int[] conceptOf = reader.Read<int>();
        byte[] roles = reader.Read<byte>(), scripts = reader.Read<byte>(), romanised = reader.Read<byte>();
        float[] given = reader.Read<float>(), rarities = reader.Read<float>();
        int count = folded.Count;
        if (words.Length != 2 || words[1] is not (0 or 1) || words[0] < 0 || words[0] > count || conceptOf.Length != count || roles.Length != count || scripts.Length != count || romanised.Length != count
            || given.Length != count || rarities.Length != count || conceptOf.AsSpan().ContainsAnyExceptInRange(0, conceptTexts.Length - 1)
            || roles.Any(r => !Enum.IsDefined((TokenRole)r)) || scripts.Any(s => !Enum.IsDefined((Script)s)))
            throw new InvalidDataException("a vocabulary is damaged");
        var parts = new NamePart[count];
        Parallel.For(0, count, i => parts[i] = NameReader.Restore(
            folded[i], (TokenRole)roles[i], (Script)scripts[i], conceptTexts[conceptOf[i]] is { Length: > 0 } concept ? concept : null, given[i], romanised[i] != 0, rarities[i]));
        KeyTable keys = KeyTable.Read(reader, count);
        // Skeletons lead to groups, whose number is known only from what comes next.
        KeyTable skeletons = KeyTable.Read(reader, int.MaxValue);
        SoundGroups groups = SoundGroups.Read(reader, count);
        return skeletons.AreBelow(groups.Count) ? new Vocabulary(parts, words[0], words[1] == 1, keys, skeletons, groups) : throw new InvalidDataException("a vocabulary is damaged");
    }

    /// <summary>Room to work in, kept by one thread from query to query.</summary>
    public sealed class Room
    {
        /// <summary>Groups to look through.</summary>
        public Marks Groups { get; } = new();

        /// <summary>The sieve.</summary>
        public SoundSieve Sieve { get; } = new();
    }
}
