using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Node.Holdings;
using Entente.Node.Store;
using Entente.Screening;

namespace Entente.Node.Alerts;

/// <summary>Somebody who was screened, and what matched: what alerts are raised from.</summary>
/// <param name="SubjectKey">As <see cref="Alert.SubjectKey"/>: see <see cref="SubjectKeys"/>.</param>
/// <param name="Caption">What to call who was screened.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Matches">What was found; only matches become alerts (<see cref="Match.IsMatch"/>).</param>
/// <param name="Covers">Of which alerts these are all matches there are, so that those on others are to be withdrawn; null for none.</param>
/// <param name="Reference">The reference of a subject of the book.</param>
internal sealed record Screened(string SubjectKey, string Caption, Query Query, ImmutableArray<Match> Matches, Func<Alert, bool>? Covers = null, string? Reference = null)
{
    /// <summary>A screening against all lists in use says nothing of alerts that rest on records.</summary>
    public static bool OnLists(Alert alert) => HeldRecord.OriginatorOf(alert.EntityId) is null;

    /// <summary>By what its owner knows who was screened; null where by nothing.</summary>
    public string? KnownBy => Reference ?? SubjectKeys.ReferenceOf(SubjectKey);
}

/// <summary>How those who are screened are known from one screening to the next.</summary>
internal static class SubjectKeys
{
    private const string SubjectPrefix = "subject:", ReferencePrefix = "reference:";

    /// <summary>Of a subject of the book.</summary>
    public static string OfSubject(string id) => SubjectPrefix + id;

    /// <summary>The id of a subject of the book; null for all others.</summary>
    public static string? SubjectOf(string key) => key.StartsWith(SubjectPrefix, StringComparison.Ordinal) ? key[SubjectPrefix.Length..] : null;

    /// <summary>Of one whom the caller names by a reference of its own, and who is not in the book.</summary>
    public static string OfReference(string reference) => ReferencePrefix + reference;

    /// <summary>The reference by which a caller names somebody who is not in the book; null for all others.</summary>
    public static string? ReferenceOf(string key) => key.StartsWith(ReferencePrefix, StringComparison.Ordinal) ? key[ReferencePrefix.Length..] : null;

    /// <summary>Of one of whom nothing is known but what was asked.</summary>
    public static string OfQuery(Query query) => "query:" + FactsOf(query)[..32];

    /// <summary>SHA-256 over schema and facts in lower-case hex: the same in whatever order they are given.</summary>
    public static string FactsOf(Query query) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(QueryFacts.Of(query, sorted: true))));
}

/// <summary>A query as JSON: schema, and FtM properties.</summary>
internal static class QueryFacts
{
    /// <summary>As JSON.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sorted">Whether values stand in ordinal order, so that the same facts are the same text.</param>
    public static string Of(Query query, bool sorted = false)
    {
        ArgumentNullException.ThrowIfNull(query);
        return JsonSerializer.Serialize(new { schema = query.Schema, properties = Properties(query, sorted) }, NodeJson.Options);
    }

    /// <summary>Its FtM properties; empty ones are left out.</summary>
    public static SortedDictionary<string, ImmutableArray<string>> Properties(Query query, bool sorted = false)
    {
        var properties = new SortedDictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        Add("name", query.Names);
        Add("birthDate", query.BirthDates);
        Add("nationality", query.Nationalities);
        Add("country", query.Countries);
        Add("gender", query.Genders);
        Add("birthPlace", query.Places);
        Add("idNumber", query.Documents);
        return properties;

        void Add(string name, ImmutableArray<string> values)
        {
            if (!values.IsEmpty)
                properties[name] = sorted ? [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : values;
        }
    }

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    public static Query Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement.GetProperty("schema").GetString()!, document.RootElement.GetProperty("properties"));
    }

    /// <summary>Reads properties that <see cref="Properties"/> made.</summary>
    public static Query Read(string schema, string properties)
    {
        using var document = JsonDocument.Parse(properties);
        return Read(schema, document.RootElement);
    }

    private static Query Read(string schema, JsonElement properties)
    {
        return new Query
        {
            Schema = schema,
            Names = Values("name"),
            BirthDates = Values("birthDate"),
            Nationalities = Values("nationality"),
            Countries = Values("country"),
            Genders = Values("gender"),
            Places = Values("birthPlace"),
            Documents = Values("idNumber"),
        };

        ImmutableArray<string> Values(string name) =>
            properties.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
    }
}
