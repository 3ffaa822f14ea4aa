using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Entente.Screening.Listings;

/// <summary>Which entries of several lists are one entity, and why: the outcome of <see cref="EntityResolver"/>.</summary>
/// <remarks>A value: immutable, safe for any number of threads, the same for the same entities and judgements in any order.</remarks>
public sealed class EntityGroups
{
    private readonly FrozenDictionary<string, EntityGroup> _byReferent;

    /// <summary>No entry is another.</summary>
    public static EntityGroups None { get; } = new([], []);

    internal EntityGroups(ImmutableArray<EntityGroup> groups, ImmutableArray<RefusedLink> refused)
    {
        Groups = groups;
        Refused = refused;
        _byReferent = groups.SelectMany(g => g.Referents, (g, r) => (r.Id, Group: g)).ToFrozenDictionary(p => p.Id, p => p.Group, StringComparer.Ordinal);
    }

    /// <summary>Version of the rules that groups are made by. Groups made by others are made anew.</summary>
    public static int RulesVersion => ResolutionRules.Version;

    /// <summary>The groups, by canonical id.</summary>
    public ImmutableArray<EntityGroup> Groups { get; }

    /// <summary>Links that were found and not made, since something contradicts: for a person to look at.</summary>
    public ImmutableArray<RefusedLink> Refused { get; }

    /// <summary>The group of an entry.</summary>
    /// <param name="id">Id of the entry in its list.</param>
    /// <returns>Null where it is in none.</returns>
    public EntityGroup? Find(string id) => _byReferent.GetValueOrDefault(id);

    /// <summary>Writes the groups, to be stored beside the index that they were made for.</summary>
    /// <param name="stream">Written to, not closed.</param>
    public void Write(Stream stream) => EntityGroupsFile.Write(this, stream);

    /// <summary>Reads groups that <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Read to the end of the groups, not closed.</param>
    /// <exception cref="InvalidDataException">They are damaged, cut off, no groups, or of another version: make them anew.</exception>
    public static EntityGroups Read(Stream stream) => EntityGroupsFile.Read(stream);
}
