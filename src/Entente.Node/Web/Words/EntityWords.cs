using System.Globalization;
using System.Text;
using Entente.Node.Web.Localisation;
using Entente.Records;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Web.Words;

/// <summary>Entities in the reader's language: what their schemata and properties are called, and how values are written.</summary>
/// <param name="texts">The words.</param>
public sealed class EntityWords(IStringLocalizer<EntityTexts> texts)
{
    /// <summary>The name of a schema.</summary>
    /// <param name="schema">An FtM schema, such as <c>Person</c>.</param>
    public string Schema(string schema) => Find("Schema." + schema) ?? Spaced(schema);

    /// <summary>The name of a property.</summary>
    /// <param name="property">An FtM property, such as <c>birthDate</c>; or one of what hangs on an entity, such as <c>Sanction.endDate</c>; or a schema.</param>
    public string Property(string property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var dot = property.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            return $"{Schema(property[..dot])} · {Property(property[(dot + 1)..])}";
        return Find("Property." + property) ?? (char.IsAsciiLetterUpper(property.FirstOrDefault()) ? Schema(property) : Spaced(property));
    }

    /// <summary>What a piece of evidence is about.</summary>
    /// <param name="feature">Such as <c>alias</c>, <c>document</c>.</param>
    public string Feature(string feature) => Find("Feature." + feature) ?? Property(feature);

    /// <summary>The name of a country.</summary>
    /// <param name="code">Its FtM code.</param>
    public string Country(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Find("Country." + code.ToLowerInvariant()) ?? Countries.NameOf(code);
    }

    /// <summary>All countries, by their names in the reader's language.</summary>
    public IReadOnlyList<(string Code, string Name)> AllCountries() =>
        [.. texts.GetAllStrings(includeParentCultures: true)
            .Where(text => text.Name.StartsWith("Country.", StringComparison.Ordinal))
            .Select(text => (text.Name["Country.".Length..], text.Value))
            .OrderBy(country => country.Value, StringComparer.Create(CultureInfo.CurrentCulture, CompareOptions.IgnoreNonSpace))];

    /// <summary>What two entries were held to be one by.</summary>
    /// <param name="basis">The basis.</param>
    public string Basis(Entente.Screening.Listings.LinkBasis basis) => Find($"Basis.{basis}") ?? basis.ToString();

    /// <summary>A value as the reader's language writes it: countries by name, dates with their month in words.</summary>
    /// <param name="schema">The schema of the entity.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value in FtM form.</param>
    public string Value(string schema, string property, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Schemata.TypeOf(schema, property) switch
        {
            "country" => Country(value),
            "date" => Date(value),
            "gender" => Find("Gender." + value) ?? value,
            "topic" => Find("Topic." + value) ?? value,
            _ => value,
        };
    }

    /// <summary>A value in evidence, where the engine writes countries in English.</summary>
    /// <param name="feature">What the evidence is about.</param>
    /// <param name="value">The value; null where a side says nothing.</param>
    public string? EvidenceValue(string feature, string? value) => (feature, value) switch
    {
        (_, null) => null,
        ("nationality" or "country", _) => string.Join(Languages.Comma, value.Split(", ").Select(name => Countries.TryNormalise(name, out var code) ? Country(code) : name)),
        ("birthDate", _) => Date(value),
        ("gender", _) => Find("Gender." + value) ?? value,
        _ => value,
    };

    /// <summary>A date, whole or in part; anything else as it is.</summary>
    /// <param name="value">A prefix of <c>YYYY-MM-DD</c>, or a moment in ISO 8601.</param>
    public static string Date(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var day = value.Length > 10 && value[10] is 'T' or ' ' ? value[..10] : value;
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole))
            return TimeWords.Day(whole);
        return DateOnly.TryParseExact(day, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month.ToString("MMMM yyyy", CultureInfo.CurrentCulture)
            : value;
    }

    private string? Find(string key) => texts[key] is { ResourceNotFound: false } found ? found.Value : null;

    /// <summary><c>pastFlags</c> is <c>Past flags</c>: FtM's own word is better than none.</summary>
    private static string Spaced(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0)
                words.Append(' ');
            words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
        }
        return words.ToString();
    }
}
