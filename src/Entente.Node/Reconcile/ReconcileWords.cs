using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Node.Yente;
using Entente.Records;

namespace Entente.Node.Reconcile;

/// <summary>Types and properties as the Reconciliation API shows them to people.</summary>
internal static class ReconcileWords
{
    /// <summary>The types that are worth choosing, the usual ones first.</summary>
    public static ImmutableArray<string> Types { get; } =
        [.. new[] { "Person", "Organization", "Company", "LegalEntity", "Vessel", "Airplane", "PublicBody" }.Concat(Schemata.All.Where(schema => Schemata.IsMatchable(schema) && Schemata.IsConcrete(schema))).Distinct()];

    /// <summary>All properties of those types, by name.</summary>
    public static ImmutableArray<string> Properties { get; } = [.. Types.SelectMany(Schemata.PropertiesOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A name of the vocabulary in words: <c>birthDate</c> is "Birth date".</summary>
    public static string Label(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && words.Length > 0)
                words.Append(' ');
            words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
        }
        return words.ToString();
    }

    /// <summary>Whether a name or its words begin with what somebody typed.</summary>
    public static bool Begins(string name, string prefix) =>
        prefix.Length > 0 && (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || Label(name).Split(' ').Any(word => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || Label(name).StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>A property by the name that a client gives it: <c>birthDate</c> or <c>Person:birthDate</c>.</summary>
    public static string Property(string id) => id[(id.LastIndexOf(':') + 1)..];

    /// <summary>What tells an entity from its namesakes, in a line.</summary>
    public static string Describe(EntityShape shape) => string.Join(" · ", new[]
    {
        Label(shape.Schema),
        string.Join(", ", shape.Get("birthDate").Concat(shape.Get("incorporationDate")).Take(2)),
        string.Join(", ", ListedTable.CountryProperties.SelectMany(shape.Get).Distinct(StringComparer.Ordinal).Take(3).Select(Countries.NameOf)),
        string.Join(", ", shape.Datasets),
    }.Where(part => part.Length > 0));

    /// <summary>Writes an id with its name.</summary>
    public static void WriteNamed(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", Label(id));
        json.WriteEndObject();
    }

    /// <summary>Writes the members that name an entity.</summary>
    public static void WriteEntity(Utf8JsonWriter json, EntityShape shape)
    {
        json.WriteString("id", shape.Id);
        json.WriteString("name", shape.Caption);
        json.WriteString("description", Describe(shape));
        json.WriteStartArray("type");
        WriteNamed(json, shape.Schema);
        json.WriteEndArray();
    }

    /// <summary>A value as people read it: of a country its name.</summary>
    public static string Caption(string schema, string property, string value) => Schemata.TypeOf(schema, property) == "country" ? Countries.NameOf(value) : value;

    /// <summary>A number in words that every locale reads.</summary>
    public static string Text(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
