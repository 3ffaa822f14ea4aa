using System.Numerics;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Compares one word with neighbours that may be the same written apart: Maricruz and Mary Cruz, Binladen and bin Laden.</summary>
/// <remarks>There are many pairs of neighbours, so they must fit well.</remarks>
internal static class Joining
{
    // What fits so well differs by no more classes of consonants.
    private const int MostClassesApart = 3;

    // What is left of two words after less than this is chance.
    private const float LeastBits = 5.5f;

    private const float MostLoss = 4, MostLossInScript = 3;

    // Bits lost by words as unlike as can be.
    private const float UnlikeLoss = 10;

    private const int ShortestWord = 4;

    /// <summary>The length of the next run of neighbours that begins at a place: two parts, then a part and another over all particles between.</summary>
    /// <param name="name">Parts of a name.</param>
    /// <param name="at">The place.</param>
    /// <param name="before">The length of the run before; 0 for none.</param>
    /// <returns>0 where there is no other.</returns>
    public static int NextRun(ReadOnlySpan<NamePart> name, int at, int before)
    {
        if (before == 0)
            return at + 1 < name.Length ? 2 : 0;
        int last = at + 1;
        while (last + 1 < name.Length && name[last].Role == TokenRole.Particle)
            last++;
        return last - at + 1 > before ? last - at + 1 : 0;
    }

    /// <summary>Whether neighbours only sound like a word: in its own script with other letters, or not quite.</summary>
    public static bool OnlySounds(Agreement agreement) => agreement.Kind == AgreementKind.Joined && agreement.Loss >= SpacingLoss + OtherLettersLoss;

    /// <summary>Whether a part may be a word written as several.</summary>
    public static bool IsWord(NamePart part) =>
        part.Sound is not null && part.Length >= ShortestWord && part.IsSearched && part.Role != TokenRole.Title;

    /// <summary>Whether neighbours may be one word written apart.</summary>
    public static bool IsRun(ReadOnlySpan<NamePart> run)
    {
        int length = 0;
        foreach (NamePart part in run)
        {
            if (part.Sound is null || part.Script != run[0].Script || part.Role is TokenRole.Initial or TokenRole.LegalForm)
                return false;
            length += part.Length;
        }

        return length >= ShortestWord - 2;
    }

    /// <summary>How neighbours sound as one word.</summary>
    public static SpokenWord Spoken(ReadOnlySpan<NamePart> run) => SpokenWord.Of(Text(run), SoundModel.Default);

    /// <summary>The least likeness at which a word may be neighbours.</summary>
    public const float LeastLikeness = 1 - (MostLoss / UnlikeLoss);

    /// <summary>How far a word agrees with neighbours; <c>default</c> when it does not.</summary>
    /// <param name="word">A part for which <see cref="IsWord"/> holds.</param>
    /// <param name="run">Parts for which <see cref="IsRun"/> holds.</param>
    /// <param name="kind">What bears the names.</param>
    /// <param name="memo">What was found out before; null to keep nothing.</param>
    public static Agreement Compare(NamePart word, ReadOnlySpan<NamePart> run, NameKind kind, JoinedMemo? memo)
    {
        NamePart head = run[0];
        bool sameScript = word.Script == head.Script;
        if (sameScript && word.First != head.First)
            return default;
        int length = 0;
        float rarity = 0, sum = 0;
        ushort classes = 0;
        foreach (NamePart part in run)
        {
            length += part.Length;
            rarity = Math.Max(rarity, part.Rarity);
            sum += part.Rarity;
            classes |= part.Classes;
        }

        if (Math.Abs(word.Length - length) > (sameScript ? 2 : 4) || BitOperations.PopCount((uint)(word.Classes ^ classes)) > MostClassesApart)
            return default;
        // Two names of a person together are little rarer than one: many people are called so.
        float most = Math.Min(word.Rarity, kind == NameKind.Person ? rarity + 2 : sum) - SpacingLoss;
        if (most < LeastBits)
            return default;
        float loss = memo is null ? Loss(word, run) : memo.Loss(word, run);
        if (word.IsRomanised || head.IsRomanised)
            loss *= TokenComparison.RomanisedTimes;
        return loss > (sameScript ? MostLossInScript : MostLoss) || most - loss < LeastBits ? default : new Agreement(most - loss, loss + SpacingLoss, AgreementKind.Joined);
    }

    // Bits lost for other letters of one script that sound alike.
    private const float OtherLettersLoss = 0.5f;

    // Bits lost for being two words here and one there.
    private const float SpacingLoss = 0.5f;

    /// <summary>Bits lost for sounding otherwise; 0 for the same letters.</summary>
    public static float Loss(NamePart word, ReadOnlySpan<NamePart> run)
    {
        string joined = Text(run);
        if (joined == word.Folded)
            return 0;
        SpokenWord sound = SpokenWord.Of(joined, SoundModel.Default);
        return Skeleton.AreOne(word.Sound!, sound) && TokenComparison.Likeness(word.Sound!, sound) is >= LeastLikeness and var likeness
            ? (word.Script == run[0].Script ? OtherLettersLoss : 0) + (UnlikeLoss * Math.Max(0, 1 - likeness))
            : float.MaxValue;
    }

    private static string Text(ReadOnlySpan<NamePart> run)
    {
        if (run.Length == 2)
            return run[0].Folded + run[1].Folded;
        var text = new System.Text.StringBuilder(32);
        foreach (NamePart part in run)
            text.Append(part.Folded);
        return text.ToString();
    }
}
