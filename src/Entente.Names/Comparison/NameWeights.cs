using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>What parts that do not agree take away, by what bears the name.</summary>
/// <remarks>All are shares of the part's rarity, or bits. Set by hand against the measurements in <c>bench/</c>.</remarks>
internal sealed record NameWeights
{
    /// <summary>For persons: names are left out and added freely, but not exchanged.</summary>
    public static readonly NameWeights Person = new()
    {
        Word = 0.36f, Generic = 0.36f, Patronymic = 0.12f, Initial = 0.3f, Number = 0.5f, Contradiction = 0.8f, OneWordInCommon = 6f, OneOwnWordInCommon = 6f, TwoWordsInCommon = 5.2f, Complete = 2f, Disorder = 2.5f,
    };

    /// <summary>For organisations and things: a distinctive word too many is another organisation.</summary>
    public static readonly NameWeights Organisation = new()
    {
        Word = 0.6f, Generic = 0.35f, Patronymic = 0.5f, Initial = 0.3f, Number = 1.2f, Contradiction = 1.1f, OneWordInCommon = 4f, OneOwnWordInCommon = 1.5f, TwoWordsInCommon = 0, Complete = 2f, Disorder = 0.5f,
    };

    /// <summary>Share lost by a word on one side only.</summary>
    public required float Word { get; init; }

    /// <summary>Share lost by a generic word on one side only.</summary>
    public required float Generic { get; init; }

    /// <summary>Share lost by a patronymic on one side only.</summary>
    public required float Patronymic { get; init; }

    /// <summary>Share lost by an initial on one side only.</summary>
    public required float Initial { get; init; }

    /// <summary>Share lost by a number on one side only.</summary>
    public required float Number { get; init; }

    /// <summary>Share of the lighter side that is lost again when both sides have words that the other lacks.</summary>
    public required float Contradiction { get; init; }

    /// <summary>Bits lost when but one word of several agrees.</summary>
    public required float OneWordInCommon { get; init; }

    /// <summary>Bits lost when but one word agrees, and all that one side lacks are common words.</summary>
    public required float OneOwnWordInCommon { get; init; }

    /// <summary>Bits lost when but two words of more agree.</summary>
    /// <remarks>
    /// The names of one person are not independent: of those called Carlos, far more are called Sanchez than of all people. And a
    /// name of four words offers six pairs to agree with.
    /// </remarks>
    public required float TwoWordsInCommon { get; init; }

    /// <summary>Bits won when two or more words agree and none is left on either side.</summary>
    public required float Complete { get; init; }

    /// <summary>Bits lost when the order differs by more than the surname's place.</summary>
    public required float Disorder { get; init; }

    /// <summary>The weights for a kind of bearer.</summary>
    public static NameWeights For(NameKind kind) => kind == NameKind.Person ? Person : Organisation;

    /// <summary>Bits lost by a part that only one side has.</summary>
    public float Missing(NamePart part) => part.Rarity * part.Role switch
    {
        TokenRole.Word => Word,
        TokenRole.Generic => Generic,
        TokenRole.Patronymic => Patronymic,
        TokenRole.Initial => Initial,
        TokenRole.Number => Number,
        _ => 0,
    };
}
