using Entente.Names.Comparison;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Every distinct part of the listed names of one kind, and how to find those that may agree with another part.</summary>
/// <remarks>
/// A part is found by consonant skeleton, with one class dropped on either side or, in longer words, on both (so that one
/// consonant may be missing, added or changed), by known variants, by meaning and by its letters; the exact comparison then
/// decides. What the comparison agrees with is among what is found: it asks for the same (<see cref="Skeleton.AreNear"/>).
/// Immutable, thread-safe.
/// </remarks>
internal sealed class Vocabulary
{
    private readonly NamePart[] _parts;
    private readonly KeyTable _keys;
    private readonly KeyTable _skeletons;
    private readonly SoundGroups _groups;

    private Vocabulary(NamePart[] parts, KeyTable keys, KeyTable skeletons, SoundGroups groups)
    {
        _parts = parts;
        _keys = keys;
        _skeletons = skeletons;
        _groups = groups;
    }

    /// <summary>How many parts there are.</summary>
    public int Count => _parts.Length;

    /// <summary>A part by number.</summary>
    public NamePart this[int number] => _parts[number];

    /// <summary>Builds a vocabulary.</summary>
    /// <param name="words">Parts as they stand in names.</param>
    public static Vocabulary Build(IReadOnlyCollection<NamePart> words)
    {
        var keys = new KeyTable.Builder();
        var groups = new SoundGroups.Builder();
        NamePart[] parts = [.. words];
        for (int number = 0; number < parts.Length; number++)
            File(keys, groups, parts[number], number);

        var skeletons = new KeyTable.Builder();
        for (int group = 0; group < groups.Skeletons.Count; group++)
            File(skeletons, groups.Skeletons[group], group);
        return new Vocabulary(parts, keys.Build(), skeletons.Build(), groups.Build());
    }

    private static void File(KeyTable.Builder keys, SoundGroups.Builder groups, NamePart part, int number)
    {
        if (!part.IsSearched)
            return;
        keys.Add(Keys.Folded(part.Folded), number);
        if (part.Concept is not null)
            keys.Add(Keys.Concept(part.Concept), number);
        if (part.Sound is null)
            return;
        keys.Add(Keys.Letters(part.Letters), number);
        foreach (int family in part.Families)
            keys.Add(Keys.Variant(family), number);
        foreach ((int row, string _) in part.Forms)
            keys.Add(Keys.Form(row), number);
        File(keys, groups, part.Sound, number);
        if (part.WithoutArticle is not null)
            File(keys, groups, part.WithoutArticle, number);
        // Compounds of one first word are compared by the second alone.
        if (part.Stem is not null)
            File(keys, groups, part.Stem, number);
    }

    private static void File(KeyTable.Builder keys, SoundGroups.Builder groups, SpokenWord word, int number)
    {
        Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
        foreach (SpokenWord reading in word.Spelled is null ? [word] : (ReadOnlySpan<SpokenWord>)[word, word.Spelled])
        {
            foreach (ulong skeleton in skeletons[..Skeleton.Variants(reading, skeletons)])
            {
                if (SoundSieve.CanHold(reading))
                    groups.Add(skeleton, reading, number);
                else
                    keys.Add(Keys.Unsifted(skeleton), number);
            }
        }
    }

    private static void File(KeyTable.Builder skeletons, ulong skeleton, int group)
    {
        skeletons.Add(Keys.Skeleton(skeleton), group);
        int length = Skeleton.Length(skeleton);
        for (int at = 0; at < length && length >= Skeleton.ShortestShortened; at++)
            skeletons.Add(Keys.Shortened(Skeleton.Without(skeleton, at)), group);
    }

    /// <summary>Numbers of the parts that are spelled so.</summary>
    public ReadOnlySpan<int> Spelled(string folded) => _keys[Keys.Folded(folded)];

    /// <summary>Marks the numbers of parts that may agree with a part of a query.</summary>
    /// <param name="part">A part that is searched.</param>
    /// <param name="found">Where to put them.</param>
    /// <param name="room">Room to work in.</param>
    public void Find(NamePart part, Marks found, Room room)
    {
        found.Clear(_parts.Length);
        found.Add(_keys[Keys.Folded(part.Folded)]);
        if (part.Concept is not null)
            found.Add(_keys[Keys.Concept(part.Concept)]);
        if (part.Sound is null)
            return;
        // Two letters exchanged may sound quite otherwise.
        found.Add(_keys[Keys.Letters(part.Letters)]);
        foreach (int family in part.Families)
            found.Add(_keys[Keys.Variant(family)]);
        foreach ((int row, string _) in part.Forms)
            found.Add(_keys[Keys.Form(row)]);
        foreach (SpokenWord? word in (ReadOnlySpan<SpokenWord?>)[part.Sound, part.WithoutArticle, part.Stem])
        {
            if (word is not null)
                FindNear(word, found, room);
        }
    }

    /// <summary>Marks the numbers of parts that may have the very consonants of neighbours taken as one word.</summary>
    /// <param name="run">How the neighbours sound.</param>
    /// <param name="found">Where to put them.</param>
    /// <param name="room">Room to work in.</param>
    public void FindSame(SpokenWord run, Marks found, Room room)
    {
        found.Clear(_parts.Length);
        room.Groups.Clear(_groups.Count);
        Span<ulong> skeletons = stackalloc ulong[2 * Skeleton.MaxVariants];
        foreach (ulong skeleton in skeletons[..Skeleton.Readings(run, skeletons)])
        {
            found.Add(_keys[Keys.Unsifted(skeleton)]);
            room.Groups.Add(_skeletons[Keys.Skeleton(skeleton)]);
        }

        Sift(run, Joining.LeastLikeness, found, room);
    }

    private void FindNear(SpokenWord word, Marks found, Room room)
    {
        room.Groups.Clear(_groups.Count);
        Span<ulong> skeletons = stackalloc ulong[2 * Skeleton.MaxVariants];
        foreach (ulong skeleton in skeletons[..Skeleton.Readings(word, skeletons)])
        {
            found.Add(_keys[Keys.Unsifted(skeleton)]);
            room.Groups.Add(_skeletons[Keys.Skeleton(skeleton)]);
            room.Groups.Add(_skeletons[Keys.Shortened(skeleton)]);
            int length = Skeleton.Length(skeleton);
            for (int at = 0; at < length && length >= Skeleton.ShortestShortened; at++)
            {
                ulong shortened = Skeleton.Without(skeleton, at);
                room.Groups.Add(_skeletons[Keys.Skeleton(shortened)]);
                if (length > Skeleton.ShortestShortened)
                    room.Groups.Add(_skeletons[Keys.Shortened(shortened)]);
            }
        }

        Sift(word, SoundEvidence.LeastLikeness, found, room);
    }

    private void Sift(SpokenWord word, float leastLikeness, Marks found, Room room)
    {
        if (room.Groups.Marked.Count == 0)
            return;
        foreach (SpokenWord reading in word.Spelled is null ? [word] : (ReadOnlySpan<SpokenWord>)[word, word.Spelled])
        {
            if (!SoundSieve.CanHold(reading))
                continue;
            room.Sieve.Begin(reading, leastLikeness);
            _groups.Sift(room.Sieve, reading.Units.Length, room.Groups.Marked, found);
        }
    }

    /// <summary>Writes the vocabulary.</summary>
    public void Write(ArrayWriter writer)
    {
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
        TextTable folded = TextTable.Read(reader), concepts = TextTable.Read(reader);
        string[] conceptTexts = [.. concepts.All()];
        int[] conceptOf = reader.Read<int>();
        byte[] roles = reader.Read<byte>(), scripts = reader.Read<byte>(), romanised = reader.Read<byte>();
        float[] given = reader.Read<float>(), rarities = reader.Read<float>();
        int count = folded.Count;
        if (conceptOf.Length != count || roles.Length != count || scripts.Length != count || romanised.Length != count
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
        return skeletons.AreBelow(groups.Count) ? new Vocabulary(parts, keys, skeletons, groups) : throw new InvalidDataException("a vocabulary is damaged");
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
