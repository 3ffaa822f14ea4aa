using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Records;

namespace Entente.Screening.Listings;

/// <summary>The groups of entries as an index numbers them.</summary>
internal sealed class ListedGroups
{
    private readonly Dictionary<int, (EntityGroup Group, ImmutableArray<int> Members)> _byMember = [];

    /// <summary>No entry is another.</summary>
    public static ListedGroups None { get; } = new();

    /// <summary>Finds the groups' entries in an index, by their ids alone: a stored index reads its entities when they are asked for.</summary>
    /// <param name="groups">The groups. Of one that has fewer than two entries in the index nothing is taken.</param>
    /// <param name="count">How many entries the index has.</param>
    /// <param name="idOf">The id of an entry by its number.</param>
    public static ListedGroups Bind(EntityGroups groups, int count, Func<int, string> idOf)
    {
        if (groups.Groups.IsEmpty)
            return None;
        var members = new Dictionary<string, (EntityGroup Group, List<int> Numbers)>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (groups.Find(idOf(i)) is not { } group)
                continue;
            if (!members.TryGetValue(group.CanonicalId, out (EntityGroup Group, List<int> Numbers) found))
                members[group.CanonicalId] = found = (group, []);
            found.Numbers.Add(i);
        }

        var bound = new ListedGroups();
        foreach ((EntityGroup group, List<int> numbers) in members.Values.Where(m => m.Numbers.Count > 1))
        {
            ImmutableArray<int> all = [.. numbers];
            foreach (int number in all)
                bound._byMember.Add(number, (group, all));
        }

        return bound;
    }

    /// <summary>How many groups have two entries or more in the index.</summary>
    public int Count => _byMember.Values.Select(m => m.Group).Distinct(ReferenceEqualityComparer.Instance).Count();

    /// <summary>A number that all entries of a group share; an entry's own where it is in none.</summary>
    public int KeyOf(int entity) => _byMember.TryGetValue(entity, out (EntityGroup Group, ImmutableArray<int> Members) found) ? found.Members[0] : entity;

    /// <summary>The numbers of the other entries that are held to be one with an entry, without a look at what they say; none where it is in no group.</summary>
    public ImmutableArray<int> OthersThan(int entity) => _byMember.TryGetValue(entity, out (EntityGroup Group, ImmutableArray<int> Members) found) ? found.Members.Remove(entity) : [];

    /// <summary>The group of an entry.</summary>
    /// <param name="entity">Its number.</param>
    /// <param name="entityAt">An entry by its number.</param>
    /// <param name="members">The numbers of all its entries in the index, this one included.</param>
    /// <returns>Null where it is in none, or the group was made of other lists' entries with these ids.</returns>
    public EntityGroup? Find(int entity, Func<int, Entity> entityAt, out ImmutableArray<int> members)
    {
        (EntityGroup? group, members) = _byMember.GetValueOrDefault(entity);
        if (group is null)
            return null;
        members = members.RemoveAll(m => !group.Referents.Any(r => r.Id == entityAt(m).Id && r.Datasets.SequenceEqual(entityAt(m).Datasets)));
        return members.Length > 1 && members.Contains(entity) ? group : null;
    }

    /// <summary>The listings of an entity, the best-scoring first, those that no name of the query came near last.</summary>
    /// <param name="group">The group.</param>
    /// <param name="members">Numbers of its entries.</param>
    /// <param name="entityAt">An entry by its number.</param>
    /// <param name="candidate">What a candidate's best name is and weighs; null for an entry that is none.</param>
    public static ImmutableArray<Listing> Listings(EntityGroup group, ImmutableArray<int> members, Func<int, Entity> entityAt, Func<int, (string Name, double Weight)?> candidate)
    {
        var listings = new List<(Listing Listing, double Weight)>(members.Length);
        foreach (int member in members)
        {
            Entity entity = entityAt(member);
            Referent referent = group.Referents.First(r => r.Id == entity.Id);
            listings.Add(candidate(member) is var (name, weight)
                ? (new Listing(entity, referent.Programs, referent.Authorities, name, ScoreScale.ToScore(weight)), weight)
                : (new Listing(entity, referent.Programs, referent.Authorities, null, null), double.NegativeInfinity));
        }

        return [.. listings.OrderByDescending(l => l.Weight).ThenBy(l => l.Listing.Entity.Id, StringComparer.Ordinal).Select(l => l.Listing)];
    }
}
