using System.Numerics;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Compares one part of a name with one of another.</summary>
internal static class TokenComparison
{
    /// <summary>Most that a common word and its transliteration can say.</summary>
    private const float TransliteratedConceptBits = 7f;

    /// <summary>Bits of a word that is a title on one side and a name on the other.</summary>
    private const float TitleAsNameBits = 3f;

    /// <summary>Most that a father's name and another name that is written like it can say.</summary>
    private const float OtherRoleBits = 5f;

    /// <summary>How many times more a difference loses where one side is a romanisation: syllables are few, and differ by little.</summary>
    public const float RomanisedTimes = 3f;

    // Before it is multiplied so: bits lost by syllables as unlike as can be, and by another consonant.
    private const float UnlikeSyllablesLoss = 11f, OtherConsonantLoss = 1.25f;

    /// <summary>Words whose numbers of sounds differ by more are not compared.</summary>
    private const int MostUnitsApart = 5;

    /// <summary>Words that agree by less than this do not agree.</summary>
    private const float LeastBits = 2f;

    /// <summary>As a share of what they would by the same letters.</summary>
    private const float LeastShare = 0.4f;

    /// <summary>The same for words of one script, which need not be as unlike to be one.</summary>
    private const float LeastShareInScript = 0.5f;

    /// <summary>Added loss where one word has the ending that makes a woman's name of the other.</summary>
    private const float OtherGenderLoss = 3.5f;

    /// <summary>The same where it is no surname that some write with such an ending (Lukashenka): of known given names, and across scripts.</summary>
    private const float OtherGenderLossOfGivenNames = 6f;

    /// <summary>Bits lost by spellings known to go together.</summary>
    private const float VariantLoss = 0.5f;

    /// <summary>Bits lost by a short or pet form.</summary>
    private const float ShortFormLoss = 2f;

    /// <summary>Bits lost by one name in two languages (Charles and Karl): few people go by both.</summary>
    private const float TranslationLoss = 5f;

    /// <summary>The same across scripts: who writes a name anew may write it as those do whose script it is.</summary>
    private const float TranslationLossAcrossScripts = 3.5f;

    /// <summary>Added loss where both words are well-known names and not known to be one.</summary>
    private const float DifferentNamesLoss = 3f;

    /// <summary>How far two parts agree; <c>default</c> when they do not.</summary>
    /// <remarks>Symmetric.</remarks>
    public static Agreement Compare(NamePart a, NamePart b)
    {
        if (a.Role == TokenRole.Number || b.Role == TokenRole.Number)
            return a.Role == b.Role && a.Folded == b.Folded ? new Agreement(Math.Min(a.Rarity, b.Rarity), 0, AgreementKind.Same) : default;
        if (a.Role == TokenRole.Initial || b.Role == TokenRole.Initial)
            return Initial(a, b);
        if (a.Concept is not null && a.Concept == b.Concept)
            return new Agreement(Math.Min(a.Rarity, b.Rarity), 0, a.Folded == b.Folded ? AgreementKind.Same : AgreementKind.Meaning);
        if (a.Role == TokenRole.LegalForm || b.Role == TokenRole.LegalForm)
            return default;
        if (a.Sound is null || b.Sound is null)
            return default;

        // A common word of one language may be a word of its own in another: al-Ittihad and الاتحاد.
        float rarity = a.Concept is null == b.Concept is null ? Math.Min(a.Rarity, b.Rarity) : Math.Min(Math.Max(a.Rarity, b.Rarity), TransliteratedConceptBits);
        // A title that is a name as well (Amir, Sayyed) may be read as either.
        if (a.Role == TokenRole.Title ^ b.Role == TokenRole.Title)
            rarity = TitleAsNameBits;
        // A surname that is made like a father's name is not a father's name.
        if (a.Role == TokenRole.Patronymic ^ b.Role == TokenRole.Patronymic)
            rarity = Math.Min(rarity, OtherRoleBits);
        if (a.Script == b.Script && a.Folded == b.Folded)
            return new Agreement(rarity, 0, AgreementKind.Same);
        // One sign for another makes another name, however alike the two sound.
        if (a.IsRomanised && b.IsRomanised)
            return default;
        // Words known by their meaning that mean different things are different, however alike.
        if (a.Concept is not null && b.Concept is not null)
            return default;

        bool romanised = a.IsRomanised || b.IsRomanised;
        (float loss, AgreementKind kind) = Loss(a, b, rarity, romanised);
        if (romanised)
            loss *= RomanisedTimes;
        float bits = rarity - loss;
        return bits >= Math.Max(LeastBits, (a.Script == b.Script ? LeastShareInScript : LeastShare) * rarity) ? new Agreement(bits, loss, kind) : default;
    }

    private static (float Loss, AgreementKind Kind) Loss(NamePart a, NamePart b, float rarity, bool romanised)
    {
        bool known = a.Families.Length > 0 && b.Families.Length > 0;
        if (known && a.Families.AsSpan().ContainsAny(b.Families))
            return (VariantLoss, AgreementKind.Variant);
        (float Loss, AgreementKind Kind)? form = FormLoss(a, b);
        // Across scripts a form may be no more than the name written anew: Michel and ميشال.
        if (form is { } told && (a.Script == b.Script || told.Kind == AgreementKind.Variant))
            return told;
        if (FeminineSurnames.AreOne(a.Folded, b.Folded) && Skeleton.AreNear(a.Sound!, b.Sound!))
            return (1f, AgreementKind.Variant);

        // Compounds of one first word differ in the second alone: Abd al-Rahim is not Abd al-Rahman.
        if (a.CompoundOf is not null && a.CompoundOf == b.CompoundOf)
            return (SoundLoss(a.Stem!, b.Stem!, rarity, romanised), AgreementKind.Sound);

        (float Loss, AgreementKind Kind) best = (SoundLoss(a.Sound!, b.Sound!, rarity, romanised), AgreementKind.Sound);
        if (a.WithoutArticle is not null)
            best = Less(best, (0.5f + SoundLoss(a.WithoutArticle, b.Sound!, rarity, romanised), AgreementKind.Sound));
        if (b.WithoutArticle is not null)
            best = Less(best, (0.5f + SoundLoss(a.Sound!, b.WithoutArticle, rarity, romanised), AgreementKind.Sound));
        if (a.Script == b.Script && best.Loss > 2 && Skeleton.AreNear(a.Sound!, b.Sound!))
            best = Less(best, (TypoLoss(a.Folded, b.Folded), AgreementKind.Typo));
        if (GenderedNames.Differ(a, b))
            best.Loss += a.Script == b.Script && (a.Forms.Length == 0 || b.Forms.Length == 0) ? OtherGenderLoss : OtherGenderLossOfGivenNames;
        // Both are names in their own right, and nobody writes the one for the other.
        if (known)
            best.Loss += DifferentNamesLoss;
        return form is { } other ? Less(other, best) : best;
    }

    /// <summary>Bits lost by forms of one given name; null where they are none.</summary>
    private static (float Loss, AgreementKind Kind)? FormLoss(NamePart a, NamePart b)
    {
        foreach ((int row, string mark) in a.Forms)
        {
            foreach ((int otherRow, string _) in b.Forms)
            {
                if (row == otherRow)
                {
                    return mark switch
                    {
                        "spelling" => (VariantLoss, AgreementKind.Variant),
                        "translation" => (a.Script == b.Script ? TranslationLoss : TranslationLossAcrossScripts, AgreementKind.OtherForm),
                        _ => (ShortFormLoss, AgreementKind.OtherForm),
                    };
                }
            }
        }

        return null;
    }

    private static (float Loss, AgreementKind Kind) Less((float Loss, AgreementKind Kind) a, (float Loss, AgreementKind Kind) b) => b.Loss < a.Loss ? b : a;

    /// <summary>Bits lost for sounding otherwise; 0 for as like as spelling in those scripts allows.</summary>
    private static float SoundLoss(SpokenWord a, SpokenWord b, float rarity, bool romanised)
    {
        float likeness = Likeness(a, b);
        if (likeness < SoundEvidence.LeastLikeness)
            return float.MaxValue;
        bool sameConsonants = Skeleton.AreOne(a, b);
        return romanised
            ? (UnlikeSyllablesLoss * Math.Max(0, 1 - likeness)) + (sameConsonants ? 0 : OtherConsonantLoss)
            : SoundEvidence.Loss(rarity, likeness, a.Script == b.Script, sameConsonants);
    }

    /// <summary>How alike two words sound; minus infinity where so little is the same that it need not be asked.</summary>
    public static float Likeness(SpokenWord a, SpokenWord b) =>
        Math.Abs(a.Units.Length - b.Units.Length) > MostUnitsApart || HaveFewConsonantsInCommon(a.Classes, b.Classes) || !Skeleton.AreNear(a, b)
            ? float.NegativeInfinity
            : SoundComparison.Likeness(a, b, SoundModel.Default);

    /// <summary>Fewer than half the consonant classes of the word that has fewer: what most pairs of names are, found out at once.</summary>
    private static bool HaveFewConsonantsInCommon(ushort a, ushort b) =>
        2 * BitOperations.PopCount((uint)(a & b)) < Math.Min(BitOperations.PopCount(a), BitOperations.PopCount(b));

    /// <summary>Bits lost for slips of the pen: fewer the longer the word, for a long word has more room for them.</summary>
    private static float TypoLoss(string a, string b)
    {
        int longer = Math.Max(a.Length, b.Length), shorter = Math.Min(a.Length, b.Length);
        if (shorter < 4 || longer - shorter > 2)
            return float.MaxValue;
        int edits = EditDistance.Between(a, b, limit: 2);
        float loss = (edits, shorter) switch
        {
            (1, >= 8) => 2.5f,
            (1, >= 6) => 3.5f,
            (1, 5) => 4.5f,
            (1, _) => 5.5f,
            (2, >= 10) => 5f,
            (2, >= 7) => 7f,
            _ => float.MaxValue,
        };
        return a[0] == b[0] ? loss : loss + 1.5f;
    }

    private static Agreement Initial(NamePart a, NamePart b)
    {
        if (a.Sound is null || b.Sound is null || a.Sound.Units.Length == 0 || b.Sound.Units.Length == 0 || a.Role is TokenRole.Particle or TokenRole.Title || b.Role is TokenRole.Particle or TokenRole.Title)
            return default;
        bool fits = a.Script == b.Script
            ? a.Folded[0] == b.Folded[0]
            : SoundModel.Default.Pairs[a.Sound.Units[0] * SoundModel.Stride + b.Sound.Units[0]] > 1;
        return fits ? new Agreement(a.Script == b.Script ? 3.5f : 1.5f, 1f, AgreementKind.Initial) : default;
    }
}
