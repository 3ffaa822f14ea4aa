using System.Collections.Immutable;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Marked;

/// <summary>One statement of an entity that is marked more tightly than the entity.</summary>
/// <param name="Property">The property, such as <c>passportNumber</c>.</param>
/// <param name="Value">The value; every statement of it is meant, whichever dataset it is from.</param>
/// <param name="Mark">How it is marked.</param>
public sealed record MarkedStatement(string Property, string Value, StatementMark Mark);

/// <summary>An entity that is on no public list, with how it may be handled. Immutable.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Marking">Its marking.</param>
public sealed record MarkedEntity(Entity Entity, Marking Marking)
{
    /// <summary>Which version of the record it is: 1 for the first.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Statements that are marked more tightly; one that the entity does not have means nothing.</summary>
    public ImmutableArray<MarkedStatement> Marks { get; init; } = [];

    /// <summary>The marking that holds for a value.</summary>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    /// <returns>The entity's marking, made as tight as all marks of the value ask for.</returns>
    public Marking MarkingOf(string property, string value) =>
        Marks.Where(mark => mark.Property == property && mark.Value == value).Aggregate(Marking, (marking, mark) => mark.Mark.Under(marking));

    /// <summary>What of it one node may hand to another, as far as the markings go.</summary>
    /// <param name="from">The node that hands it on.</param>
    /// <param name="to">The node that receives it.</param>
    /// <returns>Null where the marking does not allow it; else without the statements whose marks do not.</returns>
    public MarkedEntity? For(string from, string to) => Marking.Allows(from, to) ? Keep(marking => marking.Allows(from, to)) : null;

    /// <summary>What of it everybody may see who may see any of it: without the statements that are marked more tightly than the entity.</summary>
    /// <returns>This one where there is none.</returns>
    public MarkedEntity Untightened() => Keep(marking => marking == Marking);

    private MarkedEntity Keep(Func<Marking, bool> allowed)
    {
        var withheld = Marks.Where(mark => !allowed(MarkingOf(mark.Property, mark.Value))).Select(mark => (mark.Property, mark.Value)).ToHashSet();
        if (withheld.Count == 0)
            return this;
        // The caption is chosen again: it may have been one of the values that go.
        var builder = new EntityBuilder(Entity.Id, Entity.Schema, dataset: null)
        {
            Referents = Entity.Referents,
            FirstSeen = Entity.FirstSeen,
            LastSeen = Entity.LastSeen,
            LastChange = Entity.LastChange,
            Target = Entity.Target,
        };
        foreach (var dataset in Entity.Datasets)
            builder.AddDataset(dataset);
        foreach (var statement in Entity.Statements)
        {
            if (!withheld.Contains((statement.Property, statement.Value)))
                builder.Add(statement);
        }
        return this with { Entity = builder.Build(), Marks = [.. Marks.Where(mark => !withheld.Contains((mark.Property, mark.Value)))] };
    }
}
