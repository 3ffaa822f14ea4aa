using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists.Diffs;

/// <summary>One that a list is about, with what hangs on it.</summary>
internal sealed record Subject(Entity Entity, ImmutableArray<Entity> Linked)
{
    /// <summary>Whether the list lists it, rather than mentions it (a relative) or keeps it on record (delisted).</summary>
    public bool IsListed => Entity.Target != false;
}

/// <summary>A version of a list, sorted by whom each entity is about.</summary>
internal sealed class Subjects
{
    private readonly Dictionary<string, Subject> _byId;

    private Subjects(ImmutableArray<Subject> all)
    {
        All = all;
        _byId = all.ToDictionary(subject => subject.Entity.Id, StringComparer.Ordinal);
    }

    /// <summary>In the order of the list.</summary>
    public ImmutableArray<Subject> All { get; }

    /// <summary>The subject with an id; null where there is none.</summary>
    public Subject? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Finds out who is who.</summary>
    public static Subjects Of(IReadOnlyCollection<Entity> entities)
    {
        var owners = Owners(entities);
        var linked = new Dictionary<string, ImmutableArray<Entity>.Builder>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            if (!owners.TryGetValue(entity.Id, out var owner) || owner == entity.Id)
                continue;
            if (!linked.TryGetValue(owner, out var hanging))
                linked.Add(owner, hanging = ImmutableArray.CreateBuilder<Entity>());
            hanging.Add(entity);
        }
        return new Subjects([.. entities
            .Where(entity => !owners.TryGetValue(entity.Id, out var owner) || owner == entity.Id)
            .DistinctBy(entity => entity.Id)
            .Select(entity => new Subject(entity, linked.TryGetValue(entity.Id, out var hanging) ? hanging.ToImmutable() : []))]);
    }

    /// <summary>For each entity whose: its own for people, companies and ships. What belongs to nobody is not in it.</summary>
    private static Dictionary<string, string> Owners(IReadOnlyCollection<Entity> entities)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<Entity>();
        foreach (var entity in entities)
        {
            if (HangsOnOthers(entity))
                rest.Add(entity);
            else
                owners.TryAdd(entity.Id, entity.Id);
        }

        // A sanction names its subject; an address is named by its own; either may be at some remove.
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        Name(entities.Where(entity => owners.ContainsKey(entity.Id)));
        while (rest.Count > 0)
        {
            var found = new List<Entity>();
            foreach (var entity in rest)
            {
                var owner = References(entity).Select(id => owners.GetValueOrDefault(id)).FirstOrDefault(id => id is not null)
                    ?? named.GetValueOrDefault(entity.Id);
                if (owner is not null && owners.TryAdd(entity.Id, owner))
                    found.Add(entity);
            }
            if (found.Count == 0)
                break;
            Name(found);
            rest.RemoveAll(entity => owners.ContainsKey(entity.Id));
        }
        return owners;

        void Name(IEnumerable<Entity> owned)
        {
            foreach (var entity in owned)
            {
                foreach (var id in References(entity))
                    named.TryAdd(id, owners[entity.Id]);
            }
        }
    }

    private static bool HangsOnOthers(Entity entity) => entity.Target != true && (entity.IsA("Interval") || entity.IsA("Address"));

    private static IEnumerable<string> References(Entity entity) => entity.Properties
        .Where(property => Schemata.TypeOf(entity.Schema, property.Key) == "entity")
        .SelectMany(property => property.Value);
}
