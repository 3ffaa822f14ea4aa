using System.Text.RegularExpressions;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>Reads remarks: facts, weak aliases and free text in one row, split by ';'.</summary>
internal static partial class OfacRemarks
{
    private static readonly HashSet<string> Posts = new(StringComparer.OrdinalIgnoreCase)
    {
        "director", "minister", "member", "chairman", "chairperson", "chairwoman", "president", "head", "chief", "commander", "deputy", "secretary", "manager",
        "judge", "governor", "employee", "official", "representative", "officer", "general", "colonel", "major", "captain", "lieutenant", "rector",
        "ambassador", "leader", "advisor", "adviser", "prosecutor", "magistrate", "aide", "mayor", "senator", "owner", "founder", "spokesman", "spokesperson",
        "attorney", "coordinator", "treasurer", "executive", "admiral", "marshal", "inspector", "auditor", "superintendent", "delegate", "justice",
        "ceo", "cfo", "partner", "shareholder", "envoy", "vice-chairperson", "vice-chairman", "vice-president", "commissioner", "administrator", "professor", "scientist",
    };

    private static readonly string[] Family =
        ["wife", "husband", "son", "daughter", "brother", "sister", "half-brother", "half-sister", "father", "mother", "daughter-in-law", "sister-in-law", "nephew", "niece", "cousin", "uncle", "aunt", "spouse", "arrested", "son-in-law", "brother-in-law"];

    /// <summary>Adds all that the remarks say.</summary>
    /// <param name="entry">Of whom.</param>
    /// <param name="text">The remarks.</param>
    /// <param name="line">Where they stand, from 1.</param>
    public static void Add(OfacEntry entry, string text, int line)
    {
        // A bracket that is never closed would swallow the rest of the row.
        var pieces = text.Count(c => c == '(') == text.Count(c => c == ')') ? Brackets.SplitOutside(text, ';') : [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var piece in pieces)
        {
            if (!string.IsNullOrWhiteSpace(piece))
                AddPiece(entry, piece.Trim(), line);
        }
    }

    private static void AddPiece(OfacEntry entry, string piece, int line)
    {
        if (piece.StartsWith('(') && piece.EndsWith(')') && piece.IndexOf(')', StringComparison.Ordinal) == piece.Length - 1)
            piece = piece[1..^1];
        var bare = piece.StartsWith("alt. ", StringComparison.OrdinalIgnoreCase) ? piece[5..] : piece;

        if (bare.StartsWith("Linked To: ", StringComparison.OrdinalIgnoreCase))
            entry.LinkTo(new OfacLink("Linked To", bare[11..].Trim()));
        else if (QuotedAlias().Match(bare) is { Success: true } alias)
            AddWeakAlias(entry, alias.Groups["type"].Value, alias.Groups["name"].Value, line);
        else if (TryLabel(bare, out var label, out var value))
            OfacFacts.Add(entry, WithTail(label, value, line) with { Wording = piece });
        else
            AddFreeText(entry, piece);
    }

    // Aliases in quotes are the weak ones; the others stand in a file of their own.
    private static void AddWeakAlias(OfacEntry entry, string type, string name, int line)
    {
        var (last, given) = entry.IsPerson ? OfacNames.Split(name) : (name, null);
        OfacNames.AddAlias(entry, type, weak: true, last, given, line);
    }

    private static void AddFreeText(OfacEntry entry, string text)
    {
        if (!text.Contains(' ', StringComparison.Ordinal) && Bare(text) is { } property && Schemata.TypeOf(entry.Subject.Schema, property) is not null)
            entry.Subject.Add(property, text);
        else if (!entry.IsPerson)
            entry.Subject.Add("notes", text);
        else if (OfacEntry.IsHonorific(text))
            entry.Subject.Add("title", text);
        else
            entry.Subject.Add(IsPost(text) ? "position" : "notes", text);
    }

    private static string? Bare(string text) =>
        text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? "website"
        : text.IndexOf('@', StringComparison.Ordinal) > 0 ? "email" : null;

    private static bool IsPost(string text)
    {
        var first = text.Split(' ')[0];
        return !Family.Contains(first, StringComparer.OrdinalIgnoreCase)
            && text.Split([' ', ',', '/', '-'], StringSplitOptions.RemoveEmptyEntries).Any(Posts.Contains);
    }

    // A label that is known, the longest first; otherwise words that can only be a label before a number.
    private static bool TryLabel(string text, out string label, out string value)
    {
        Span<int> ends = stackalloc int[16];
        var words = 0;
        for (var at = text.IndexOf(' ', StringComparison.Ordinal); at > 0 && words < OfacVocabulary.MostWords; at = text.IndexOf(' ', at + 1))
            ends[words++] = at;
        for (var i = words - 1; i >= 0; i--)
        {
            if (OfacVocabulary.TryFind(text.AsSpan(0, ends[i]), out var term) && Fits(term.Meaning, i + 1, text.AsSpan(ends[i] + 1).Trim()))
            {
                (label, value) = (text[..ends[i]], text[(ends[i] + 1)..].Trim());
                return true;
            }
        }
        var guess = NumberLabel().Match(text);
        (label, value) = guess.Success ? (guess.Groups["label"].Value, guess.Groups["value"].Value) : ("", "");
        return guess.Success;
    }

    // Whether the value looks like one, so that 'Passport issued in Sarajevo' is no passport number.
    private static bool Fits(OfacMeaning meaning, int words, ReadOnlySpan<char> value) => !value.IsEmpty && meaning switch
    {
        OfacMeaning.Wallet => words == 5 && !value.Contains(' '),
        OfacMeaning.Passport => words <= 4 && value.ContainsAnyInRange('0', '9') && !value.StartsWith("issued", StringComparison.OrdinalIgnoreCase),
        OfacMeaning.Document => value.ContainsAnyInRange('0', '9'),
        _ => true,
    };

    // 'A10472263 (Malaysia) issued 4 Oct 2000 expires 3 Oct 2005': the number is what the tail leaves.
    private static OfacFact WithTail(string label, string value, int line)
    {
        if (!OfacVocabulary.TryFind(label, out var term) || term.Meaning is OfacMeaning.Document or OfacMeaning.Passport)
        {
            string? country = null, issued = null, expires = null;
            for (var found = true; found && value.Length > 0;)
            {
                found = false;
                if (DateTail().Match(value) is { Success: true } date)
                {
                    if (date.Groups["what"].Value.StartsWith("issued", StringComparison.OrdinalIgnoreCase))
                        issued ??= date.Groups["date"].Value;
                    else
                        expires ??= date.Groups["date"].Value;
                    value = value[..date.Index].TrimEnd(' ', ',');
                    found = true;
                }
                else if (value.EndsWith(')') && value.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var open
                    && Countries.TryNormalise(value[(open + 2)..^1], out _))
                {
                    country ??= value[(open + 2)..^1];
                    value = value[..open].TrimEnd();
                    found = true;
                }
            }
            return new OfacFact(label, value, line) { Country = country, Issued = issued, Expires = expires };
        }
        return new OfacFact(label, value, line);
    }

    [GeneratedRegex("""^(?<type>[afn]\.k\.a\.) '(?<name>.+?)'\.?$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex QuotedAlias();

    [GeneratedRegex("""(^|[ ,])(?<what>issued|expires|expired)( on)? (?<date>(\d{1,2} )?([A-Za-z]{3,9} )?\d{4})$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DateTail();

    [GeneratedRegex("""^(?<label>[\p{Lu}][^\d;:]{1,58}?(No\.?|Number|#|ID|Code|Card|Certificate|Registration))[:#.]? #?(?<value>[A-Z0-9][^ ]*\d.*|\d.*)$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NumberLabel();
}
