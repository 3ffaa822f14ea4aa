using System.Collections.Immutable;

namespace Entente.Records;

/// <summary>A person, organisation, vessel, address, sanction...: an FtM entity. Immutable, thread-safe.</summary>
/// <remarks>Made by <see cref="EntityBuilder"/>. Two entities are equal only when they are the same object.</remarks>
public sealed class Entity
{
    private readonly ImmutableArray<Statement> _statements;

    internal Entity(EntityBuilder from, ImmutableArray<string> datasets,
        IReadOnlyDictionary<string, ImmutableArray<string>> properties, ImmutableArray<Statement> statements)
    {
        Id = from.Id;
        Schema = from.Schema;
        Datasets = datasets;
        Properties = properties;
        Referents = from.Referents;
        FirstSeen = from.FirstSeen;
        LastSeen = from.LastSeen;
        LastChange = from.LastChange;
        Target = from.Target;
        _statements = statements;
        Caption = from.Caption is { Length: > 0 } given ? given : CaptionChoice.Of(this);
    }

    /// <summary>The id, unique within its datasets, such as <c>un-QDi.430</c>.</summary>
    public string Id { get; }

    /// <summary>The FtM schema, such as <c>Person</c>; always one that <see cref="Schemata"/> knows.</summary>
    public string Schema { get; }

    /// <summary>What to call the entity on a screen: a name where it has one, in Latin script if possible; never empty.</summary>
    public string Caption { get; }

    /// <summary>The datasets that describe the entity, in order of first mention.</summary>
    public ImmutableArray<string> Datasets { get; }

    /// <summary>All properties with at least one value; values are distinct and in the order they were added.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Properties { get; }

    /// <summary>Ids that were merged into this entity; empty where none.</summary>
    public ImmutableArray<string> Referents { get; }

    /// <summary>When a dataset first had the entity: ISO 8601, as the source wrote it, or <see langword="null"/>.</summary>
    public string? FirstSeen { get; }

    /// <summary>When a dataset last had the entity: ISO 8601, as the source wrote it, or <see langword="null"/>.</summary>
    public string? LastSeen { get; }

    /// <summary>When the entity last changed: ISO 8601, as the source wrote it, or <see langword="null"/>.</summary>
    public string? LastChange { get; }

    /// <summary>Whether the list is about this entity (a listed person) rather than around it (an address, a relative);
    /// <see langword="null"/> when the source does not say.</summary>
    public bool? Target { get; }

    /// <summary>Every value with its provenance. Where the source had none (entity JSON), it is derived:
    /// the dataset is the entity's only one, or <see cref="Statement.UndefinedDataset"/> if it has several or none.</summary>
    public ImmutableArray<Statement> Statements => _statements.IsDefault ? Derive() : _statements;

    /// <summary>The values of a property.</summary>
    /// <param name="property">A property name, such as <c>alias</c>.</param>
    /// <returns>Empty when the entity has none.</returns>
    public ImmutableArray<string> Get(string property) => Properties.TryGetValue(property, out var values) ? values : [];

    /// <summary>Whether the entity's schema is the given one or inherits it.</summary>
    /// <param name="schema">A schema name, such as <c>LegalEntity</c>.</param>
    /// <returns>As <see cref="Schemata.IsA"/>.</returns>
    public bool IsA(string schema) => Schemata.IsA(Schema, schema);

    /// <inheritdoc/>
    public override string ToString() => $"{Schema} {Id}";

    private ImmutableArray<Statement> Derive()
    {
        var dataset = Datasets.Length == 1 ? Datasets[0] : Statement.UndefinedDataset;
        return
        [
            .. from property in Properties
               from value in property.Value
               select new Statement(Id, Schema, property.Key, value, dataset) { FirstSeen = FirstSeen, LastSeen = LastSeen },
        ];
    }
}
