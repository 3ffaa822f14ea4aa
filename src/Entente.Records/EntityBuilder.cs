using System.Collections.Immutable;

namespace Entente.Records;

/// <summary>Gathers the values of one entity, then makes it. Not thread-safe.</summary>
/// <example><code>
/// var entity = new EntityBuilder("un-QDi.999", "Person", "un-sc")
///     .Add("name", "Tamim al-Nahri")
///     .Add("birthDate", "1963", originalValue: "approximately 1963")
///     .Build();
/// </code></example>
public sealed class EntityBuilder
{
    private const int SearchOneByOne = 32;

    private readonly string? _dataset;
    private readonly List<DistinctValues> _values = [];
    private Dictionary<string, DistinctValues>? _index;
    private readonly List<Statement> _statements = [];
    private readonly List<string> _datasets = [];

    /// <summary>Starts an entity.</summary>
    /// <param name="id">The id; not blank.</param>
    /// <param name="schema">An FtM schema that <see cref="Schemata"/> knows.</param>
    /// <param name="dataset">The dataset that the values added will be attributed to; <see langword="null"/> when not known.</param>
    /// <exception cref="ArgumentException">The id is blank or the schema unknown.</exception>
    public EntityBuilder(string id, string schema, string? dataset)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (!Schemata.IsKnown(schema))
            throw new ArgumentException($"'{schema}' is not a FollowTheMoney schema.", nameof(schema));
        Id = id;
        Schema = schema;
        _dataset = dataset;
        if (dataset is not null)
            _datasets.Add(dataset);
    }

    /// <summary>The id given.</summary>
    public string Id { get; }

    /// <summary>The schema given.</summary>
    public string Schema { get; }

    /// <summary>A caption chosen by the source; when unset, one is chosen as FtM does.</summary>
    public string? Caption { get; set; }

    /// <summary>As <see cref="Entity.Referents"/>.</summary>
    public ImmutableArray<string> Referents { get; set; } = [];

    /// <summary>As <see cref="Entity.FirstSeen"/>; given to every value added after it is set.</summary>
    public string? FirstSeen { get; set; }

    /// <summary>As <see cref="Entity.LastSeen"/>; given to every value added after it is set.</summary>
    public string? LastSeen { get; set; }

    /// <summary>As <see cref="Entity.LastChange"/>.</summary>
    public string? LastChange { get; set; }

    /// <summary>As <see cref="Entity.Target"/>.</summary>
    public bool? Target { get; set; }

    /// <summary>Adds a value. A blank one is ignored, and one already there is not repeated.</summary>
    /// <param name="property">Property name. Names outside the FtM vocabulary are kept.</param>
    /// <param name="value">The value in FtM form; surrounding white space is cut off.</param>
    /// <param name="lang">Language, ISO 639-3, when known.</param>
    /// <param name="originalValue">The wording of the source, when it differs from the value.</param>
    /// <returns>This builder.</returns>
    public EntityBuilder Add(string property, string? value, string? lang = null, string? originalValue = null)
    {
        if (string.IsNullOrWhiteSpace(value))
            return this;
        var trimmed = value.Trim();
        return Add(new Statement(Id, Schema, property, trimmed, _dataset ?? Statement.UndefinedDataset)
        {
            Lang = lang,
            OriginalValue = originalValue == trimmed ? null : originalValue,
            FirstSeen = FirstSeen,
            LastSeen = LastSeen,
        });
    }

    /// <summary>Adds a value with its whole provenance. An equal statement is not repeated; one that gives the
    /// same value in other words (<see cref="Statement.OriginalValue"/>) stands beside the first.</summary>
    /// <param name="statement">A statement about this entity, whatever id and schema it was made under.</param>
    /// <returns>This builder.</returns>
    public EntityBuilder Add(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentException.ThrowIfNullOrEmpty(statement.Property, nameof(statement));
        // A new value makes a new statement; only a known one needs the comparison.
        if (!AddValue(statement.Property, statement.Value) && _statements.Contains(statement))
            return this;
        _statements.Add(statement);
        if (statement.Dataset != Statement.UndefinedDataset)
            AddDataset(statement.Dataset);
        return this;
    }

    /// <summary>Whether the property holds the value already.</summary>
    /// <param name="property">Property name.</param>
    /// <param name="value">Value in FtM form.</param>
    /// <returns>True when added before.</returns>
    public bool Has(string property, string value) => Find(property)?.Contains(value) ?? false;

    /// <summary>The values added to a property so far.</summary>
    /// <param name="property">Property name.</param>
    /// <returns>In the order they were added; empty when there are none.</returns>
    public ImmutableArray<string> Values(string property) => Find(property)?.ToImmutable() ?? [];

    /// <summary>Names a dataset that describes the entity.</summary>
    /// <param name="dataset">Dataset name.</param>
    /// <returns>This builder.</returns>
    public EntityBuilder AddDataset(string dataset)
    {
        if (!_datasets.Contains(dataset))
            _datasets.Add(dataset);
        return this;
    }

    /// <summary>Makes the entity from what was added so far.</summary>
    /// <returns>An immutable entity; later changes to this builder do not reach it.</returns>
    public Entity Build() => Build(keepStatements: true);

    /// <summary>Makes the entity; statements that say no more than the properties do may be left to be derived, to save memory.</summary>
    internal Entity Build(bool keepStatements)
    {
        var properties = new KeyValuePair<string, ImmutableArray<string>>[_values.Count];
        for (var i = 0; i < properties.Length; i++)
            properties[i] = new(_values[i].Property, _values[i].ToImmutable());
        return new Entity(this, [.. _datasets], new PropertyMap(properties), keepStatements ? [.. _statements] : default);
    }

    /// <summary>Adds a bare value, without a statement: for sources that carry no provenance.</summary>
    /// <returns>False when the property had the value already.</returns>
    internal bool AddValue(string property, string value)
    {
        if (Find(property) is { } known)
            return known.Add(value);
        var values = new DistinctValues(property);
        _values.Add(values);
        if (_index is null && _values.Count > SearchOneByOne)
            _index = _values.ToDictionary(each => each.Property, StringComparer.Ordinal);
        else
            _index?.Add(property, values);
        return values.Add(value);
    }

    private DistinctValues? Find(string property)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(property);
        foreach (var values in _values)
        {
            if (values.Property == property)
                return values;
        }
        return null;
    }
}
