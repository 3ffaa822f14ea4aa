using System.Collections.Immutable;

namespace Entente.Records;

/// <summary>The FollowTheMoney schemata: which exist, what they inherit, and what type their properties have.</summary>
/// <remarks>
/// Read once from the table <c>Data/schemata.txt</c>. Schema names are case sensitive, as in FtM.
/// Every lookup of an unknown schema answers <c>false</c>, empty or <see langword="null"/>; only readers turn that into an error.
/// </remarks>
public static class Schemata
{
    private sealed record Schema(
        bool Matchable, bool Abstract, HashSet<string> Ancestors,
        ImmutableArray<string> Caption, Dictionary<string, Property> Properties);

    private sealed record Property(string Type, string? Reverse);

    // Plain dictionaries: frozen ones look up no faster here and cost a command a tenth of its start.
    private static readonly Dictionary<string, Schema> Table = Load();

    private static readonly Lazy<HashSet<string>> Reverses = new(() =>
        new HashSet<string>(Table.Values.SelectMany(schema => schema.Properties.Values).Select(property => property.Reverse).OfType<string>(), StringComparer.Ordinal));

    /// <summary>All properties of a schema, inherited ones included.</summary>
    /// <param name="schema">A schema name.</param>
    /// <returns>By ordinal; none when unknown.</returns>
    public static IReadOnlyList<string> PropertiesOf(string schema) =>
        Table.TryGetValue(schema, out var found) ? [.. found.Properties.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>All schema names, sorted by ordinal.</summary>
    public static ImmutableArray<string> All { get; } = [.. Table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether FtM has a schema of this name, abstract ones included.</summary>
    /// <param name="schema">A schema name, such as <c>Person</c>.</param>
    /// <returns>True when known.</returns>
    public static bool IsKnown(string schema) => Table.ContainsKey(schema);

    /// <summary>Whether entities may carry this schema: known and not abstract.</summary>
    /// <param name="schema">A schema name.</param>
    /// <returns>False for unknown and for abstract schemata such as <c>Thing</c>.</returns>
    public static bool IsConcrete(string schema) => Table.TryGetValue(schema, out var found) && !found.Abstract;

    /// <summary>Whether <paramref name="schema"/> is <paramref name="ancestor"/> or inherits it.</summary>
    /// <param name="schema">The schema asked about.</param>
    /// <param name="ancestor">The possible ancestor.</param>
    /// <returns>False when <paramref name="schema"/> is unknown.</returns>
    public static bool IsA(string schema, string ancestor) =>
        Table.TryGetValue(schema, out var found) && found.Ancestors.Contains(ancestor);

    /// <summary>Whether entities of this schema are compared by name: people, organisations, vessels; not sanctions or passports.</summary>
    /// <param name="schema">A schema name.</param>
    /// <returns>False when unknown.</returns>
    public static bool IsMatchable(string schema) => Table.TryGetValue(schema, out var found) && found.Matchable;

    /// <summary>The FtM type of a property, inherited ones included.</summary>
    /// <param name="schema">A schema name.</param>
    /// <param name="property">A property name, such as <c>birthDate</c>.</param>
    /// <returns>For instance <c>name</c>, <c>date</c>, <c>country</c>, <c>identifier</c>, <c>entity</c>, <c>string</c>;
    /// <see langword="null"/> when the schema or the property is not in the vocabulary.</returns>
    public static string? TypeOf(string schema, string property) =>
        Table.TryGetValue(schema, out var found) ? found.Properties.GetValueOrDefault(property)?.Type : null;

    /// <summary>The name under which an entity shows what points to it by a property.</summary>
    /// <param name="schema">The schema of what points, such as <c>Sanction</c>.</param>
    /// <param name="property">Its property, such as <c>entity</c>.</param>
    /// <returns>Such as <c>sanctions</c>; <see langword="null"/> when the property points to no entity, or FtM has no name for the other end.</returns>
    public static string? ReverseOf(string schema, string property) =>
        Table.TryGetValue(schema, out var found) ? found.Properties.GetValueOrDefault(property)?.Reverse : null;

    /// <summary>Whether anything may be shown under this name as what points to an entity.</summary>
    /// <param name="name">Such as <c>sanctions</c>.</param>
    /// <returns>True when it is the reverse of some property of some schema.</returns>
    public static bool IsReverse(string name) => Reverses.Value.Contains(name);

    /// <summary>The properties that may serve as a caption, best first.</summary>
    /// <param name="schema">A schema name.</param>
    /// <returns>Empty when unknown.</returns>
    public static ImmutableArray<string> CaptionProperties(string schema) =>
        Table.TryGetValue(schema, out var found) ? found.Caption : [];

    private static Dictionary<string, Schema> Load()
    {
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var columns in DataTable.Read("schemata.txt", 5))
            rows.Add(columns[0], columns);

        var built = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var name in rows.Keys)
            Build(name, rows, built);
        return built;
    }

    private static Schema Build(string name, Dictionary<string, string[]> rows, Dictionary<string, Schema> built)
    {
        if (built.TryGetValue(name, out var done))
            return done;

        var columns = rows[name];
        var ancestors = new HashSet<string>(StringComparer.Ordinal) { name };
        var properties = new Dictionary<string, Property>(StringComparer.Ordinal);
        foreach (var parent in Split(columns[1], ','))
        {
            var inherited = Build(parent, rows, built);
            ancestors.UnionWith(inherited.Ancestors);
            foreach (var (property, known) in inherited.Properties)
                properties[property] = known;
        }
        foreach (var pair in Split(columns[4], ' '))
        {
            var parts = pair.Split(':');
            properties[parts[0]] = new Property(parts[1], parts.Length > 2 ? parts[2] : null);
        }

        var schema = new Schema(
            columns[2] == "m", columns[2] == "a", ancestors, [.. Split(columns[3], ',')], properties);
        built.Add(name, schema);
        return schema;
    }

    private static string[] Split(string text, char separator) =>
        text == "-" ? [] : text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
