using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Facts;
using Entente.Screening.Index;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>Listed entities, ready to be screened against.</summary>
/// <remarks>Immutable; safe for any number of threads. A new list version is a new index.</remarks>
public sealed class ScreeningIndex
{
    private static readonly string[] NameProperties = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    private readonly Entity[] _entities;
    private readonly Lazy<EntityFacts>[] _facts;
    private readonly ImmutableDictionary<NameKind, NameIndex> _names;

    /// <summary>Entities that can match: those of a matchable schema with a name.</summary>
    public int EntityCount => _entities.Length;

    /// <summary>Names of those entities.</summary>
    public int NameCount { get; }

    private ScreeningIndex(Entity[] entities, ImmutableDictionary<NameKind, NameIndex> names)
    {
        _entities = entities;
        _facts = [.. entities.Select(e => new Lazy<EntityFacts>(() => EntityFacts.Of(e)))];
        _names = names;
        NameCount = names.Values.Sum(n => n.Names.Count);
    }

    /// <summary>Builds the index.</summary>
    /// <param name="entities">Entities of any schema; those that bear no name or are not matchable (addresses, sanctions) are left out.</param>
    public static ScreeningIndex Build(IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var kept = new List<Entity>();
        var names = new Dictionary<NameKind, List<ListedName>>();
        var reader = new NameReader();
        foreach (Entity entity in entities)
        {
            if (!Schemata.IsMatchable(entity.Schema))
                continue;
            NameKind kind = SchemaKinds.KindOf(entity.Schema);
            bool any = false;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (string property in NameProperties)
            {
                foreach (string text in entity.Get(property))
                {
                    if (!seen.Add(text))
                        continue;
                    Name name = reader.Read(text, kind);
                    if (!name.IsComparable)
                        continue;
                    if (!names.TryGetValue(kind, out List<ListedName>? list))
                        names[kind] = list = [];
                    list.Add(new ListedName(kept.Count, name, property == "weakAlias", property));
                    any = true;
                }
            }

            if (any)
                kept.Add(entity);
        }

        return new ScreeningIndex([.. kept], names.ToImmutableDictionary(n => n.Key, n => NameIndex.Build(n.Value, reader)));
    }

    /// <summary>The same index with entries of several lists known to be one entity: results show them as one.</summary>
    /// <param name="groups">Made by <see cref="EntityResolver"/> for the same entities.</param>
    /// <returns>A new index that shares all else with this one.</returns>
    public ScreeningIndex WithGroups(EntityGroups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var grouped = (ScreeningIndex)MemberwiseClone();
        grouped.Listed = ListedGroups.Bind(groups, EntityCount, EntityAt);
        return grouped;
    }

    /// <summary>Entities that are on several lists; 0 where that was not looked into.</summary>
    public int GroupCount => Listed.Count;

    /// <summary>Which entries are one entity.</summary>
    internal ListedGroups Listed { get; private set; } = ListedGroups.None;

    /// <summary>The names of a kind.</summary>
    internal NameIndex? Names(NameKind kind) => _names.GetValueOrDefault(kind);

    /// <summary>A listed entity by number.</summary>
    internal Entity EntityAt(int number) => _entities[number];

    /// <summary>The facts of a listed entity, read on first use.</summary>
    internal EntityFacts FactsAt(int number) => _facts[number].Value;
}
