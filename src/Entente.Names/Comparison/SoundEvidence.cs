namespace Entente.Names.Comparison;

/// <summary>What the likeness of two words says for one name, in bits.</summary>
/// <remarks>
/// <para>
/// Log-likelihood ratios: log2 of how much oftener spellings of one name are so alike than words of two names are, as
/// <c>bench/Entente.Training -- calibrate</c> measures them. They hardly depend on how long the words are, but much on
/// whether the consonants are the same. In one script less is left, for there one name is mostly written in one way.
/// </para>
/// <para>
/// Who is not the same bears the very name by chance, or another that sounds as like: two ways, whose chances add up. So a
/// rare name loses to a difference what a common one does not.
/// </para>
/// </remarks>
internal static class SoundEvidence
{
    /// <summary>Words less like than this do not sound alike.</summary>
    public const float LeastLikeness = 0.35f;

    // Bits of words that sound the same, and how many fewer of words as unlike as can be.
    private static readonly Line AcrossScripts = new(13f, 14f), AcrossScriptsNear = new(11f, 15.5f), InScript = new(11f, 11f), InScriptNear = new(10f, 13f);

    /// <summary>Bits lost for sounding otherwise; 0 for as like as spelling allows.</summary>
    /// <param name="rarity">Bits of full agreement.</param>
    /// <param name="likeness">At least <see cref="LeastLikeness"/>.</param>
    /// <param name="sameScript">Whether both words are of one script.</param>
    /// <param name="sameConsonants">Whether both words may have the same consonants; else one differs.</param>
    public static float Loss(float rarity, float likeness, bool sameScript, bool sameConsonants)
    {
        Line same = sameScript ? InScript : AcrossScripts;
        Line line = sameConsonants ? same : sameScript ? InScriptNear : AcrossScriptsNear;
        return MathF.Log2(Chance(rarity, line.Most - (line.Fall * Math.Max(0, 1 - likeness))) / Chance(rarity, same.Most));
    }

    // That somebody else bears the name, or one that sounds as like.
    private static float Chance(float rarity, float evidence) => MathF.Pow(2, -rarity) + MathF.Pow(2, -evidence);

    private readonly record struct Line(float Most, float Fall);
}
