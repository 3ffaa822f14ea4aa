using System.Collections.Immutable;
using Entente.Exchange.Marked;
using Entente.Exchange.Signing;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Release;

/// <summary>One version of a record: an entity with its marking. Immutable.</summary>
public sealed record RecordContent
{
    private const int MaxId = 200;

    /// <summary>The most statements that one record holds.</summary>
    public const int MaxStatements = 2000;

    /// <summary>The record's id, which is the id of its entity: unique at its originator; 1 to 200 characters.</summary>
    public required string Id { get; init; }

    /// <summary>1 for the first version, then counted up by one.</summary>
    public required int Version { get; init; }

    /// <summary>The FtM schema of its entity.</summary>
    public required string Schema { get; init; }

    /// <summary>How it may be handled.</summary>
    public required Marking Marking { get; init; }

    /// <summary>Its statements; where some were withheld, those that are left. In their order.</summary>
    public required ImmutableArray<RecordStatement> Statements { get; init; }

    /// <summary><see cref="SignedRecord.Hash"/> of the version before; null for the first version and for no other.</summary>
    public string? Previous { get; init; }

    /// <summary>A version of a record made of an entity.</summary>
    /// <param name="entity">The entity. Its caption, datasets and referents do not travel: they are other people's, or would tell what is withheld.</param>
    /// <param name="marking">Its marking.</param>
    /// <param name="version">1 for the first version.</param>
    /// <param name="previous"><see cref="SignedRecord.Hash"/> of the version before; null for the first one.</param>
    /// <param name="markOf">How statements are marked more tightly; null where none is.</param>
    /// <returns>The content.</returns>
    public static RecordContent Of(Entity entity, Marking marking, int version = 1, string? previous = null, Func<Statement, StatementMark?>? markOf = null)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return new RecordContent
        {
            Id = entity.Id,
            Version = version,
            Schema = entity.Schema,
            Marking = marking,
            Statements = [.. entity.Statements.Where(each => !string.IsNullOrWhiteSpace(each.Value)).Select(each => RecordStatement.Of(each, markOf?.Invoke(each)))],
            Previous = previous,
        };
    }

    /// <summary>The entity.</summary>
    /// <param name="dataset">The dataset that its values will be attributed to.</param>
    /// <returns>The entity; without a name where that was withheld.</returns>
    public Entity ToEntity(string dataset)
    {
        var builder = new EntityBuilder(Id, Schema, dataset);
        foreach (var each in Statements)
        {
            builder.Add(new Statement(Id, Schema, each.Property, each.Value, dataset)
            {
                Lang = each.Lang,
                OriginalValue = each.OriginalValue,
                FirstSeen = each.FirstSeen,
                LastSeen = each.LastSeen,
            });
        }
        return builder.Build();
    }

    /// <summary>The entity with its marking, for other forms than the signed one.</summary>
    /// <param name="dataset">The dataset that its values will be attributed to.</param>
    /// <returns>The same with the marks of its statements.</returns>
    public MarkedEntity ToMarked(string dataset) => new(ToEntity(dataset), Marking)
    {
        Version = Version,
        Marks = [.. Statements.Where(each => each.Mark is not null).Select(each => new MarkedStatement(each.Property, each.Value, each.Mark!))],
    };

    /// <summary>What keeps it from being a record.</summary>
    /// <returns>The property at fault and what is expected, in one sentence; null where it is in order.</returns>
    public string? Fault() => this switch
    {
        _ when string.IsNullOrWhiteSpace(Id) || Id.Length > MaxId || Id.Any(char.IsControl) => $"id: expected 1 to {MaxId} characters on one line.",
        _ when Version < 1 => "version: expected 1 or more.",
        _ when !Schemata.IsConcrete(Schema) => "schema: expected a FollowTheMoney schema that entities have, such as Person.",
        _ when Version == 1 != Previous is null => "previous: expected the hash of the version before, and none for the first version.",
        _ when Previous is not null && !StrictBase64Url.IsHash(Previous) => "previous: expected the hash of the version before, 43 letters.",
        _ when Statements.IsDefault || Statements.Length > MaxStatements => $"statements: expected up to {MaxStatements}.",
        _ when !Statements.All(each => each.IsInOrder) => "statements: expected a property and a value in each, without white space around them.",
        _ => Marking.FaultFor(Schema) is { } fault ? $"marking.{fault}" : null,
    };
}
