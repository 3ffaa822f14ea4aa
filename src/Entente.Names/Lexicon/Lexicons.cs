namespace Entente.Names.Lexicon;

/// <summary>The word tables, each read on first use.</summary>
internal static class Lexicons
{
    private static readonly Lazy<WordTable> TitlesTable = new(() => WordTable.Load("titles"));
    private static readonly Lazy<WordTable> LegalFormsTable = new(() => WordTable.Load("legal-forms"));
    private static readonly Lazy<WordTable> OrgWordsTable = new(() => WordTable.Load("org-words"));
    private static readonly Lazy<GivenNames> GivenNamesTable = new(GivenNames.Load);

    /// <summary>Titles, honorifics and ranks of persons.</summary>
    public static WordTable Titles => TitlesTable.Value;

    /// <summary>Legal forms of companies.</summary>
    public static WordTable LegalForms => LegalFormsTable.Value;

    /// <summary>Words that many organisations have in their names, by meaning.</summary>
    public static WordTable OrgWords => OrgWordsTable.Value;

    /// <summary>Given names that are one name in other forms.</summary>
    public static GivenNames GivenNames => GivenNamesTable.Value;
}
