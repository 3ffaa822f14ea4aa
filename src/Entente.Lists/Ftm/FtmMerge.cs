using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists.Ftm;

/// <summary>Joins what a nested file says of one entity in several places.</summary>
internal static class FtmMerge
{
    /// <summary>A builder of an entity that is the given one but for its values.</summary>
    public static EntityBuilder Like(Entity entity)
    {
        var builder = new EntityBuilder(entity.Id, entity.Schema, entity.Datasets.Length == 1 ? entity.Datasets[0] : null)
        {
            Caption = entity.Caption,
            FirstSeen = entity.FirstSeen,
            LastSeen = entity.LastSeen,
            LastChange = entity.LastChange,
            Target = entity.Target,
            Referents = entity.Referents,
        };
        foreach (var dataset in entity.Datasets)
            builder.AddDataset(dataset);
        return builder;
    }

    /// <summary>Joins two accounts of one entity.</summary>
    /// <param name="first">The better one: an entity's own line goes before what stands inside others.</param>
    /// <param name="second">The other.</param>
    /// <param name="warn">Told where they contradict each other.</param>
    /// <returns>The values of both; where only one can hold, the first's.</returns>
    public static Entity Join(Entity first, Entity second, Action<string> warn)
    {
        if (Same(first, second))
            return first;
        var schema = first.Schema;
        if (Schemata.IsA(second.Schema, schema))
            schema = second.Schema; // the more particular
        else if (!Schemata.IsA(schema, second.Schema))
            warn($"the entity is a {first.Schema} in one place and a {second.Schema} in another; it was read as a {first.Schema}.");

        var builder = new EntityBuilder(first.Id, schema, null)
        {
            Caption = first.Caption,
            FirstSeen = first.FirstSeen ?? second.FirstSeen,
            LastSeen = first.LastSeen ?? second.LastSeen,
            LastChange = first.LastChange ?? second.LastChange,
            // Whoever is listed in one place is listed.
            Target = first.Target == true || second.Target == true ? true : first.Target ?? second.Target,
            Referents = [.. first.Referents.Union(second.Referents, StringComparer.Ordinal)],
        };
        foreach (var dataset in first.Datasets.Concat(second.Datasets))
            builder.AddDataset(dataset);
        foreach (var statement in first.Statements.Concat(second.Statements))
            builder.Add(statement);

        // The file ends its links at some depth, so that one place may have more of them than another.
        var differing = first.Properties
            .Where(property => Schemata.TypeOf(schema, property.Key) != "entity" && second.Get(property.Key) is { Length: > 0 } others && !SameSet(property.Value, others))
            .Select(property => property.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (differing.Count > 0)
            warn($"the entity stands in several places with differing values of {string.Join(", ", differing)}; all were kept.");
        return builder.Build();
    }

    private static bool Same(Entity first, Entity second) =>
        first.Schema == second.Schema && first.Target == second.Target && first.Properties.Count == second.Properties.Count
        && first.Datasets.SequenceEqual(second.Datasets)
        && first.Properties.All(property => SameSet(property.Value, second.Get(property.Key)));

    private static bool SameSet(ImmutableArray<string> first, ImmutableArray<string> second) =>
        first.Length == second.Length && first.All(value => second.Contains(value));
}
