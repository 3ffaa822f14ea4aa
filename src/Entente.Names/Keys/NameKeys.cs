using System.Collections.Immutable;
using Entente.Names.Lexicon;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Names.Keys;

/// <summary>Makes keys of names, for finding the same name where only equality can be asked: القذافي and Kadhafi have one in common.</summary>
/// <remarks>
/// <para>
/// A key is exact where a comparison is patient, so there are several for a word. The classes are those of the skeleton that the index
/// uses too; of these, letters that scripts exchange count as one: t, s, sh, ch and j are one class of the coarse keys, and k, g, q, kh and
/// gh leave no trace in them.
/// </para>
/// <para>Equal names have equal keys on every machine, for one <see cref="Version"/>.</para>
/// </remarks>
public static class NameKeys
{
    /// <summary>Goes up whenever a name may get other keys than before.</summary>
    public const int Version = 1;

    // By the skeleton's classes P T S J K M N L R, behind that of no trace.
    private const string CoarseClasses = "-PTTT-MNLR";
    private const string FineClasses = "-PTTKKMNLR";

    /// <summary>The keys of the words of a name; particles, titles, initials, numbers, legal forms and generic words have none.</summary>
    /// <param name="name">A name.</param>
    /// <returns>A row for each word that has a key, in the order written.</returns>
    public static ImmutableArray<WordKeys> Of(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = ImmutableArray.CreateBuilder<WordKeys>(name.Parts.Length);
        foreach (NamePart part in name.Parts)
        {
            if (part.Role is not (TokenRole.Word or TokenRole.Patronymic) || part.Sound is null)
                continue;
            ImmutableArray<string> coarse = Skeletons(part, CoarseClasses, spelled: false);
            if (!coarse.IsEmpty)
                words.Add(new WordKeys(coarse, Skeletons(part, FineClasses, spelled: true), [.. Known(part)], part.Rarity));
        }

        return words.DrainToImmutable();
    }

    // A family by its first spelling, which outlives a new line in the table.
    private static IEnumerable<string> Known(NamePart part) =>
        new[] { part.Folded }.Concat(part.Families.Select(family => "~" + VariantTable.Default.FirstOf(family)))
            .Concat(part.Forms.Select(form => "=" + form.Row.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .Distinct();

    private static ImmutableArray<string> Skeletons(NamePart part, string classes, bool spelled)
    {
        var found = new List<string>(2);
        // First without its article: the first key stands for the word where only one is taken.
        if (part.WithoutArticle is { } bare)
            Add(bare, classes, found);
        // Latin writes in one letter or in two what is one unit in other scripts: Alexander, Aleksandr, Александр.
        Add(part.Script == Script.Latin && part.Folded.Contains("ks", StringComparison.Ordinal)
            ? SpokenWord.Of(part.Folded.Replace("ks", "x", StringComparison.Ordinal), SoundModel.Default) : part.Sound!, classes, found);
        // Letters that are one sound in one language are two in another: Nowicki, Новицкий.
        if (spelled && part.Sound!.Spelled is { } letters)
            Add(letters, classes, found);
        return [.. found];
    }

    private static void Add(SpokenWord word, string classes, List<string> found)
    {
        Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
        int count = Skeleton.Variants(word, skeletons);
        foreach (ulong skeleton in skeletons[..count])
        {
            string key = Text(skeleton, classes);
            if (key.Length > 0 && !found.Contains(key))
                found.Add(key);
        }
    }

    // A class that comes twice in a row counts once.
    private static string Text(ulong skeleton, string classes)
    {
        Span<char> text = stackalloc char[Skeleton.MaxLength];
        int length = 0;
        for (; skeleton != 0; skeleton >>= 4)
        {
            char letter = classes[(int)(skeleton & 15)];
            if (letter != '-' && (length == 0 || text[length - 1] != letter))
                text[length++] = letter;
        }

        return new string(text[..length]);
    }
}
