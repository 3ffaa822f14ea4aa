using System.Collections.Immutable;
using Entente.Names.Lexicon;
using Entente.Names.Rarity;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Text;

namespace Entente.Names.Structure;

/// <summary>Reads names into parts, and keeps each distinct part once.</summary>
/// <remarks>Not thread-safe; what it makes is. For many names that are kept, as an index does; for one name see <see cref="Name.Parse"/>.</remarks>
public sealed class NameReader
{
    /// <summary>A reader that keeps no part for good: for names that are looked at and dropped. This one is thread-safe.</summary>
    internal static NameReader Passing { get; } = new(parts: null);

    private const float ParticleBits = 0.5f;

    // Set by hand: the same van, de or bin before a family name says as much as if one person in three or four had it.
    internal const float PersonalParticleBits = 1.75f;
    private const float TitleBits = 0.8f;
    private const float InitialBits = 2.5f;
    private const float NumberBits = 6f;
    private const float NumberedNameBits = 10f;
    private const float HouseBits = 3f;

    // A syllable in Latin letters stands for dozens of characters, and a few family names for half the people.
    private const float RomanisedBits = 6f;
    private const float RomanisedSyllableBits = 4.5f;

    private readonly Dictionary<(string Folded, TokenRole Role, string? Concept, float Bits, bool IsRomanised), NamePart>? _parts;

    /// <summary>A reader with no parts yet.</summary>
    public NameReader()
        : this([])
    {
    }

    private NameReader(Dictionary<(string, TokenRole, string?, float, bool), NamePart>? parts) => _parts = parts;

    /// <summary>Reads a name.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="kind">What bears the name.</param>
    public Name Read(string text, NameKind kind)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<RawWord> words = TextFold.Words(text);
        ImmutableArray<NameToken> tokens = kind == NameKind.Person ? PersonStructure.Read(words, this) : OrganisationStructure.Read(words, kind, this);
        return new Name(text, kind, tokens);
    }

    /// <summary>A name or distinctive word, weighed by how rare it is.</summary>
    internal NameToken Word(string text, string folded, Script script, TokenRole role = TokenRole.Word) => new(text, Part(folded, role, script, null, 0));

    /// <summary>A name in Chinese characters or Hangul. Many names in characters are one in Latin letters.</summary>
    internal NameToken Romanised(RawWord word) =>
        new(word.Original, Part(word.Folded, TokenRole.Word, word.Script, null, word.Original.Length == 1 ? RomanisedSyllableBits : RomanisedBits, romanised: true));

    /// <summary>A particle of a person's name.</summary>
    internal NameToken PersonalParticle(RawWord word) => new(word.Original, Part(word.Folded, TokenRole.Particle, word.Script, null, PersonalParticleBits));

    /// <summary>A part that says little: particle or title.</summary>
    internal NameToken Minor(RawWord word, TokenRole role, string? concept = null) =>
        new(word.Original, Part(word.Folded, role, word.Script, concept, role == TokenRole.Title ? TitleBits : ParticleBits));

    /// <summary>The word Aal: little in itself, but a family that lacks it is another.</summary>
    internal NameToken HouseOf(RawWord word) => new(word.Original, Part(word.Folded, TokenRole.Word, word.Script, null, HouseBits));

    /// <summary>A generic word or legal form of an organisation.</summary>
    internal NameToken Concept(string text, string folded, Script script, TokenRole role, string concept, float bits) =>
        new(text, Part(folded, role, script, concept, bits));

    /// <summary>One letter that stands for a name.</summary>
    internal NameToken Initial(string text, string letter, Script script) => new(text, Part(letter, TokenRole.Initial, script, null, InitialBits));

    /// <summary>A number, without leading zeros.</summary>
    internal NameToken Number(string text, string digits) =>
        new(text, Part(digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0", TokenRole.Number, Script.None, null, digits.Any(char.IsLetter) ? NumberedNameBits : NumberBits));

    private NamePart Part(string folded, TokenRole role, Script script, string? concept, float bits, bool romanised = false)
    {
        if (_parts is null)
        {
            if (PartCache.Shared.Find(folded, role, concept, bits, romanised) is { } met)
                return met;
            NamePart passing = Make(folded, role, script, concept, bits, romanised);
            PartCache.Shared.Add(passing);
            return passing;
        }

        if (!_parts.TryGetValue((folded, role, concept, bits, romanised), out NamePart? known))
            _parts.Add((folded, role, concept, bits, romanised), known = Make(folded, role, script, concept, bits, romanised));
        return known;
    }

    /// <summary>A part that was read before and stored; its rarity, the costly thing about it, is known.</summary>
    internal static NamePart Restore(string folded, TokenRole role, Script script, string? concept, float bits, bool romanised, float rarity) =>
        Make(folded, role, script, concept, bits, romanised, rarity);

    private static NamePart Make(string folded, TokenRole role, Script script, string? concept, float bits, bool romanised, float? known = null)
    {
        SpokenWord? sound = script == Script.None ? null : SpokenWord.Of(folded.Replace(" ", "", StringComparison.Ordinal), SoundModel.Default);
        string? bareFolded = role == TokenRole.Word ? Bare(folded, script) : null;
        SpokenWord? bare = bareFolded is null ? null : SpokenWord.Of(bareFolded, SoundModel.Default);
        float rarity = known ?? (bits > 0 || sound is null ? bits
            : Math.Min(RarityTable.Default.Bits(sound), bare is null ? float.MaxValue : RarityTable.Default.Bits(bare) + 1));
        (string? first, string? second) = role == TokenRole.Word ? Compounds.Split(folded, script) : default;
        return new NamePart
        {
            Folded = folded,
            Role = role,
            Script = script,
            Concept = concept,
            Rarity = rarity,
            IsRomanised = romanised,
            MayBeParticle = role == TokenRole.Word && Particles.MayBe(folded),
            GivenBits = bits,
            Sound = sound,
            WithoutArticle = bare,
            Families = role == TokenRole.Word ? [.. VariantTable.Default.Families(folded), .. bareFolded is null ? [] : VariantTable.Default.Families(bareFolded)] : [],
            Forms = role == TokenRole.Word ? [.. Lexicons.GivenNames.Rows(folded), .. bareFolded is null ? [] : Lexicons.GivenNames.Rows(bareFolded)] : [],
            CompoundOf = first,
            Stem = second is null ? null : SpokenWord.Of(second, SoundModel.Default),
        };
    }

    /// <summary>The word without an article written onto it; null where it has none.</summary>
    private static string? Bare(string folded, Script script) => script switch
    {
        Script.Latin when folded.Length >= 6 && (folded.StartsWith("al", StringComparison.Ordinal) || folded.StartsWith("el", StringComparison.Ordinal)) => folded[2..],
        // Essaadi, Attunisi: the article has become the first letter twice.
        Script.Latin when folded.Length >= 6 && folded[0] is 'a' or 'e' && folded[1] == folded[2] => folded[2..],
        Script.Arabic when folded.Length >= 5 && folded.StartsWith("ال", StringComparison.Ordinal) => folded[2..],
        Script.Cyrillic when folded.Length >= 6 && (folded.StartsWith("ал", StringComparison.Ordinal) || folded.StartsWith("эл", StringComparison.Ordinal)) => folded[2..],
        _ => null,
    };
}
