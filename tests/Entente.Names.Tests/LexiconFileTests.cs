using System.Globalization;
using System.Text;

namespace Entente.Names.Tests;

/// <summary>The hand-written tables, read as files: what their readers take for granted.</summary>
public sealed class LexiconFileTests
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Kinds = ["spelling", "translation", "diminutive"];

    /// <summary>All hand-written lexicon files; name-variants.txt is generated and has its own form.</summary>
    public static TheoryData<string> LexiconFiles => new(
        Directory.EnumerateFiles(Path.Combine(Root, "src", "Entente.Names", "Lexicon"), "*.txt")
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "name-variants.txt")
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(LexiconFiles))]
    public void Lexicon_file_says_what_it_is_and_has_well_formed_rows(string file)
    {
        var path = LexiconPath(file);
        Assert.StartsWith("# ", File.ReadLines(path).First(), StringComparison.Ordinal);
        var rows = Read(path);
        Assert.NotEmpty(rows);
        var columns = rows[0].Columns.Length;
        Assert.True(columns >= 2, $"{file}: a row has a canonical form and variants");
        AssertNone(file, rows.Where(row => row.Columns.Length != columns || row.Columns.Any(string.IsNullOrWhiteSpace))
            .Select(row => $"line {row.Line}: not {columns} filled columns"));
    }

    [Theory]
    [MemberData(nameof(LexiconFiles))]
    public void Lexicon_terms_are_trimmed_lower_case_and_composed(string file) =>
        AssertNone(file, Terms(Read(LexiconPath(file)))
            .Where(term => !IsClean(term.Text) || term.Text.Any(c => char.ToLowerInvariant(c) != c))
            .Select(term => $"line {term.Row.Line}: '{term.Text}'"));

    [Theory]
    [MemberData(nameof(LexiconFiles))]
    public void No_variant_stands_in_two_rows_of_a_lexicon_file(string file)
    {
        var rows = Read(LexiconPath(file));
        if (file == "given-names.txt")
            rows = [.. rows.Where(row => row.Columns[2] == "spelling")]; // jan is both a John and a Johannes
        AssertNone(file, Shared(Terms(rows).Select(term => (term.Row, WithoutMarks(term.Text)))));
    }

    [Fact]
    public void Given_names_have_a_known_kind_and_one_row_for_each_name_and_kind()
    {
        var rows = Read(LexiconPath("given-names.txt"));
        AssertNone("given-names.txt", rows
            .Where(row => row.Columns.Length != 3 || !Kinds.Contains(row.Columns[2]))
            .Select(row => $"line {row.Line}: the third column is one of {string.Join(", ", Kinds)}"));
        AssertNone("given-names.txt", rows.GroupBy(row => (row.Columns[0], row.Columns[2])).Where(group => group.Count() > 1)
            .Select(group => $"'{group.Key}' has rows at lines {string.Join(", ", group.Select(row => row.Line))}"));
        AssertNone("given-names.txt", rows
            .Where(row => row.Columns[1].Split('|') is var variants
                && (variants.Contains(row.Columns[0]) || variants.Distinct().Count() != variants.Length))
            .Select(row => $"line {row.Line}: a name is repeated within the row"));
    }

    [Fact]
    public void Countries_have_two_codes_and_clean_names()
    {
        var rows = Read(CountriesPath);
        AssertNone("countries.txt", rows.Where(row => row.Columns.Length != 3
                || row.Columns[0] is not { Length: 2 } || !row.Columns[0].All(char.IsAsciiLetterLower)
                || row.Columns[1] is not { Length: 3 } || !row.Columns[1].All(char.IsAsciiLetterUpper)
                || !row.Columns[2].Split('|').All(IsClean))
            .Select(row => $"line {row.Line}: {string.Join(" / ", row.Columns)}"));
        Assert.Equal(249 + 5, rows.Count); // ISO 3166-1, Kosovo, and four former states
    }

    [Fact]
    public void No_name_or_code_means_two_countries() =>
        AssertNone("countries.txt", Shared(Read(CountriesPath).SelectMany(row =>
            row.Columns[..2].Concat(row.Columns[2].Split('|')).Select(text => (row, LettersOnly(text))))));

    private sealed record Row(int Line, string[] Columns);

    private static string CountriesPath => Path.Combine(Root, "src", "Entente.Records", "Data", "countries.txt");

    private static string LexiconPath(string file) => Path.Combine(Root, "src", "Entente.Names", "Lexicon", file);

    private static List<Row> Read(string path) =>
        [.. File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true))
            .Select((text, index) => (text, line: index + 1))
            .Where(pair => pair.text.Length > 0 && pair.text[0] != '#')
            .Select(pair => new Row(pair.line, pair.text.Split('\t')))];

    private static IEnumerable<(Row Row, string Text)> Terms(IEnumerable<Row> rows) =>
        rows.SelectMany(row => row.Columns[1].Split('|').Prepend(row.Columns[0]).Select(text => (row, text)));

    private static bool IsClean(string text) =>
        text.Length > 0 && text.Trim() == text && text.IsNormalized(NormalizationForm.FormC) && !text.Any(char.IsControl);

    private static IEnumerable<string> Shared(IEnumerable<(Row Row, string Key)> keys) =>
        keys.GroupBy(pair => pair.Key, pair => pair.Row.Line)
            .Where(group => group.Distinct().Count() > 1)
            .Select(group => $"'{group.Key}' stands at lines {string.Join(", ", group.Distinct())}");

    private static string WithoutMarks(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));

    private static string LettersOnly(string text) =>
        string.Concat(WithoutMarks(text).ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static void AssertNone(string file, IEnumerable<string> problems) =>
        Assert.True(problems.ToList() is { Count: 0 }, $"{file}: {string.Join("; ", problems.Take(20))}");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Entente.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("Entente.slnx is in no folder above the tests: run them inside a checkout.");
    }
}
