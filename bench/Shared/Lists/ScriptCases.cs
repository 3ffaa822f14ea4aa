using Entente.Records;

namespace Entente.Bench;

/// <summary>A listed name in another script than Latin, to be used as a query.</summary>
/// <param name="Entity">Who bears it.</param>
/// <param name="Property">The property that holds it.</param>
/// <param name="Name">The name.</param>
internal sealed record ScriptCase(Entity Entity, string Property, string Name)
{
    public bool IsPerson => Entity.Schema == "Person";

    public bool IsWeak => Property == "weakAlias";
}

/// <summary>The names of a list in Arabic or Cyrillic script, and the list less every such value: each must be found across scripts.</summary>
internal sealed class ScriptCases
{
    private ScriptCases(IReadOnlyList<ScriptCase> all, IReadOnlyList<ScriptCase> findable, IReadOnlyList<Entity> stripped)
    {
        All = all;
        Findable = findable;
        Stripped = stripped;
    }

    /// <summary>Every such name of a person or an organisation.</summary>
    public IReadOnlyList<ScriptCase> All { get; }

    /// <summary>Those whose entity keeps a name in the stripped list.</summary>
    public IReadOnlyList<ScriptCase> Findable { get; }

    /// <summary>The list without the two scripts.</summary>
    public IReadOnlyList<Entity> Stripped { get; }

    public static ScriptCases Of(IReadOnlyList<Entity> list)
    {
        List<ScriptCase> all = [.. list.SelectMany(Cases)];
        List<Entity> stripped = [.. list.Select(WithoutOtherScripts)];
        HashSet<string> named = [.. stripped.Where(entity => ListedNames.Of(entity).Any()).Select(entity => entity.Id)];
        return new ScriptCases(all, [.. all.Where(c => named.Contains(c.Entity.Id))], stripped);
    }

    private static IEnumerable<ScriptCase> Cases(Entity entity) =>
        entity.Schema is "Person" or "Organization"
            ? ListedNames.Of(entity)
                .Where(listed => Scripts.HasArabicOrCyrillic(listed.Name))
                .Select(listed => new ScriptCase(entity, listed.Property, listed.Name))
            : [];

    /// <summary>The entity less every value, of whatever property, that holds a letter of the two scripts.</summary>
    private static Entity WithoutOtherScripts(Entity entity)
    {
        if (!entity.Statements.Any(statement => Scripts.HasArabicOrCyrillic(statement.Value)))
            return entity;
        EntityBuilder builder = new(entity.Id, entity.Schema, dataset: null);
        foreach (Statement statement in entity.Statements.Where(s => !Scripts.HasArabicOrCyrillic(s.Value)))
            builder.Add(statement with { OriginalValue = null });
        return builder.Build();
    }
}
