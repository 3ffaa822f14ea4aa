using System.Collections.Frozen;
using System.Collections.Immutable;
using Entente.Names.Lexicon;
using Entente.Names.Scripts;
using Entente.Names.Text;

namespace Entente.Names.Structure;

/// <summary>Reads the words of an organisation's or thing's name into parts.</summary>
/// <remarks>Legal forms and common words are known by meaning, in several languages, the longest phrase first.</remarks>
internal static class OrganisationStructure
{
    private const float LegalFormBits = 1.5f;
    private const float GenericBits = 4.5f;

    // Words that companies add and leave out at will.
    private const float WeakGenericBits = 2f;
    private static readonly FrozenSet<string> Weak = FrozenSet.Create(StringComparer.Ordinal, "company", "group", "holding", "corporation");

    // A ship is named with such words, not described by them.
    private const float ThingWordBits = 7.5f;

    /// <summary>Reads folded words.</summary>
    public static ImmutableArray<NameToken> Read(List<RawWord> words, NameKind kind, NameReader reader)
    {
        ImmutableArray<NameToken>.Builder tokens = ImmutableArray.CreateBuilder<NameToken>(words.Count);
        int at = 0;
        while (at < words.Count)
            at += ReadOne(words, at, tokens, kind, reader);
        return tokens.DrainToImmutable();
    }

    private static int ReadOne(List<RawWord> words, int at, ImmutableArray<NameToken>.Builder tokens, NameKind kind, NameReader reader)
    {
        RawWord word = words[at] = Unprefixed(words[at]);
        if (kind == NameKind.Organisation)
        {
            // A legal form ends a name or begins it; in the middle it is a word like another.
            if (TryPhrase(words, at, Lexicons.LegalForms, out int taken, out WordTable.Entry form) && words.Count > taken && (at == 0 || at + taken >= words.Count - 2 || taken > 1))
            {
                tokens.Add(reader.Concept(Text(words, at, taken), Folded(words, at, taken), word.Script, TokenRole.LegalForm, form.Canonical, LegalFormBits));
                return taken;
            }
        }

        if (TryPhrase(words, at, Lexicons.OrgWords, out int length, out WordTable.Entry generic))
        {
            bool function = generic.Canonical is "of" or "the" or "and" or "for" or "in";
            tokens.Add(function
                ? reader.Minor(word, TokenRole.Particle, generic.Canonical)
                : reader.Concept(Text(words, at, length), Folded(words, at, length), word.Script, TokenRole.Generic, generic.Canonical, kind != NameKind.Organisation ? ThingWordBits : Weak.Contains(generic.Canonical) ? WeakGenericBits : GenericBits));
            return length;
        }

        if (word.Script == Script.None)
        {
            if (word.Folded == "&")
                tokens.Add(reader.Minor(word, TokenRole.Particle, "and"));
            else if (word.Folded.Any(char.IsAsciiDigit))
                tokens.Add(reader.Number(word.Original, word.Folded));
            return 1;
        }

        // 5th, A7, Б-52: who differs in it is another.
        if (word.Folded.Any(char.IsAsciiDigit))
        {
            tokens.Add(reader.Number(word.Original, WithoutOrdinalEnding(word.Folded)));
            return 1;
        }

        if (at + 1 < words.Count && Particles.IsArticle(word.Folded, words[at + 1].Folded))
        {
            tokens.Add(reader.Minor(word, TokenRole.Particle));
            return 1;
        }

        if (word.Folded.Length == 1)
            tokens.Add(reader.Initial(word.Original, word.Folded, word.Script));
        else if (IsRomanNumeral(word))
            tokens.Add(reader.Number(word.Original, Roman(word.Folded)));
        else
            tokens.Add(reader.Word(word.Original, word.Folded, word.Script));
        return 1;
    }

    /// <summary>
    /// A word without what grammar wrote onto its front: the French l' and d'; the Arabic wa-, bi-, li- and fa- where
    /// they stand before the article, or where what is left is a known word.
    /// </summary>
    private static RawWord Unprefixed(RawWord word)
    {
        string w = word.Folded;
        if (word.Script == Script.Latin && word.Original.Length > 3 && word.Original[1] is '\'' or '’' && w[0] is 'l' or 'd')
            return word with { Folded = w[1..] };
        if (word.Script != Script.Arabic || w.Length < 5)
            return word;
        string rest = w.StartsWith("لل", StringComparison.Ordinal) ? w[2..] : w[0] is 'و' or 'ب' or 'ل' or 'ف' ? w[1..] : w;
        if (rest == w || Lexicons.OrgWords.TryGet(w, out _))
            return word;
        bool article = rest.StartsWith("ال", StringComparison.Ordinal) || w.StartsWith("لل", StringComparison.Ordinal);
        return article || Lexicons.OrgWords.TryGet(rest, out _) ? word with { Folded = rest } : word;
    }

    private static bool TryPhrase(List<RawWord> words, int at, WordTable table, out int taken, out WordTable.Entry entry)
    {
        for (taken = Math.Min(table.LongestPhraseFrom(words[at].Folded), words.Count - at); taken > 0; taken--)
        {
            if (taken == 1 ? table.TryGet(words[at].Folded, out entry) : table.TryGet(Folded(words, at, taken), out entry))
                return true;
        }

        taken = 1;
        return table.TryGetInflected(words[at].Folded, out entry);
    }

    private static string WithoutOrdinalEnding(string folded)
    {
        string digits = folded.TrimEnd("abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщыэ".ToCharArray());
        string ending = folded[digits.Length..];
        return digits.All(char.IsAsciiDigit) && digits.Length > 0 && ending is "st" or "nd" or "rd" or "th" or "e" or "eme" or "er" or "й" or "йа" or "ый" or "ой" or "го" ? digits : folded;
    }

    private static bool IsRomanNumeral(RawWord word) =>
        word.Folded is "ii" or "iii" or "iv" or "vi" or "vii" or "viii" or "ix" or "xi" or "xii" or "xiii" && word.Original.All(char.IsUpper);

    private static string Roman(string folded) => folded switch
    {
        "ii" => "2", "iii" => "3", "iv" => "4", "vi" => "6", "vii" => "7", "viii" => "8", "ix" => "9", "xi" => "11", "xii" => "12", _ => "13",
    };

    private static string Folded(List<RawWord> words, int at, int taken) =>
        taken == 1 ? words[at].Folded : string.Join(' ', words.Skip(at).Take(taken).Select(w => w.Folded));

    private static string Text(List<RawWord> words, int at, int taken) =>
        taken == 1 ? words[at].Original : string.Join(' ', words.Skip(at).Take(taken).Select(w => w.Original));
}
