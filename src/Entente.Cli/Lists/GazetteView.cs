using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entente.Cli.Output;
using Entente.Desk.Lists;
using Entente.Lists.Diffs;
using Entente.Records;

namespace Entente.Cli.Lists;

/// <summary>What changed in a list, as a gazette would print it: added, removed, amended, each with its particulars.</summary>
internal sealed class GazetteView
{
    /// <summary>Long texts, such as reasons, are cut here: the list has them whole.</summary>
    private const int LongestValue = 300;

    private const int MostValues = 12;

    /// <summary>Old and new stand on one line up to this length.</summary>
    private const int LongestPair = 110;

    private static readonly (string Label, string[] Properties)[] Particulars =
    [
        ("also known as", ["name", "alias", "weakAlias", "previousName", "abbreviation"]),
        ("title", ["title"]),
        ("position", ["position"]),
        ("born", ["birthDate"]),
        ("born in", ["birthPlace", "birthCountry"]),
        ("national of", ["nationality"]),
        ("country", ["country", "jurisdiction", "flag"]),
        ("documents", ["passportNumber", "idNumber", "registrationNumber", "imoNumber"]),
        ("address", ["address"]),
    ];

    // Of the block Latin Extended-B.
    private const char LastLatinLetter = '\u024F';

    /// <summary>Told in the heading of an entry.</summary>
    private static readonly string[] SanctionDates = ["listingDate", "startDate", "endDate"];

    private readonly Page _page;

    /// <summary>Prepares to write.</summary>
    /// <param name="surroundings">Where to, and whether in colour.</param>
    public GazetteView(Surroundings surroundings) => _page = new Page(surroundings);

    /// <summary>Writes the whole to standard output.</summary>
    /// <param name="title">The list's name.</param>
    /// <param name="before">What the former version is called.</param>
    /// <param name="after">What the newer version is called.</param>
    /// <param name="diff">The changes.</param>
    public void Write(string title, string before, string after, ListDiff diff)
    {
        _page.Line(Shown.Text(title), "bold");
        _page.Line($"  from  {Shown.Text(before)}", "dim");
        _page.Line($"  to    {Shown.Text(after)}", "dim");
        _page.Line(string.Create(CultureInfo.InvariantCulture, $"  {diff.Added.Length:N0} added, {diff.Removed.Length:N0} removed, {diff.Amended.Length:N0} amended"));
        Write("ADDED", "green", diff.Added, WriteParticulars);
        Write("REMOVED: NO LONGER LISTED", "red", diff.Removed, WriteParticulars);
        // Who compares two versions looks for what makes another match first; most amendments are of remarks.
        Write("AMENDED", "yellow", [.. diff.Amended.Where(change => !Gazette.IsOfRemarksOnly(change))], WriteAmendments);
        Write("AMENDED IN REMARKS AND DATES OF THE LIST ONLY", "yellow", [.. diff.Amended.Where(Gazette.IsOfRemarksOnly)], WriteAmendments);
        _page.Flush();
    }

    private void Write(string heading, string style, ImmutableArray<EntityChange> changes, Action<EntityChange> details)
    {
        if (changes.IsEmpty)
            return;
        _page.Line();
        _page.Line(string.Create(CultureInfo.InvariantCulture, $"{heading} ({changes.Length:N0})"), $"bold {style}");
        foreach (var change in changes)
        {
            _page.Line();
            _page.Line(($"  {Shown.OneLine(change.Entity.Id)}  ", style), (Shown.Text(change.Entity.Caption), "bold"));
            if (OriginalScript(change.Entity) is { Count: > 0 } original)
                _page.Line($"      {Shown.Text(string.Join("; ", original))}");
            _page.Line($"      {Heading(change)}", "dim");
            details(change);
        }
    }

    /// <summary>The names in letters other than Latin, for whoever knows the subject by those.</summary>
    private static List<string> OriginalScript(Entity entity) =>
        [.. entity.Get("name").Where(name => name != entity.Caption && name.Any(c => c > LastLatinLetter && char.IsLetter(c)) && !name.Any(char.IsAsciiLetter))];

    /// <summary>Schema, programme and dates.</summary>
    private static string Heading(EntityChange change)
    {
        var parts = new List<string> { Words(change.Entity.Schema) };
        if (change.Entity.Target == false)
            parts.Add("not itself listed");
        var sanctions = change.Linked.Where(entity => entity.Schema == "Sanction").ToList();
        var programmes = sanctions.SelectMany(sanction => sanction.Get("program")).Concat(change.Entity.Get("program")).Distinct().ToList();
        if (programmes.Count > 0)
            parts.Add($"programme {Cut(string.Join("; ", programmes))}");
        var listed = SanctionDates.Select(property => sanctions.SelectMany(sanction => sanction.Get(property)).Distinct().ToList()).ToList();
        if (listed[0].Count > 0 || listed[1].Count > 0)
            parts.Add($"listed on {string.Join(", ", listed[0].Count > 0 ? listed[0] : listed[1])}");
        if (listed[2].Count > 0)
            parts.Add($"until {string.Join(", ", listed[2])}");
        if (change.Entity.Get("modifiedAt") is { IsEmpty: false } amended)
            parts.Add($"last amended {amended.Max(StringComparer.Ordinal)}");
        return string.Join(" · ", parts);
    }

    private void WriteParticulars(EntityChange change)
    {
        var entity = change.Entity;
        var original = OriginalScript(entity); // told above
        foreach (var (label, properties) in Particulars)
        {
            var values = properties.SelectMany(property => entity.Get(property).Select(value => Value(property, value)))
                .Where(value => value != entity.Caption && !original.Contains(value)).Distinct().ToList();
            if (values.Count > 0)
                _page.Line($"      {label,-15}{string.Join("; ", values.Take(MostValues).Select(Cut))}{More(values.Count)}");
        }
    }

    /// <summary>Property by property, what it was and what it is.</summary>
    private void WriteAmendments(EntityChange change)
    {
        foreach (var property in Gazette.Amendments(change))
            Write(property);
    }

    private void Write(PropertyChange property)
    {
        var label = $"      {Label(property.Property),-20} ";
        var name = property.Property.Split('.')[^1];
        foreach (var (former, newer) in Gazette.Pairs(property))
        {
            if (former is null)
                WriteLine(label, "+ ", "green", Cut(Value(name, newer!)));
            else if (newer is null)
                WriteLine(label, "- ", "red", Cut(Value(name, former)));
            else
                WritePair(label, name, former, newer);
        }
    }

    private void WritePair(string label, string name, string former, string newer)
    {
        // Of a long text what changed is enough; a document or an address is nothing without its number or street.
        var (before, after) = !char.IsUpper(name[0]) && (former.Length > LongestPair || newer.Length > LongestPair)
            ? ChangedText.Between(former, newer)
            : (Value(name, former), Value(name, newer));
        (before, after) = (Cut(before), Cut(after));
        // What reads from the right to the left stands on a line of its own.
        if (before.Length + after.Length <= LongestPair && !(before + after).Contains('\u2068') && before != after)
        {
            _page.Line($"{label}{before} -> {after}");
            return;
        }
        WriteLine(label, "- ", "red", before);
        WriteLine(label, "+ ", "green", after);
    }

    private void WriteLine(string label, string sign, string style, string value) => _page.Line((label, ""), (sign, style), (value, ""));

    private static string More(int count) => count > MostValues ? string.Create(CultureInfo.InvariantCulture, $"; and {count - MostValues} more") : "";

    private static string Value(string property, string value) =>
        property is "nationality" or "country" or "jurisdiction" or "flag" or "birthCountry" ? Countries.NameOf(value) : value;

    private static string Cut(string value) =>
        Shown.Text(value.Length <= LongestValue ? value : value[..(char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue)] + "...");

    /// <summary><c>birthDate</c> is <c>birth date</c>, <c>Sanction.endDate</c> is <c>sanction: end date</c>.</summary>
    private static string Label(string property)
    {
        var dot = property.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Words(property) : $"{Words(property[..dot])}: {Words(property[(dot + 1)..])}";
    }

    private static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }
        return words.ToString();
    }
}
