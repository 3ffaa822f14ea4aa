using System.Collections.Immutable;
using Entente.Names.Lexicon;
using Entente.Names.Scripts;
using Entente.Names.Text;

namespace Entente.Names.Structure;

/// <summary>Reads the words of a person's name into parts.</summary>
/// <remarks>
/// What is one name in speech becomes one token however it was spaced: Abd al-Rahman,
/// Abdul Rahman and Abdurrahman; Saif al-Din and Saifuddin; Najib Ullah; a kunya with its
/// child. Articles, filiation and titles are kept, but weigh next to nothing.
/// </remarks>
internal static class PersonStructure
{
    /// <summary>Reads folded words.</summary>
    public static ImmutableArray<NameToken> Read(List<RawWord> words, NameReader reader)
    {
        ImmutableArray<NameToken>.Builder tokens = ImmutableArray.CreateBuilder<NameToken>(words.Count);
        int at = 0;
        while (at < words.Count)
            at += ReadOne(words, at, tokens, reader);
        return tokens.DrainToImmutable();
    }

    /// <summary>Reads one token, or none, from a place, and tells how many words it took.</summary>
    private static int ReadOne(List<RawWord> words, int at, ImmutableArray<NameToken>.Builder tokens, NameReader reader)
    {
        RawWord word = words[at];
        string? next = at + 1 < words.Count ? words[at + 1].Folded : null;
        bool more = at + 1 < words.Count;

        if (word.Script == Script.None)
        {
            if (word.Folded.Any(char.IsAsciiDigit))
                tokens.Add(reader.Number(word.Original, word.Folded));
            return 1;
        }

        if (Particles.IsServant(word.Folded) && more)
            return ReadServant(words, at, tokens, reader);

        if (Particles.Kunya.Contains(word.Folded) && more && TryCompound(words, at, out int taken, out string letters))
        {
            tokens.Add(reader.Word(Text(words, at, taken), Plain(word.Folded) + letters, word.Script));
            return taken;
        }

        if (TryEnding(words, at, out taken, out letters))
        {
            tokens.Add(reader.Word(Text(words, at, taken), letters, word.Script));
            return taken;
        }

        // J.P. was kept together as an abbreviation; in a person's name it is two initials.
        if (word.Folded.Length is 2 or 3 && word.Original.Contains('.', StringComparison.Ordinal))
        {
            foreach (char letter in word.Folded)
                tokens.Add(reader.Initial(letter.ToString(), letter.ToString(), word.Script));
            return 1;
        }

        // One letter is an initial; one sign of a script that ICU read (李) is a name.
        if (word.Folded.Length == 1 && ScriptOf.Text(word.Original) == word.Script)
        {
            tokens.Add(reader.Initial(word.Original, word.Folded, word.Script));
            return 1;
        }

        // A word of its own, it is not the article but Aal, 'house of': it names a family.
        if (more && word.Script == Script.Arabic && word.Folded == "ال")
        {
            tokens.Add(reader.HouseOf(word));
            return 1;
        }

        if (more && Particles.IsArticle(word.Folded, next))
            return Add(reader.PersonalParticle(word), tokens);
        // 'Ben' and 'Bin' are names too, where nothing follows or nothing came before.
        if (Particles.Filiation.Contains(word.Folded) && (at > 0 || word.Folded.Length > 2) && (more || words[at].Hyphened) && words.Count > 2)
            return Add(reader.PersonalParticle(word), tokens);
        if (IsTitle(words, at))
            return Add(reader.Minor(word, TokenRole.Title), tokens);

        if (word.Original.Length > 0 && TextFold.IsEastAsian(word.Original[0]))
        {
            tokens.Add(reader.Romanised(word));
            return 1;
        }

        tokens.Add(reader.Word(word.Original, word.Folded, word.Script, IsPatronymic(word) ? TokenRole.Patronymic : TokenRole.Word));
        return 1;
    }

    private static int Add(NameToken token, ImmutableArray<NameToken>.Builder tokens)
    {
        tokens.Add(token);
        return 1;
    }

    /// <summary>Abd (al-) X: one token, spelled 'abd' and X.</summary>
    private static int ReadServant(List<RawWord> words, int at, ImmutableArray<NameToken>.Builder tokens, NameReader reader)
    {
        RawWord word = words[at];
        if (!TryCompound(words, at, out int taken, out string letters))
        {
            tokens.Add(reader.Word(word.Original, word.Folded, word.Script));
            return 1;
        }

        string servant = word.Script switch { Script.Arabic => "عبد", Script.Cyrillic => "абд", Script.Hebrew => "עבד", _ => "abd" };
        if (word.Script == Script.Latin && letters is "allah" or "ullah" or "lah")
            letters = "allah";
        // A second ending may follow: Abd al-Nasir, but also Abd al-Din.
        tokens.Add(reader.Word(Text(words, at, taken), servant + letters, word.Script));
        return taken;
    }

    /// <summary>The word that completes a compound begun at a place, over an article if there is one.</summary>
    private static bool TryCompound(List<RawWord> words, int at, out int taken, out string letters)
    {
        int name = at + 1;
        if (name + 1 < words.Count && Particles.IsArticle(words[name].Folded, words[name + 1].Folded))
            name++;
        RawWord last = words[name];
        taken = name - at + 1;
        letters = "";
        if (last.Script != words[at].Script || last.AfterComma || last.Folded.Length < 2)
            return false;
        letters = Stem(last);
        // Abd al-Rahman may itself follow a kunya: Abu Abd al-Rahman.
        if (Particles.IsServant(last.Folded) && name + 1 < words.Count && TryCompound(words, name, out int more, out string rest))
        {
            taken += more - 1;
            letters = Plain(last.Folded) + rest;
        }

        return true;
    }

    /// <summary>X (al-) Din, X Ullah: one token.</summary>
    private static bool TryEnding(List<RawWord> words, int at, out int taken, out string letters)
    {
        taken = 1;
        letters = "";
        RawWord word = words[at];
        if (word.Folded.Length < 3)
            return false;
        int end = at + 1;
        if (end + 1 < words.Count && (Particles.IsArticle(words[end].Folded, words[end + 1].Folded)))
            end++;
        if (end >= words.Count || words[end].Script != word.Script || words[end].AfterComma || !Particles.Ending.Contains(words[end].Folded))
            return false;
        // Said Din is a name of two parts; only with the article or a fused form is it one.
        if (end == at + 1 && words[end].Folded is "din" or "deen" or "dine" or "дин" or "دين")
            return false;
        taken = end - at + 1;
        string ending = Stem(words[end]);
        letters = Construct(word) + (ending is "din" or "deen" or "dine" or "allah" or "lah" ? (ending is "lah" or "allah" ? "ullah" : "u" + ending) : ending == "دين" ? "و" + ending : ending);
        return true;
    }

    /// <summary>An Arabic word without its article; other words as they are.</summary>
    private static string Stem(RawWord word) =>
        word.Script == Script.Arabic && word.Folded.Length >= 4 && word.Folded.StartsWith("ال", StringComparison.Ordinal) && word.Folded != "الله" ? word.Folded[2..] : word.Folded;

    /// <summary>A word before another that it governs: teh marbuta sounds as t there (Ni'mat Allah).</summary>
    private static string Construct(RawWord word) =>
        word.Script == Script.Arabic && word.Folded[^1] is 'ة' or 'ه' ? word.Folded[..^1] + 'ت' : word.Folded;

    /// <summary>One spelling for the first word of a compound.</summary>
    private static string Plain(string folded) => folded switch
    {
        "abou" or "abo" or "aboo" or "abi" or "aba" or "abul" or "aboul" => "abu",
        "абул" => "абу",
        "oum" or "om" or "um" => "umm",
        "ابا" or "ابي" => "ابو",
        "abdul" or "abdel" or "abdal" or "abdoul" or "abdol" or "abdur" or "abder" or "abdus" or "abdes" or "abdu" => "abd",
        _ => folded,
    };

    private static bool IsTitle(List<RawWord> words, int at)
    {
        RawWord word = words[at];
        if (!Lexicons.Titles.TryGet(word.Folded, out WordTable.Entry title))
            return false;
        // Where a title is a name as well (Sayyed, Khan, Amir), it is one only beside two other names.
        return title.Mark != "ambiguous" ? words.Count > 1 : words.Count > 2 && at == 0;
    }

    private static bool IsPatronymic(RawWord word)
    {
        string w = word.Folded;
        return word.Script switch
        {
            Script.Cyrillic => w.Length >= 6 && (w.EndsWith("ович", StringComparison.Ordinal) || w.EndsWith("евич", StringComparison.Ordinal)
                || w.EndsWith("овна", StringComparison.Ordinal) || w.EndsWith("евна", StringComparison.Ordinal) || w.EndsWith("ична", StringComparison.Ordinal)),
            Script.Latin => w.Length >= 7 && (w.EndsWith("ovich", StringComparison.Ordinal) || w.EndsWith("evich", StringComparison.Ordinal)
                || w.EndsWith("ovna", StringComparison.Ordinal) || w.EndsWith("evna", StringComparison.Ordinal) || w.EndsWith("ovitch", StringComparison.Ordinal)
                || w.EndsWith("evitch", StringComparison.Ordinal) || w.EndsWith("ichna", StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static string Text(List<RawWord> words, int at, int taken) =>
        taken == 1 ? words[at].Original : string.Join(' ', words.Skip(at).Take(taken).Select(w => w.Original));
}
