using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Web.Words;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Node.Holdings.Pages;

/// <summary>A line of the form: one value of one property, and what marks it more tightly than its record.</summary>
/// <param name="Property">The property; empty where none is chosen.</param>
/// <param name="Value">The value; a line without one counts for nothing.</param>
/// <param name="Tlp">The label of its level; empty for that of the record.</param>
/// <param name="Only">The nodes that it may go to, apart by spaces; empty for those of the record, <see cref="RecordForm.Nobody"/> for none.</param>
/// <param name="Lang">Its language, which is kept and not shown.</param>
internal sealed record RecordLine(string Property, string Value = "", string Tlp = "", string Only = "", string Lang = "");

/// <summary>A record as somebody types it, and as what was typed reads.</summary>
internal static class RecordForm
{
    /// <summary>Stands for no node at all.</summary>
    public const string Nobody = "nobody";

    /// <summary>Most lines that a page shows: records with more are written by programs, which also change them.</summary>
    public const int MostLines = 150;

    /// <summary>What records are about, the most usual first.</summary>
    public static IReadOnlyList<string> Schemas { get; } = ["Person", "Organization", "Company", "LegalEntity", "Vessel", "Airplane", "Vehicle", "CryptoWallet", "Address"];

    private static readonly string[] Usual =
        ["name", "name", "alias", "birthDate", "birthPlace", "nationality", "gender", "passportNumber", "idNumber", "flag", "imoNumber", "mmsi", "registrationNumber", "publicKey", "currency", "country", "address", "full", "notes"];

    /// <summary>The lines of an empty form.</summary>
    /// <param name="schema">The schema.</param>
    public static IReadOnlyList<RecordLine> LinesFor(string schema) =>
        [.. Usual.Where(property => Schemata.TypeOf(schema, property) is not null).Where(property => !Schemata.IsA(schema, "Person") || property is not ("registrationNumber" or "country")).Select(property => new RecordLine(property)), new(""), new("")];

    /// <summary>The lines of a record that is there, and some empty ones.</summary>
    /// <param name="statements">What it says.</param>
    public static IReadOnlyList<RecordLine> LinesOf(IEnumerable<RecordStatement> statements) =>
        [.. statements.Select(each => new RecordLine(each.Property, each.Value, each.Mark is { } mark && mark.Tlp != Records.Markings.Tlp.Clear ? mark.Tlp.Label() : "", Only(each.Mark), each.Lang ?? "")), new(""), new(""), new("")];

    /// <summary>Statements as people read them: what it is called comes first.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="statements">What a record says.</param>
    public static IEnumerable<RecordStatement> NamesFirst(string schema, IEnumerable<RecordStatement> statements) =>
        statements.OrderBy(each => each.Property == "name" ? 0 : Schemata.TypeOf(schema, each.Property) == "name" ? 1 : 2);

    /// <summary>The lines as they were sent.</summary>
    /// <param name="fields">What all fields of a name hold, in their order.</param>
    public static IReadOnlyList<RecordLine> Lines(Func<string, IReadOnlyList<string>> fields)
    {
        var (properties, values, levels, only, languages) = (fields("property"), fields("value"), fields("value-tlp"), fields("value-only"), fields("value-lang"));
        var count = new[] { properties.Count, values.Count, levels.Count, only.Count, languages.Count }.Min();
        return [.. Enumerable.Range(0, Math.Min(count, MostLines)).Select(at => new RecordLine(properties[at], values[at], levels[at], only[at], languages[at]))];
    }

    /// <summary>What was typed, as a draft.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="field">What a field holds.</param>
    /// <param name="fields">What all fields of a name hold.</param>
    /// <param name="words">Genders and countries as the reader writes them.</param>
    /// <param name="ends">When the version before ends, which stays to the second where its day does; null for a new record.</param>
    /// <exception cref="RequestException">400: a field cannot be read.</exception>
    public static RecordDraft Read(string schema, IReadOnlyList<RecordLine> lines, Func<string, string> field, Func<string, IReadOnlyList<string>> fields, EntityWords words, DateTimeOffset? ends = null)
    {
        var said = lines.Where(line => line.Value.Length > 0).ToList();
        if (said.Find(line => line.Property.Length == 0) is { } lost)
            throw RequestException.Bad($"'{QueryText.Short(lost.Value)}' stands beside no property: choose what it is.");
        return new RecordDraft(
            schema,
            said.GroupBy(line => line.Property, StringComparer.Ordinal).ToImmutableDictionary(group => group.Key, group => group.Select(line => Json(schema, line, words)).ToImmutableArray(), StringComparer.Ordinal),
            new MarkingDraft(
                TlpText.TryParse(field("tlp"), out var level) ? level : throw RequestException.Bad("tlp: expected one of the five levels."),
                field("legalBasis"),
                field("purpose"),
                Enum.TryParse<EntityCategory>(field("category"), out var category) ? category : EntityCategory.None,
                SourceGrade.TryParse(field("source") + field("information"), out var grade) ? grade : throw RequestException.Bad("grade: expected how far source and content are to be relied on."),
                (EndOf(field("expires")) is var end && ends?.UtcDateTime.Date == end?.UtcDateTime.Date ? ends : end) ?? throw RequestException.Bad("expires: expected a day such as 2027-03-14."),
                AudienceOf(field("audience"), fields("nodes"))));
    }

    /// <summary>Who a marking is for, as chosen.</summary>
    /// <param name="choice"><c>anyone</c>, or <c>only</c> for the nodes ticked.</param>
    /// <param name="nodes">The nodes ticked.</param>
    public static Audience AudienceOf(string choice, IReadOnlyList<string> nodes) => choice == "anyone" ? Audience.Anyone : Audience.Of(nodes.Where(node => node.Length > 0));

    /// <summary>The last second of a day.</summary>
    /// <param name="text">The day as a browser sends it.</param>
    /// <returns>Null for none.</returns>
    public static DateTimeOffset? EndOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
        ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds(-1)
        : null;

    private static string Only(StatementMark? mark) => mark is null || mark.Audience.IsAnyone ? "" : mark.Audience.Nodes.Count == 0 ? Nobody : string.Join(' ', mark.Audience.Nodes);

    private static JsonElement Json(string schema, RecordLine line, EntityWords words)
    {
        Tlp? level = line.Tlp.Length == 0 ? null
            : TlpText.TryParse(line.Tlp, out var read) ? read : throw RequestException.Bad($"properties.{line.Property}: '{QueryText.Short(line.Tlp)}' is none of the five levels.");
        var audience = line.Only.Length == 0 ? null : line.Only == Nobody ? Audience.Nobody : Audience.Of(line.Only.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var lang = line.Lang.Length > 0 ? line.Lang : null;
        return JsonSerializer.SerializeToElement(new { Value = Words(schema, line, words), Lang = lang, Tlp = level, Audience = audience }, NodeJson.Options);
    }

    /// <summary>A value as it was typed, but for what the page itself puts into the reader's words.</summary>
    private static string Words(string schema, RecordLine line, EntityWords words) => Schemata.TypeOf(schema, line.Property) == "gender"
        ? RecordDraft.Genders.FirstOrDefault(gender => string.Equals(line.Value, words.Value(schema, line.Property, gender), StringComparison.CurrentCultureIgnoreCase), line.Value)
        : line.Value;
}
