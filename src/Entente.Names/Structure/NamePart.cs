using Entente.Names.Scripts;
using Entente.Names.Sound;

namespace Entente.Names.Structure;

/// <summary>What a part of a name is, apart from how it was written: shared by all names that have it.</summary>
/// <remarks>Immutable. Within one <see cref="NameReader"/> equal parts are the same object, so that what was found out about one holds for all.</remarks>
public sealed class NamePart
{
    /// <summary>Folded letters: the form that is compared. A compound is one word here (<c>abdrahman</c>).</summary>
    public required string Folded
    {
        get;
        init
        {
            field = value;
            Letters = SumOf(value);
            Length = value.Length;
            First = value.Length > 0 ? value[0] : default;
        }
    }

    /// <summary>What the part does in a name.</summary>
    public required TokenRole Role { get; init; }

    /// <summary>Script of the folded letters.</summary>
    public required Script Script { get; init; }

    /// <summary>Bits of evidence in full agreement on this part: the rarer, the more.</summary>
    public required float Rarity { get; init; }

    /// <summary>The meaning of a generic word or legal form, in one word for all languages; null for others.</summary>
    public string? Concept { get; init; }

    /// <summary>Whether it may name someone by itself: a word, or letters with a number (M23), but no bare number, title or initial.</summary>
    internal bool IsName => Role is TokenRole.Word or TokenRole.Generic or TokenRole.Patronymic || (Role == TokenRole.Number && Folded.AsSpan().ContainsAnyExceptInRange('0', '9'));

    /// <summary>Whether it is a word here that is a particle in other names (Ben, Al).</summary>
    internal bool MayBeParticle { get; init; }

    /// <summary>Whether other parts that agree with it are looked for: one that says little agrees with much.</summary>
    internal bool IsSearched => Role is not (TokenRole.Particle or TokenRole.LegalForm or TokenRole.Initial);

    /// <summary>A sum over the letters, whatever their order: names of the same letters have the same sum of sums.</summary>
    internal ulong Letters { get; private init; }

    /// <summary>Letters of <see cref="Folded"/>, kept here: to look into another object is to wait for memory.</summary>
    internal int Length { get; private init; }

    /// <summary>Its first letter.</summary>
    internal char First { get; private init; }

    /// <summary>A hash of the part, cheaper than that of its identity.</summary>
    internal int Hash => (int)(Letters >> 32);

    /// <summary>The rarity that the reader gave by the part's place in the name; 0 where its letters decide.</summary>
    internal float GivenBits { get; init; }

    /// <summary>Whether it was written in Chinese characters or in Hangul, and its letters are one romanisation of several.</summary>
    internal bool IsRomanised { get; init; }

    /// <summary>The sounds of <see cref="Folded"/>; null for numbers and signs.</summary>
    internal SpokenWord? Sound
    {
        get;
        init
        {
            field = value;
            Classes = value?.Classes ?? 0;
        }
    }

    /// <summary>The consonant classes of <see cref="Sound"/>.</summary>
    internal ushort Classes { get; private init; }

    /// <summary>Sounds without an article written onto the word (Alqahtani: qahtani); null where there is none.</summary>
    internal SpokenWord? WithoutArticle { get; init; }

    /// <summary>Families of known spellings it is in, with and without its article.</summary>
    internal int[] Families { get; init; } = [];

    /// <summary>Rows of <see cref="Lexicon.GivenNames"/> it is in, with and without its article.</summary>
    internal (int Row, string Mark)[] Forms { get; init; } = [];

    /// <summary>For a compound (Abd al-Rahman, Abdurrahman, Abu Bakr): which first word it has; else null.</summary>
    internal string? CompoundOf { get; init; }

    /// <summary>For a compound: the sounds of its second word, which alone tells it from others; else null.</summary>
    internal SpokenWord? Stem { get; init; }

    // Each letter by a number of its own that looks random (Steele, Lea and Flood 2014: the mixing step of SplitMix64).
    private static ulong SumOf(string folded)
    {
        ulong sum = 0;
        foreach (char c in folded)
        {
            ulong z = c * 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            sum += z ^ (z >> 31);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folded} ({Role}, {Rarity:0.#} bits)";
}
