using System.Collections.Immutable;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Records;
using Entente.Records.Json;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests.Stix;

/// <summary>Records of invented people and things.</summary>
internal static class Samples
{
    public const string Us = "node-us", Ally = "node-ally";

    public static readonly DateTimeOffset First = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static Marking Marking { get; } = new()
    {
        Originator = Us,
        Tlp = Tlp.Amber,
        Audience = Audience.Of([Ally, "node-third"]),
        LegalBasis = "S/RES/2253 (2015)",
        Purpose = "counter-terrorism",
        Category = EntityCategory.Suspect,
        Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
        Expires = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static Marking MarkingFor(string schema) => Marking with
    {
        Category = Schemata.IsA(schema, "Person") ? EntityCategory.Suspect : Schemata.IsA(schema, "LegalEntity") ? EntityCategory.Organisation : EntityCategory.Thing,
    };

    public static MarkedEntity Person { get; } = new(
        new EntityBuilder("own-1", "Person", "own")
        {
            FirstSeen = "2026-02-01", LastSeen = "2026-03-01T08:00:00", LastChange = "2026-02-15", Target = true, Referents = ["old-1"],
        }
            .Add("name", "Tamim al-Nahri").Add("name", "تميم النهري", "ara").Add("alias", "Abu Sakhr").Add("alias", "Тамим ан-Нахри", "rus")
            .Add("birthDate", "1963", originalValue: "approximately 1963").Add("nationality", "sy").Add("passportNumber", "N 004411")
            .Add("notes", "Seen at the harbour.").Add("email", "tamim@example.org").Add("addressEntity", "own-2").Add("sourceUrl", "https://example.org/report?id=7").Build(),
        Marking)
    {
        Version = 3,
        Marks =
        [
            new MarkedStatement("alias", "Abu Sakhr", new StatementMark(Tlp.Red, Audience.Of([Ally]))),
            new MarkedStatement("passportNumber", "N 004411", new StatementMark(Tlp.AmberStrict, Audience.Anyone)),
            new MarkedStatement("email", "tamim@example.org", new StatementMark(Tlp.Red, Audience.Nobody)),
        ],
    };

    public static MarkedEntity Address { get; } = Of("Address", "own-2", ("full", "4 Invented Quay, Latakia"), ("street", "4 Invented Quay"), ("city", "Latakia"), ("country", "sy"), ("latitude", "35.5"), ("longitude", "35.78"));

    public static MarkedEntity Company { get; } = Of("Company", "own-3", ("name", "Nahri Invented Trading"), ("jurisdiction", "cy"), ("registrationNumber", "HE 991100"));

    public static MarkedEntity Ownership { get; } = Of("Ownership", "own-4", ("owner", "own-1"), ("asset", "own-3"), ("role", "beneficial owner"), ("startDate", "2019-05-01"), ("endDate", "2021-01-31"), ("percentage", "60"));

    public static MarkedEntity Vessel { get; } = Of("Vessel", "own-5", ("name", "Invented Pelican"), ("imoNumber", "9074729"), ("flag", "pa"));

    public static MarkedEntity Sanction { get; } = Of("Sanction", "own-6", ("entity", "own-1"), ("authority", "Invented Council"));

    public static ImmutableArray<MarkedEntity> All { get; } = [Person, Address, Company, Ownership, Vessel, Sanction];

    public static MarkedEntity Of(string schema, string id, params (string Property, string Value)[] values)
    {
        var builder = new EntityBuilder(id, schema, "own");
        foreach (var (property, value) in values)
            builder.Add(property, value);
        return new MarkedEntity(builder.Build(), MarkingFor(schema));
    }

    public static StixSource Source(MarkedEntity record, bool recalled = false) => new(record, First, First.AddDays(record.Version - 1), recalled);

    public static ImmutableArray<StixWritten> Write(params IEnumerable<MarkedEntity> records) => StixWriter.Write(records.Select(record => Source(record)));

    public static StixImported Read(IEnumerable<StixWritten> written) =>
        StixImport.Read(StixReader.Read(StixBundle.Of(written.Select(item => item.Item)).ToUtf8(), "test"), "test");

    /// <summary>All of a record as a text, so that two can be compared.</summary>
    public static string Text(MarkedEntity record) => string.Join('\n',
    [
        EntityJson.ToText(record.Entity),
        .. record.Entity.Statements.Select(statement => statement.ToString()),
        // The text of a time has whole seconds alone.
        $"{record.Marking} {record.Marking.Expires.UtcTicks}",
        record.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        .. record.Marks.Select(mark => mark.ToString()).Order(StringComparer.Ordinal),
    ]);
}
